"""What a website's own scripts may do with the chat, before it is loaded and after."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.services.open_house import identity_in

HEARD = """window.heard = []; (window.SupportChat ??= []).push(
    ...["open", "close", "message", "unread", "state"].map((name) => ["on", name,
        ({ detail }) => heard.push(detail == null ? name : `${name} ${detail.from ?? detail}`)]));"""


def hears(page: Page, what: str) -> None:
    page.wait_for_function("what => heard.includes(what)", arg=what, timeout=ARRIVES)


def on_page(stage: Stage, open_browser: OpenBrowser, script: str) -> VisitorScreen:
    """Vera on a page with this script of its own."""
    stage.host.embed(stage.cable.url, stage.key, script=script)
    return VisitorScreen(open_browser("vera"), stage.host.origin)


def test_calls_made_before_the_chat_is_loaded_are_carried_out_when_it_is(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    first = 'window.SupportChat = [["startConversation", "Where is order 77?"]];'
    vera = on_page(stage, open_browser, first)
    vera.sees("Where is order 77?")
    vera.has_sent_all()


def test_the_page_hears_what_happens_and_never_a_word_of_it(stage: Stage, open_browser: OpenBrowser) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = on_page(stage, open_browser, HEARD)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    vera.page.evaluate("SupportChat.close()")
    ana.reply("We do, seven of them.")
    for what in ("open", "close", "message visitor", "message agent", "state active", "unread 1"):
        hears(vera.page, what)
    assert "seven" not in vera.page.evaluate("JSON.stringify(heard)")


def test_whom_the_website_signs_is_verified_and_the_next_one_at_this_device_begins_anew(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    bea = identity_in(stage.served.database_url, "bea", "Bea Lind")
    vera = on_page(stage, open_browser, f"window.SupportChat = [['identify', '{bea}']];")
    vera.open_chat()
    vera.write("Where is my order?")
    vera.has_sent_all()
    ana.open_first_chat()
    expect(ana.page.get_by_text("Bea Lind").first).to_be_visible(timeout=ARRIVES)
    vera.page.evaluate("SupportChat.reset()")
    expect(vera.log.get_by_text("Where is my order?")).to_be_hidden(timeout=ARRIVES)
    again = identity_in(stage.served.database_url, "bea", "Bea Lind")
    vera.page.evaluate("identity => SupportChat.identify(identity)", again)
    vera.sees("Where is my order?")


def test_a_reset_before_the_panel_is_opened_ends_what_the_visitor_had_here(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    vera = on_page(stage, open_browser, "")
    vera.open_chat()
    vera.write("Where is my order?")
    vera.has_sent_all()
    vera.page.reload()
    vera.page.wait_for_function("Boolean(window.SupportChat)")
    with vera.page.expect_response(lambda answer: "/live/commands" in answer.url, timeout=ARRIVES) as ended:
        vera.page.evaluate("SupportChat.reset()")
    assert ended.value.ok
    vera.open_chat()
    vera.write("Hello")
    vera.has_sent_all()
    expect(vera.log).not_to_contain_text("Where is my order?")


def test_after_a_reset_in_an_open_panel_whoever_writes_first_is_heard(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    vera = on_page(stage, open_browser, "")
    vera.open_chat()
    expect(vera.panel.get_by_text(re.compile("^Our team is"))).to_be_visible(timeout=ARRIVES)
    with vera.page.expect_response(lambda answer: "/live/commands" in answer.url, timeout=ARRIVES):
        vera.page.evaluate("SupportChat.reset()")
    vera.write("Hello")
    vera.has_sent_all()


def test_a_website_opens_the_chat_by_a_button_of_its_own_with_words_in_the_box(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    vera = on_page(stage, open_browser, "")
    vera.page.evaluate(
        """() => {
            const button = document.body.appendChild(document.createElement("button"));
            button.textContent = "Help";
            button.onclick = () => SupportChat.open();
            SupportChat.hide();
            SupportChat.prefill("It is about order 77: ");
        }"""
    )
    expect(vera.page.get_by_role("button", name="Open chat")).to_be_hidden()
    vera.page.get_by_role("button", name="Help").click()
    expect(vera.box).to_have_value("It is about order 77: ", timeout=ARRIVES)
    expect(vera.box).to_be_focused()
    vera.page.keyboard.press("Escape")
    expect(vera.page.get_by_role("button", name="Help")).to_be_focused()
    vera.page.evaluate("SupportChat.show()")
    expect(vera.page.get_by_role("button", name="Open chat")).to_be_visible()


def test_the_panel_is_dark_where_the_website_is_whatever_the_device_prefers(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    vera = on_page(stage, open_browser, "window.SupportChat = [['setTheme', 'dark']];")
    vera.open_chat()
    body = vera.panel.locator("body")
    expect(body).to_have_css("color", "rgb(233, 236, 234)", timeout=ARRIVES)
    vera.page.evaluate("SupportChat.setTheme('light')")
    expect(body).to_have_css("color", "rgb(28, 34, 32)", timeout=ARRIVES)
    vera.write("Hello")  # more style sheets come with the code of a chat
    vera.has_sent_all()
    vera.page.evaluate("SupportChat.setTheme('auto')")
    expect(body).to_have_css("color", "rgb(28, 34, 32)")


def test_calls_that_do_not_exist_are_errors_of_the_page_and_break_nothing(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    vera = on_page(stage, open_browser, "")
    vera.page.wait_for_function("Boolean(window.SupportChat)")
    assert (
        vera.page.evaluate("(() => { try { SupportChat.fly() } catch (error) { return error.name } })()")
        == "TypeError"
    )
    vera.open_chat()
    vera.write("Hello")
    vera.has_sent_all()
