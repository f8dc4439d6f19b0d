"""What an agent has sent can be taken back for some seconds, and be said otherwise for some minutes."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage

PREFERENCES = "support-chat:console:preferences"  # of a browser, where the choice stood before


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    screen = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    screen.become("Online")
    return screen


@pytest.fixture
def vera(stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen) -> VisitorScreen:
    """A visitor in a chat with Ana."""
    screen = VisitorScreen(open_browser("vera"), stage.host.origin)
    screen.open_chat()
    screen.write("Do you have blue doors?")
    ana.open_first_chat()
    return screen


def undo_for(seconds: str, page: Page) -> None:
    """The agent's own wish, in the sheet of keys."""
    page.get_by_role("button", name="Keys and looks").click()
    page.get_by_role("spinbutton", name="Undo sending").fill(seconds)
    with page.expect_response(re.compile("/api/v1/me/"), timeout=ARRIVES) as kept:
        page.keyboard.press("Tab")
    assert kept.value.status == 200
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def bubble(screen: ConsoleScreen | VisitorScreen, words: str) -> Locator:
    return screen.log.get_by_role("listitem").filter(has_text=words)


def point_and_click(bubble: Locator, name: str) -> None:
    """What may be done with a message comes up under a pointer."""
    bubble.hover()
    bubble.get_by_role("button", name=name).click()


def test_a_message_is_held_while_it_can_be_taken_back(ana: ConsoleScreen, vera: VisitorScreen) -> None:
    undo_for("10", ana.page)
    ana.reply("We do.")
    held = bubble(ana, "We do.")
    expect(held).to_contain_text("Sending in")
    expect(ana.box).to_have_value("")
    held.get_by_role("button", name="Undo").click()
    expect(held).to_be_hidden()
    expect(ana.box).to_have_value("We do.")
    expect(ana.box).to_be_focused()
    ana.send()
    ana.page.keyboard.press("Control+z")
    expect(ana.box).to_have_value("We do.")
    ana.send()
    ana.page.reload()
    expect(held).to_contain_text("Sending in", timeout=ARRIVES)
    expect(bubble(vera, "We do.")).to_be_hidden()
    vera.sees("We do.")
    expect(held).not_to_contain_text("Sending in")


def test_for_how_long_is_the_agents_own_choice_in_all_of_their_windows(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen
) -> None:
    again = ConsoleScreen(open_browser("ana elsewhere"), stage.served.url, "ana")
    again.page.get_by_role("button", name="Keys and looks").click()
    wish = again.page.get_by_role("spinbutton", name="Undo sending")
    expect(wish).to_have_value("0")
    ana.page.evaluate(f"localStorage.setItem({PREFERENCES!r}, JSON.stringify({{look: 'dark', undo: 4}}))")
    ana.page.reload()
    expect(wish).to_have_value("4", timeout=ARRIVES)
    undo_for("7", ana.page)
    expect(wish).to_have_value("7", timeout=ARRIVES)
    ana.page.reload()
    expect(ana.page.locator("html")).to_have_attribute("data-look", "dark")
    ana.page.get_by_role("button", name="Keys and looks").click()
    expect(ana.page.get_by_role("spinbutton", name="Undo sending")).to_have_value("7", timeout=ARRIVES)


def test_closing_the_chat_sends_what_is_held(ana: ConsoleScreen, vera: VisitorScreen) -> None:
    undo_for("10", ana.page)
    ana.reply("Goodbye then.")
    ana.close_chat()
    expect(bubble(vera, "Goodbye then.")).to_be_visible(timeout=5_000)


def test_an_agent_changes_and_removes_their_own_message_and_the_visitor_follows(
    ana: ConsoleScreen, vera: VisitorScreen
) -> None:
    ana.reply("We do not.")
    vera.sees("We do not.")
    expect(bubble(ana, "Do you have blue doors?").get_by_role("button", name="Edit")).to_have_count(0)
    point_and_click(bubble(ana, "We do not."), "Edit")
    edit = ana.page.get_by_role("textbox", name="Edit the message")
    expect(edit).to_be_focused()
    edit.press("Escape")
    expect(ana.page.get_by_role("button", name="Edit", exact=True)).to_be_focused()
    ana.page.keyboard.press("Enter")
    edit.fill("We do.")
    edit.press("Enter")
    for screen in (ana, vera):
        expect(bubble(screen, "We do.")).to_contain_text("Edited", timeout=ARRIVES)
        expect(bubble(screen, "We do not.")).to_be_hidden()
    point_and_click(bubble(ana, "We do."), "Remove")
    for screen in (ana, vera):
        expect(bubble(screen, "We do.")).to_be_hidden(timeout=ARRIVES)
        expect(screen.log).to_contain_text("removed")
