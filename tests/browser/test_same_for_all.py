"""Everybody in a chat reads the same: who wrote what, in which order, what was changed and what removed."""

from itertools import zip_longest

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, Screen, VisitorScreen
from tests.browser.stage import Stage
from tests.services.open_house import widen_house_in

MINE = ("Your teapot is here.", "It left on Monday.", "It costs 20 euros.", "It is blue.")
BENS = ("I packed it.", "With much paper.", "It is heavy.")


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    """Behind the cable, as Ben and the visitor are."""
    widen_house_in(stage.served.database_url, "automatic")
    screen = ConsoleScreen(open_browser("ana"), stage.cable.url, "ana")
    screen.become("Online")
    return screen


@pytest.fixture
def vera(stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen) -> VisitorScreen:
    screen = VisitorScreen(open_browser("vera"), stage.host.origin)
    screen.open_chat()
    screen.write("Where is my teapot?")
    ana.open_first_chat()
    return screen


@pytest.fixture
def ben(stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen, vera: VisitorScreen) -> ConsoleScreen:
    """A guest in the chat."""
    screen = ConsoleScreen(open_browser("ben"), stage.cable.url, "ben")
    screen.become("Away")
    ana.page.get_by_role("button", name="More for this chat").click()
    ana.page.get_by_role("menuitem", name="Bring in a colleague…").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Ben Costa").check(timeout=ARRIVES)
    dialog.get_by_role("button", name="Ask them in").click()
    screen.page.get_by_role("button", name="Come in").click(timeout=ARRIVES)
    expect(screen.box).to_be_enabled(timeout=ARRIVES)
    return screen


def bubble(screen: Screen, words: str) -> Locator:
    return screen.log.get_by_role("listitem").filter(has_text=words)


def press(screen: ConsoleScreen, words: str, button: str) -> None:
    """What comes up over a message under the pointer."""
    bubble(screen, words).locator(".bubble-text").hover()
    bubble(screen, words).get_by_role("button", name=button, exact=True).click()


def begin_to_change(screen: ConsoleScreen, words: str, to: str) -> None:
    """All but the key that sends it."""
    press(screen, words, "Edit")
    screen.page.get_by_role("textbox", name="Edit the message").fill(to)


def take_turns(ana: ConsoleScreen, ben: ConsoleScreen) -> None:
    """Until all that they have to say is said."""
    for words, answer in zip_longest(MINE, BENS):
        ana.reply(words)
        ben.sees(words)
        if answer:
            ben.reply(answer)
            ana.sees(answer)


def send_what_crossed(*screens: ConsoleScreen) -> None:
    """Of two replies that are written at once the later one is asked about."""
    for _ in range(ARRIVES // 100):
        for screen in screens:
            anyway = screen.page.get_by_role("button", name="Send anyway")
            if anyway.count():
                return anyway.click()
        screens[0].page.wait_for_timeout(100)
    pytest.fail("nobody was asked")


def said(screen: Screen) -> list[str]:
    """Every message, from top to bottom."""
    return screen.log.locator(".bubble[data-kind=message] .bubble-text").all_inner_texts()


def shows(screen: Screen, words: list[str]) -> None:
    expect(screen.log.locator(".bubble[data-kind=message] .bubble-text")).to_have_text(words, timeout=ARRIVES)


def test_a_supervisor_who_reads_along_sees_what_two_consoles_send_change_and_remove_at_once_as_all_others_do(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen, vera: VisitorScreen, ben: ConsoleScreen
) -> None:
    take_turns(ana, ben)
    sue = ConsoleScreen(open_browser("sue"), stage.served.url, "sue")
    sue.page.goto(f"{sue.page.url.split('#')[0]}#{ana.page.url.split('#')[1]}")
    sue.sees(MINE[-1])

    begin_to_change(ana, MINE[0], "Your teapot is almost here.")
    begin_to_change(ben, BENS[0], "I packed it myself.")
    stage.cable.clog()
    for screen in (ana, ben):
        screen.page.keyboard.press("Enter")
    for screen, words in ((ana, MINE[1]), (ben, BENS[1]), (ana, MINE[3])):
        press(screen, words, "Remove")
    for screen, words in ((ana, "Anything else?"), (ben, "Keep the paper.")):
        screen.reply(words)
    vera.write("Thank you both.")
    stage.cable.unclog()
    send_what_crossed(ana, ben)

    for words in ("Anything else?", "Keep the paper.", "Thank you both.", "almost here", "packed it myself"):
        sue.sees(words)
    expect(sue.log.locator(".bubble[data-kind=message]").filter(has_text=MINE[3])).to_have_count(
        0, timeout=ARRIVES
    )
    for gone in (MINE[1], BENS[1], MINE[3], MINE[0], BENS[0]):
        expect(bubble(sue, gone)).to_have_count(0, timeout=ARRIVES)
    whole = said(sue)
    assert [each for each in whole if each in (*MINE, *BENS)] == [MINE[2], BENS[2]]
    assert (
        whole.index("Your teapot is almost here.") < whole.index("I packed it myself.") < whole.index(MINE[2])
    )
    for screen in (ana, ben, vera):
        shows(screen, whole)
    sue.page.reload()
    sue.sees("Thank you both.")
    shows(sue, whole)
