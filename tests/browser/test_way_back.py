"""A page that somebody comes back to by the browser's own way back is as they left it, and goes on."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage

REMEMBER = "addEventListener('pageshow', (event) => event.persisted && (window.cameBack = true))"

GO_BACK = "setTimeout(() => history.back())"  # after the answer: whoever asked is still there to hear it


@pytest.fixture
def vera(stage: Stage, open_browser: OpenBrowser) -> VisitorScreen:
    context = open_browser("vera")
    context.add_init_script(REMEMBER)
    return VisitorScreen(context, stage.host.origin)


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    context = open_browser("ana")
    context.add_init_script(REMEMBER)
    screen = ConsoleScreen(context, stage.served.url, "ana")
    screen.become("Online")
    return screen


def went_back(page: Page) -> bool:
    """Whether the browser's way back led to the page as it was left, not to another load of it."""
    before = page.url
    page.evaluate(GO_BACK)
    page.wait_for_url(lambda url: url != before, timeout=ARRIVES, wait_until="commit")
    page.wait_for_timeout(500)
    return bool(page.evaluate("window.cameBack"))


def launcher_says(page: Page, words: str) -> None:
    """Looked up in the page itself: after the way back Playwright no longer finds what the page frames."""
    label = "document.querySelector('support-chat').shadowRoot.querySelector('button').ariaLabel"
    page.wait_for_function(f"{label} === '{words}'", timeout=ARRIVES)


def test_a_website_that_a_visitor_comes_back_to_is_as_they_left_it_and_still_hears(
    stage: Stage, vera: VisitorScreen, ana: ConsoleScreen
) -> None:
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    vera.panel.get_by_role("button", name="Minimise chat").click()
    vera.page.goto(f"{stage.host.origin}/doors")
    ana.reply("We do.")
    ana.sees("We do.")
    assert went_back(vera.page)
    launcher_says(vera.page, "Open chat, 1 new message")
    ana.reply("In three sizes.")
    launcher_says(vera.page, "Open chat, 2 new messages")


def test_the_chat_as_a_page_of_its_own_goes_on_where_it_was_left(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen
) -> None:
    page = open_browser("vera").new_page()
    page.context.add_init_script(REMEMBER)
    page.goto(f"{stage.cable.url}/chat/{stage.key}/")
    box, log = page.get_by_role("textbox", name="Message"), page.get_by_role("log", name="Conversation")
    box.fill("Do you have blue doors?")
    box.press("Enter")
    ana.open_first_chat()
    box.fill("half a thought")
    page.goto(stage.host.origin)
    ana.reply("We do.")
    ana.sees("We do.")
    assert went_back(page)
    expect(log).to_contain_text("We do.", timeout=ARRIVES)
    expect(box).to_have_value("half a thought")
    box.press("Enter")
    ana.sees("half a thought")


def test_a_console_that_an_agent_comes_back_to_shows_what_came_meanwhile(
    stage: Stage, vera: VisitorScreen, ana: ConsoleScreen
) -> None:
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    ana.page.goto(stage.host.origin)
    vera.write("And red ones?")
    ana.page.evaluate(GO_BACK)
    ana.sees("And red ones?")
    ana.reply("Both.")
    vera.sees("Both.")
    ana.shows_exactly(["Do you have blue doors?", "And red ones?", "Both."])
