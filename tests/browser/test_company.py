"""Two and a supervisor in one chat: seen, let in, named, whispered to, called; and a visitor kept out."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.services.open_house import widen_house_in


@pytest.fixture
def people(stage: Stage, open_browser: OpenBrowser) -> tuple[ConsoleScreen, ConsoleScreen]:
    """Ana, online, and Ben, who takes no chats, at their consoles."""
    ana, ben = (ConsoleScreen(open_browser(name), stage.served.url, name) for name in ("ana", "ben"))
    ana.become("Online")
    ben.become("Away")
    return ana, ben


def opens(screen: ConsoleScreen, guest: Guest) -> None:
    """By its address: a colleague's chat stands in none of one's lists."""
    screen.page.goto(f"{screen.page.url.split('#')[0]}#{guest.chat}")
    expect(screen.page.get_by_role("heading", name=guest.name)).to_be_visible(timeout=ARRIVES)


def from_menu(page: Page, item: str) -> None:
    page.get_by_role("button", name="More for this chat").click()
    page.get_by_role("menuitem", name=item).click()


def brings_in(ana: ConsoleScreen, ben: ConsoleScreen) -> None:
    """Ben, into the chat that Ana has open."""
    from_menu(ana.page, "Bring in a colleague…")
    dialog = ana.page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Ben Costa").check()
    dialog.get_by_role("button", name="Ask them in").click()
    expect(dialog).to_be_hidden()
    ben.page.get_by_role("button", name="Come in").click(timeout=ARRIVES)


def viewers(page: Page) -> Locator:
    return page.get_by_role("list", name="Also looking at this chat")


def write_note(screen: ConsoleScreen, words: str) -> None:
    box = screen.page.get_by_role("textbox", name="Note")
    box.fill(words)
    screen.page.get_by_role("button", name="Add note").click()
    screen.sees(words)


def test_colleagues_see_each_other_one_is_brought_in_writes_and_leaves(
    stage: Stage, open_browser: OpenBrowser, people: tuple[ConsoleScreen, ConsoleScreen]
) -> None:
    ana, ben = people
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.write("Where is my teapot?")
    ana.open_first_chat()
    brings_in(ana, ben)
    row = ana.page.get_by_role("list", name="My chats").get_by_role("button").first
    looks = re.compile("Ben Costa is looking at this chat")
    expect(row).to_have_accessible_description(looks, timeout=ARRIVES)
    expect(viewers(ana.page)).to_contain_text("Ben Costa is looking at this chat", timeout=ARRIVES)
    expect(viewers(ben.page)).to_contain_text("Ana Costa is looking at this chat", timeout=ARRIVES)
    vera.sees("Ben has joined")
    ben.box.press_sequentially("I packed")
    expect(viewers(ana.page)).to_contain_text("Ben Costa is replying", timeout=ARRIVES)
    ben.reply("I packed it myself.")
    vera.sees("I packed it myself.")
    ana.reply("There you are.")
    vera.sees("There you are.")
    from_menu(ben.page, "Leave this chat")
    vera.sees("Ben has left")
    expect(ben.page.get_by_text("Ana Costa has this chat.")).to_be_visible(timeout=ARRIVES)


def test_a_guest_who_is_elsewhere_sees_that_the_visitor_answered_and_what(
    stage: Stage, people: tuple[ConsoleScreen, ConsoleScreen]
) -> None:
    ana, ben = people
    with guests(stage.served, stage.key, 2) as (guest, other):
        guest.say("Where is my teapot?")
        ana.open_first_chat()
        brings_in(ana, ben)
        ben.reply("Which one?")
        other.say("Do you have blue doors?")
        opens(ben, other)
        guest.say("The blue one.")
        row = ben.page.get_by_role("region", name="With colleagues").get_by_role("button", name=guest.name)
        expect(row).to_contain_text("The blue one.", timeout=ARRIVES)
        expect(row).to_contain_text("1 unread")
        expect(ben.page).to_have_title(re.compile(r"^\(1\) "))
        row.click()
        ben.sees("The blue one.")
        expect(row).not_to_contain_text("unread", timeout=ARRIVES)
        expect(ben.page).not_to_have_title(re.compile(r"^\("))


def test_who_asks_to_join_is_let_in_by_one_button(
    stage: Stage, people: tuple[ConsoleScreen, ConsoleScreen]
) -> None:
    ana, ben = people
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        ana.open_first_chat()
        opens(ben, guest)
        from_menu(ben.page, "Ask to join")
        expect(ben.page.get_by_text("You asked to join")).to_be_visible(timeout=ARRIVES)
        ana.page.get_by_role("button", name="Let in").click(timeout=ARRIVES)
        ben.reply("It is on its way.")
        ana.sees("It is on its way.")
        ana.page.get_by_role("button", name="Remove", exact=True).click()
        expect(ben.page.get_by_text("Ana Costa has this chat.")).to_be_visible(timeout=ARRIVES)


def test_an_at_finds_a_colleague_turns_to_the_note_and_they_go_to_it_from_their_mentions(
    stage: Stage, people: tuple[ConsoleScreen, ConsoleScreen], axe: Axe
) -> None:
    ana, ben = people
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        ana.open_first_chat()
        ana.box.press_sequentially("Who packed it? @be")
        option = ana.page.get_by_role("listbox", name="Colleagues").get_by_role("option", name="Ben Costa")
        expect(option).to_be_visible(timeout=ARRIVES)
        ana.box.press("Enter")
        note = ana.page.get_by_role("textbox", name="Note")
        expect(note).to_have_value("Who packed it? @Ben Costa ")
        expect(note).to_be_focused()
        ana.page.get_by_role("button", name="Add note").click()
        chip = ben.page.get_by_role("toolbar", name="Views").get_by_role("button", name="Mentions")
        expect(chip).to_have_text("Mentions 1 not seen", timeout=ARRIVES)
        mentions = ben.page.get_by_role("list", name="Mentions")
        expect(mentions).to_have_count(0)
        ben.page.keyboard.press("Control+k")
        ben.page.get_by_role("combobox", name="What do you want to do?").fill("mentions")
        expect(ben.page.get_by_role("option", name="View: Mentions")).to_be_visible(timeout=ARRIVES)
        ben.page.keyboard.press("Enter")
        expect(chip).to_have_attribute("aria-pressed", "true")
        expect(ben.page.get_by_role("list", name="Queue")).to_have_count(0)
        mention = mentions.get_by_role("button")
        expect(mention).to_contain_text("Who packed it? @Ben Costa")
        axe.look(ben.page, "mentions", widths=(390, 1280))
        mention.hover()
        write_note(ana, "@Ben Costa, or did you?")
        expect(mentions.get_by_role("button").last).to_contain_text("or did you?", timeout=ARRIVES)
        mention.first.click()
        expect(ben.log.locator(".landed")).to_contain_text("Who packed it?", timeout=ARRIVES)
        expect(chip).to_have_text("Mentions", timeout=ARRIVES)
        expect(mention.first).to_have_attribute("data-unread", "false")
        expect(mention.first).to_contain_text("Who packed it?")
        assert axe.found == []
        assert guest.heard == []
        ana.page.get_by_role("tab", name="Reply").click()
        expect(ana.box).to_have_value("")


def test_a_supervisor_is_called_comes_in_and_whispers(
    stage: Stage, open_browser: OpenBrowser, people: tuple[ConsoleScreen, ConsoleScreen]
) -> None:
    ana, ben = people
    widen_house_in(stage.served.database_url, "automatic")
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("I will find you.")
        ana.open_first_chat()
        sue = ConsoleScreen(open_browser("sue"), stage.served.url, "sue")
        sue.become("Online")
        mate = ana.page.get_by_role("list", name="Team").get_by_role("listitem").filter(has_text="Sue Costa")
        expect(mate).to_contain_text("Online", timeout=ARRIVES)
        from_menu(ana.page, "Get help now…")
        dialog = ana.page.get_by_role("dialog", name="Get help now")
        dialog.get_by_role("button", name="The visitor threatens somebody").click()
        dialog.get_by_role("button", name="Get help now").click()
        expect(sue.page.get_by_text("Ana Costa needs help now").first).to_be_visible(timeout=ARRIVES)
        opens(sue, guest)
        sue.page.get_by_role("tab", name="Note").click()
        sue.page.get_by_role("checkbox", name=re.compile("Whisper to Ana Costa")).check()
        write_note(sue, "Stay calm, I am here.")
        ana.sees("Stay calm, I am here.")
        ana.sees("Whispered to Ana Costa: only they and supervisors read it")
        opens(ben, guest)
        ben.sees("Sue Costa whispered to Ana Costa")
        expect(ben.log.get_by_text("Stay calm")).to_have_count(0)
        sue.page.get_by_role("button", name="Come in").first.click()
        sue.page.get_by_role("tab", name="Reply").click()
        sue.reply("This is Ana's supervisor.")
        ana.sees("This is Ana's supervisor.")
        assert guest.heard == ["This is Ana's supervisor."]


def test_a_visitor_is_blocked_reads_so_and_the_chat_is_spam_until_it_is_taken_back(
    stage: Stage, open_browser: OpenBrowser, people: tuple[ConsoleScreen, ConsoleScreen]
) -> None:
    ana, _ = people
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.write("Buy gold!")
    ana.open_first_chat()
    from_menu(ana.page, "Block visitor…")
    dialog = ana.page.get_by_role("dialog", name=re.compile("Block "))
    expect(dialog.get_by_text("Hits nobody else of the last day").first).to_be_visible(timeout=ARRIVES)
    dialog.get_by_role("radio", name="A day").check()
    dialog.get_by_role("button", name="Block", exact=True).click()
    expect(dialog).to_be_hidden(timeout=ARRIVES)
    vera.write("Buy more gold!")
    vera.sees("You cannot write here at the moment.")
    vera.page.reload()
    vera.open_chat()
    told = vera.panel.get_by_text("You cannot write here at the moment.")
    expect(told.last).to_be_visible(timeout=ARRIVES)
    from_menu(ana.page, "Mark as spam")
    ana.sees("Ana Costa marked the chat as spam")
    from_menu(ana.page, "Not spam")
    ana.sees("Ana Costa says that this is no spam")
