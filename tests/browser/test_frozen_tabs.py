"""A tab that the browser froze has caught up within five seconds of its thaw, without being loaded anew."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import guests
from tests.browser.plain_browser import Freezer, plain_browser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage

CAUGHT_UP = 5.0  # seconds
FROZEN = 13.0  # seconds; longer than the patience with a beat, shorter than an agent's grace
COUNT = "globalThis.ticks = 0; setInterval(() => (globalThis.ticks += 1), 1000)"


@pytest.fixture
def plain(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[BrowserContext]:
    with plain_browser(playwright, chromium, tmp_path / "plain") as context:
        yield context


class Freeze:
    """A page frozen for a while, its link whole, cut or dead without a word."""

    def __init__(self, page: Page, stage: Stage, link: str) -> None:
        self._page, self._stage = page, stage
        self._break = {"whole": lambda: None, "cut": stage.cable.cut, "silent": stage.cable.silence}[link]
        self._freezer = Freezer(page)
        page.evaluate(COUNT)

    def during(self, happens: Callable[[], object]) -> None:
        """Lets something happen meanwhile, and thaws it."""
        began = time.monotonic()
        self._freezer.freeze()
        self._break()
        self._stage.cable.mend()
        happens()
        time.sleep(max(0.0, began + FROZEN - time.monotonic()))
        self._thawed = time.monotonic()
        self._freezer.thaw()

    def has_caught_up(self) -> None:
        """In time, and it was really frozen, and is the same page still."""
        assert time.monotonic() - self._thawed < CAUGHT_UP
        assert self._page.evaluate("ticks") < FROZEN / 2


@pytest.mark.parametrize("link", ["whole", "silent"])
def test_a_visitor_has_every_message_and_the_right_count(
    stage: Stage, open_browser: OpenBrowser, plain: BrowserContext, link: str
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(plain, stage.host.origin)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    vera.panel.get_by_role("button", name="Minimise chat").click()
    answers = ["We do.", "In three sizes."]
    frozen = Freeze(vera.page, stage, link)
    frozen.during(lambda: [ana.reply(words) for words in answers])
    expect(vera.page.get_by_role("button", name="Open chat, 2 new messages")).to_be_visible(timeout=ARRIVES)
    frozen.has_caught_up()
    vera.page.get_by_role("button", name="Open chat").click()
    vera.shows_exactly(["Do you have blue doors?", *answers])


def test_an_agent_has_every_message_the_right_title_and_their_chats(
    stage: Stage, plain: BrowserContext
) -> None:
    ana = ConsoleScreen(plain, stage.cable.url, "ana")
    ana.become("Online")
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("Where is my teapot?")
        ana.open_first_chat()
        expect(ana.page).to_have_title("Console – Support Chat", timeout=ARRIVES)
        frozen = Freeze(ana.page, stage, "cut")
        frozen.during(lambda: (first.say("Hello?"), second.say("Blue doors?")))
        expect(ana.page).to_have_title("(1) Console – Support Chat", timeout=ARRIVES)
        ana.sees("Hello?")
        frozen.has_caught_up()
        ana.shows_exactly(["Where is my teapot?", "Hello?"])
        expect(ana.page.get_by_role("button", name="Status")).to_contain_text("Online")
