"""What is pressed as soon as the console shows something is done, however slowly the rest of it comes."""

import re
from typing import Final

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.services.open_house import widen_house_in

LATER: Final = re.compile(r"/agents/later[^/]*\.js")
A_MINUTE_PASSES: Final = (
    "() => { const now = performance.now.bind(performance); performance.now = () => now() + 60_000; }"
)


class Gate:
    """Requests wait here until it is opened."""

    def __init__(self) -> None:
        self._waiting: list[Route] = []
        self._open = False

    def arrive(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._waiting.append(route)

    def open(self) -> None:
        self._open = True
        for route in self._waiting:
            route.continue_()


@pytest.fixture
def held_back(stage: Stage, open_browser: OpenBrowser) -> tuple[ConsoleScreen, Gate]:
    """A supervisor's lists are there, and what comes after them is still on its way."""
    widen_house_in(stage.served.database_url, "manual")
    context = open_browser("sue")
    gate = Gate()
    context.route(LATER, gate.arrive)
    sue = ConsoleScreen(context, stage.served.url, "sue")
    sue.page.get_by_role("button", name="Board").wait_for(timeout=ARRIVES)
    return sue, gate


def test_a_key_that_is_pressed_before_its_code_is_there_is_not_lost(
    held_back: tuple[ConsoleScreen, Gate],
) -> None:
    sue, gate = held_back
    sue.page.keyboard.press("b")
    sue.page.keyboard.press("Control+k")
    sue.page.evaluate(A_MINUTE_PASSES)
    gate.open()
    asked = sue.page.get_by_role("combobox", name="What do you want to do?")
    expect(asked).to_be_focused(timeout=ARRIVES)
    sue.page.keyboard.press("Escape")
    expect(sue.page.get_by_role("heading", name="Board")).to_be_visible()


def test_whoever_clicks_meanwhile_wants_it_no_more(held_back: tuple[ConsoleScreen, Gate]) -> None:
    sue, gate = held_back
    sue.page.keyboard.press("b")
    sue.page.get_by_role("button", name="Status").click()
    gate.open()
    expect(sue.page.get_by_role("toolbar", name="Views")).to_be_visible(timeout=ARRIVES)
    sue.page.keyboard.press("Escape")
    expect(sue.page.get_by_role("heading", name="Board")).to_be_hidden()
    sue.page.get_by_role("heading", name="All quiet").click()
    sue.page.keyboard.press("b")
    expect(sue.page.get_by_role("heading", name="Board")).to_be_visible()


def test_a_key_whose_code_cannot_be_fetched_says_so(stage: Stage, open_browser: OpenBrowser) -> None:
    context = open_browser("ana")
    context.route(LATER, lambda route: route.abort())
    ana = ConsoleScreen(context, stage.served.url, "ana")
    expect(ana.page.get_by_role("button", name="Status")).to_be_visible(timeout=ARRIVES)
    ana.page.keyboard.press("Control+k")
    expect(ana.page.get_by_text("could not be loaded")).to_be_visible(timeout=ARRIVES)
    context.unroute_all()
    ana.page.keyboard.press("Control+k")
    expect(ana.page.get_by_role("dialog", name="Do or go to")).to_be_visible(timeout=ARRIVES)
