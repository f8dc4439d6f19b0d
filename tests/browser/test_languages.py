"""Whole chats in other languages than English: one that is written like it, and one from right to left."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from support_chat.words import words_in
from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage

NOBODY_HERE = (
    "Nobody is here right now. Your message has arrived, and the answer will be waiting for you here."
)
Say = Callable[..., str]


def speaker(language: str) -> Say:
    """What the catalogue says; names in it may be set apart by marks that nobody sees."""
    words = words_in(language, "djangojs")
    return lambda text, **places: words.gettext(text) % places


class ForeignScreen(VisitorScreen):
    """A visitor who reads another language."""

    def __init__(self, context: BrowserContext, address: str, say: Say) -> None:
        super().__init__(context, address)
        self.say = say
        self.log = self.panel.get_by_role("log", name=say("Conversation"))
        self.box = self.panel.get_by_role("textbox", name=say("Message"))

    def write(self, words: str) -> None:
        self.box.fill(words)
        self.press("Send")

    def press(self, name: str) -> None:
        self.panel.get_by_role("button", name=self.say(name), exact=True).click()

    def reads(self, text: str, **places: str) -> None:
        expect(self.panel.get_by_text(self.say(text, **places)).first).to_be_visible(timeout=ARRIVES)


@pytest.mark.parametrize(
    ("language", "direction", "asks"),
    [("de", "ltr", "Haben Sie blaue Türen?"), ("ar", "rtl", "هل لديكم أبواب زرقاء؟")],
)
def test_a_visitor_reads_their_own_language_from_the_first_word_to_the_last(
    stage: Stage, open_browser: OpenBrowser, language: str, direction: str, asks: str
) -> None:
    vera = ForeignScreen(open_browser("vera", locale=language), stage.host.origin, speaker(language))
    vera.open_chat()
    page = vera.panel.locator("html")
    expect(page).to_have_attribute("lang", language)
    expect(page).to_have_css("direction", direction)
    vera.reads("How can we help?")
    vera.write(asks)
    vera.reads(NOBODY_HERE)

    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    ana.open_first_chat()
    ana.reply("We do: https://shop.example/doors")
    vera.sees("We do")
    vera.reads("%(name)s has joined", name="Ana")
    vera.reads("You are talking to %(name)s", name="Ana")
    expect(vera.log.locator(".bubble-text", has_text=asks)).to_have_css("direction", direction)
    expect(vera.log.locator(".bubble-text", has_text="We do")).to_have_css("direction", "ltr")

    vera.press("End chat")
    vera.reads("You ended the chat.")
    vera.press("More")
    vera.reads("Download this chat")


def test_the_website_chooses_the_language_and_what_else_it_asked_for_is_not_lost(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    calls = "['setTheme', 'dark'], ['setLocale', 'fr-CA'], ['prefill', 'Bonjour']"
    stage.host.embed(stage.cable.url, stage.key, script=f"window.SupportChat = [{calls}];")
    vera = ForeignScreen(open_browser("vera", locale="de-DE"), stage.host.origin, speaker("fr"))
    vera.open_chat()
    expect(vera.panel.locator("html")).to_have_attribute("lang", "fr", timeout=ARRIVES)
    expect(vera.box).to_have_value("Bonjour", timeout=ARRIVES)
    expect(vera.panel.locator("body")).to_have_css("color", "rgb(233, 236, 234)")
    vera.page.evaluate("SupportChat.setLocale('de'); SupportChat.prefill('Guten Tag')")
    expect(vera.panel.locator("html")).to_have_attribute("lang", "de", timeout=ARRIVES)
    expect(vera.panel.locator("body")).to_have_css("color", "rgb(233, 236, 234)", timeout=ARRIVES)
    expect(vera.panel.get_by_role("textbox")).to_have_value("Bonjour")


def test_launcher_and_frame_speak_the_websites_language_before_the_panel_does(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    stage.host.embed(stage.cable.url, stage.key, words="Chat öffnen,Chat minimieren,Chat mit Beispiel")
    context = open_browser("vera", locale="de-DE")
    context.route("**/widget/frame/**", lambda route: route.abort())
    page = context.new_page()
    page.goto(stage.host.origin)
    page.get_by_role("button", name="Chat öffnen").click()
    expect(page.get_by_title("Chat mit Beispiel")).to_be_attached()
    expect(page.get_by_role("button", name="Chat minimieren")).to_be_visible()


def test_without_the_catalogue_the_visitor_reads_english(stage: Stage, open_browser: OpenBrowser) -> None:
    context = open_browser("vera", locale="de-DE")
    context.route("**/widget/words/**", lambda route: route.abort())
    vera = VisitorScreen(context, stage.host.origin)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    vera.has_sent_all()
