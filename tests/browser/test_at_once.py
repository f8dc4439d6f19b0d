"""What an agent decides shows before the server has answered; where others have a say, it says so."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.services.open_house import widen_house_in


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    """Behind the cable, where chats are taken by hand."""
    widen_house_in(stage.served.database_url, "manual")
    screen = ConsoleScreen(open_browser("ana"), stage.cable.url, "ana")
    screen.become("Online")
    return screen


def test_accepting_says_that_it_is_under_way_and_closing_shows_at_once_over_a_link_that_is_clogged(
    stage: Stage, ana: ConsoleScreen
) -> None:
    page = ana.page
    queue, closed = (page.get_by_role("list", name=name) for name in ("Queue", "Closed lately"))
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        queue.get_by_role("button", name=guest.name).click(timeout=ARRIVES)
        accept = page.get_by_role("button", name="Accept")
        expect(accept).to_be_visible(timeout=ARRIVES)

        stage.cable.clog()
        accept.click()
        expect(page.locator(".chat-actions").get_by_role("button", name="Taking it…")).to_have_attribute(
            "aria-busy", "true"
        )
        expect(page.locator(".chat-state")).to_have_text("Taking it…")
        expect(queue.get_by_role("listitem")).to_contain_text("Taking it…")
        page.keyboard.press("a")  # asks for nothing a second time
        stage.cable.unclog()
        expect(ana.box).to_be_enabled(timeout=ARRIVES)
        expect(ana.box).to_be_focused()
        expect(ana.log.get_by_text("accepted", exact=False)).to_have_count(1, timeout=ARRIVES)

        stage.cable.clog()
        ana.close_chat()
        expect(page.get_by_role("button", name="Reopen chat")).to_be_visible()
        expect(page.locator(".chat-title h2")).to_be_focused()
        expect(closed.get_by_role("button", name=guest.name)).to_be_visible()
        page.keyboard.press("o")
        expect(page.get_by_role("button", name="Close chat")).to_be_visible()
        stage.cable.unclog()
        ana.sees("reopened the chat")
        expect(page.get_by_role("button", name="Close chat")).to_be_visible(timeout=ARRIVES)
        expect(page.locator(".notice")).to_have_count(0)


def test_what_the_server_refuses_goes_back_and_is_said(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen
) -> None:
    """The visitor has another chat by the time the server hears of it."""
    page = ana.page
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        page.get_by_role("list", name="Queue").get_by_role("button", name=guest.name).click(timeout=ARRIVES)
        page.get_by_role("button", name="Accept").click(timeout=ARRIVES)
        expect(ana.box).to_be_enabled(timeout=ARRIVES)
        ben = ConsoleScreen(open_browser("ben"), stage.served.url, "ben")
        expect(ben.page.get_by_role("button", name="Status")).to_be_visible(timeout=ARRIVES)
        sue = ConsoleScreen(open_browser("sue"), stage.served.url, "sue")
        sue.become("Online")
        sue.page.goto(f"{sue.page.url.split('#')[0]}#{guest.chat}")
        sue.sees("Where is my teapot?")
        stage.cable.clog()
        ana.close_chat()
        expect(page.get_by_role("button", name="Reopen chat")).to_be_visible()
        sue.page.get_by_role("button", name="More for this chat").click()
        sue.page.get_by_role("menuitem", name="Take over…").click()
        dialog = sue.page.get_by_role("dialog")
        dialog.get_by_role("textbox", name="Reason").fill("Complaint")
        dialog.get_by_role("button", name="Take over").click()
        expect(dialog).to_be_hidden(timeout=ARRIVES)
        stage.cable.unclog()
        expect(page.get_by_text(re.compile("^The chat was not closed"))).to_be_visible(timeout=ARRIVES)
        expect(page.get_by_text("Sue Costa has this chat.")).to_be_visible(timeout=ARRIVES)
        expect(page.get_by_role("button", name="Reopen chat")).to_have_count(0)
