"""Chats that are offered, handed over, and left behind by who goes."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.services.open_house import widen_house_in


@pytest.fixture
def people(stage: Stage, open_browser: OpenBrowser) -> tuple[ConsoleScreen, ConsoleScreen]:
    """Ana, online, and Ben, at their consoles: their queue offers its chats."""
    widen_house_in(stage.served.database_url, "offer")
    ana, ben = (ConsoleScreen(open_browser(name), stage.served.url, name) for name in ("ana", "ben"))
    ana.become("Online")
    return ana, ben


def offer_of(page: Page, guest: Guest) -> Locator:
    return page.get_by_role("region", name="Offers").get_by_role("listitem", name=guest.name)


def row_of(page: Page, guest: Guest, name: str = "My chats") -> Locator:
    return page.get_by_role("list", name=name).get_by_role("button", name=guest.name)


def takes_the_offer(screen: ConsoleScreen, guest: Guest) -> None:
    """Accepts it by its key; the chat is open then."""
    expect(offer_of(screen.page, guest)).to_be_visible(timeout=ARRIVES)
    screen.page.keyboard.press("a")
    expect(screen.page.get_by_role("heading", name=guest.name)).to_be_visible(timeout=ARRIVES)


def hand_over(screen: ConsoleScreen, to: str, note: str) -> None:
    """By the dialog of the open chat."""
    screen.page.get_by_role("button", name="Transfer").click()
    dialog = screen.page.get_by_role("dialog", name=re.compile("Transfer the chat"))
    dialog.get_by_role("radio", name=to).check()
    dialog.get_by_role("textbox", name="Note").fill(note)
    dialog.get_by_role("button", name="Transfer").click()
    expect(dialog).to_be_hidden()


def test_an_offer_counts_down_and_who_declines_it_lets_the_next_one_take_it(
    stage: Stage, people: tuple[ConsoleScreen, ConsoleScreen]
) -> None:
    ana, ben = people
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        expect(offer_of(ana.page, guest)).to_contain_text(re.compile(r"\d+ seconds? left"), timeout=ARRIVES)
        expect(ana.page.get_by_role("list", name="My chats")).to_be_hidden()
        ben.become("Online")
        ana.page.keyboard.press("d")
        dialog = ana.page.get_by_role("dialog", name=f"Decline the chat with {guest.name}")
        expect(dialog.get_by_role("textbox", name="Reason")).to_be_focused()
        dialog.get_by_role("button", name="About to leave").click()
        dialog.get_by_role("button", name="Decline").click()
        expect(offer_of(ana.page, guest)).to_be_hidden(timeout=ARRIVES)
        takes_the_offer(ben, guest)
        ben.sees("Ana Costa declined the chat: “About to leave”")
        ben.sees("Ben Costa accepted the chat")
        expect(row_of(ben.page, guest)).to_be_visible()


def test_why_an_agent_was_chosen_is_told_in_the_log(
    stage: Stage, people: tuple[ConsoleScreen, ConsoleScreen]
) -> None:
    ana, _ = people
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Who takes me?")
        takes_the_offer(ana, guest)
        ana.log.get_by_text("Why?").click()
        ana.sees("Ana Costa had the most room.")
        ana.sees("Not online: Ben Costa and Sue Costa.")


def test_a_chat_stays_with_its_agent_until_the_other_takes_it_with_its_note(
    stage: Stage, people: tuple[ConsoleScreen, ConsoleScreen]
) -> None:
    ana, ben = people
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("My teapot is broken")
        takes_the_offer(ana, guest)
        ben.become("Online")
        expect(ana.page.get_by_role("list", name="Team")).to_contain_text("Online", timeout=ARRIVES)
        hand_over(ana, "Ben Costa", "Wants a new lid")
        expect(row_of(ana.page, guest)).to_contain_text("Handing over to Ben Costa…", timeout=ARRIVES)
        expect(ana.page.get_by_role("button", name="Keep it").first).to_be_visible()
        expect(offer_of(ben.page, guest)).to_contain_text("Ana Costa hands it over", timeout=ARRIVES)
        ben.page.get_by_role("button", name=f"Decline {guest.name}").click()
        ben.page.get_by_role("dialog").get_by_role("button", name="Decline").click()
        expect(ana.page.get_by_text("Ben Costa did not take the chat")).to_be_visible(timeout=ARRIVES)
        hand_over(ana, "Ben Costa", "Or I answer it myself")
        ana.page.get_by_role("button", name="Keep it").first.click()
        expect(offer_of(ben.page, guest)).to_be_hidden(timeout=ARRIVES)
        hand_over(ana, "Ben Costa", "Please, it is about lids")
        takes_the_offer(ben, guest)
        ben.sees("Please, it is about lids")
        expect(row_of(ana.page, guest)).to_be_hidden(timeout=ARRIVES)


def test_who_goes_offline_with_open_chats_is_asked_once_what_becomes_of_them(
    stage: Stage, people: tuple[ConsoleScreen, ConsoleScreen]
) -> None:
    ana, ben = people
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello?")
        takes_the_offer(ana, guest)
        ana.page.keyboard.press("Escape")
        ana.become("Offline")
        dialog = ana.page.get_by_role("dialog", name="You have an open chat")
        expect(dialog.get_by_role("radio", name="Finish them first")).to_be_checked()
        ana.page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(row_of(ana.page, guest)).to_be_visible()
        ana.become("Offline")
        dialog.get_by_role("radio", name="Hand over with a note").check()
        dialog.get_by_role("textbox", name="Note").fill("Only said hello so far")
        dialog.get_by_role("button", name="Go offline").click()
        expect(row_of(ben.page, guest, "Queue")).to_be_visible(timeout=ARRIVES)
        row_of(ben.page, guest, "Queue").click()
        ben.sees("Only said hello so far")
        expect(ana.page.get_by_role("button", name="Status")).to_contain_text("Offline")


def test_colleagues_see_when_somebody_means_to_be_back(
    people: tuple[ConsoleScreen, ConsoleScreen],
) -> None:
    ana, ben = people
    ana.become("Back in 15 minutes")
    team = ben.page.get_by_role("list", name="Team")
    expect(team.get_by_text("Away, back in 15 min")).to_be_visible(timeout=ARRIVES)
    expect(ana.page.get_by_role("button", name="Status")).to_contain_text("Away, back in 15 min")
