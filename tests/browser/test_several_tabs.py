"""One person, several tabs and browsers: all show the same, and nothing is sent twice or left lying."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import guests
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage

IN_STEP = 2_000  # milliseconds


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    screen = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    screen.become("Online")
    return screen


@pytest.fixture
def shopper(open_browser: OpenBrowser) -> BrowserContext:
    return open_browser("vera")


def tab(shopper: BrowserContext, stage: Stage) -> VisitorScreen:
    """One more tab with the shop, its chat open."""
    page = shopper.pages[0] if shopper.pages[0].url == "about:blank" else shopper.new_page()
    screen = VisitorScreen(shopper, stage.host.origin, page)
    screen.open_chat()
    return screen


def launcher(page: Page, name: str) -> None:
    expect(page.get_by_role("button", name=name, exact=True)).to_be_visible(timeout=IN_STEP)


def test_three_tabs_and_two_consoles_show_one_chat_in_one_order_and_agree_on_what_was_read(
    stage: Stage, shopper: BrowserContext, ana: ConsoleScreen, open_browser: OpenBrowser
) -> None:
    first = tab(shopper, stage)
    said = ["From the first tab.", "From the second.", "From the third.", "I read all of them."]
    first.write(said[0])
    ana.open_first_chat()
    second, third = tab(shopper, stage), tab(shopper, stage)
    second.sees(said[0])
    second.write(said[1])
    first.sees(said[1])
    third.write(said[2])
    also_ana = ConsoleScreen(open_browser("ana at home"), stage.served.url, "ana")
    also_ana.open_first_chat()
    for minimised in (first, second):
        minimised.panel.get_by_role("button", name="Minimise chat").click()
    third.panel.get_by_role("button", name="Minimise chat").click()
    also_ana.reply(said[3])
    for each in (first, second, third):
        launcher(each.page, "Open chat, 1 new message")
    third.page.get_by_role("button", name="Open chat").click()
    third.shows_exactly(said)
    for each in (first, second):
        launcher(each.page, "Open chat")
    third.page.close()
    also_ana.page.close()
    expect(ana.page.get_by_role("button", name="Status")).to_contain_text("Online")
    expect(ana.page.get_by_role("list", name="My chats")).to_contain_text("on the page")
    first.page.get_by_role("button", name="Open chat").click()
    first.shows_exactly(said)
    ana.shows_exactly(said)


def test_what_an_agent_reads_in_one_browser_is_read_in_the_other_which_stays_when_that_one_is_closed(
    stage: Stage, ana: ConsoleScreen, open_browser: OpenBrowser
) -> None:
    also_ana = ConsoleScreen(open_browser("ana at home"), stage.served.url, "ana")
    here, there = (each.page.get_by_role("list", name="My chats") for each in (ana, also_ana))
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("One").say("Two")
        for chats in (here, there):
            expect(chats).to_contain_text("2 unread", timeout=ARRIVES)
        also_ana.open_first_chat()
        also_ana.sees("Two")
        expect(there).not_to_contain_text("unread", timeout=ARRIVES)
        expect(here).not_to_contain_text("unread", timeout=IN_STEP)
        also_ana.reply("Three")
        expect(here).to_contain_text("Three", timeout=ARRIVES)
        also_ana.page.close()
        guest.say("Four")
        expect(here).to_contain_text("1 unread", timeout=ARRIVES)
        expect(ana.page.get_by_role("button", name="Status")).to_contain_text("Online")
        assert guest.heard == ["Three"]


def test_when_the_tab_that_sends_is_closed_another_one_sends_what_it_left_once_and_in_order(
    stage: Stage, shopper: BrowserContext, ana: ConsoleScreen
) -> None:
    first = tab(shopper, stage)
    first.write("zero")
    ana.open_first_chat()
    second = tab(shopper, stage)
    second.sees("zero")
    stage.cable.cut()
    for words in ("one", "two", "three"):
        first.write(words)
    second.sees("three")
    first.page.close()
    stage.cable.mend()
    said = ["zero", "one", "two", "three"]
    ana.shows_exactly(said)
    second.has_sent_all()
    second.shows_exactly(said)


def test_two_tabs_that_write_at_once_send_everything_once(
    stage: Stage, shopper: BrowserContext, ana: ConsoleScreen
) -> None:
    first = tab(shopper, stage)
    first.write("zero")
    ana.open_first_chat()
    second = tab(shopper, stage)
    second.sees("zero")
    said = ["zero"]
    for n in range(5):
        first.write(f"left {n}.")
        second.write(f"right {n}.")
        said += [f"left {n}.", f"right {n}."]
    for each in (first, second, ana):
        each.shows_exactly(said)
