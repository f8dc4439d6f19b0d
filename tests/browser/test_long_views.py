"""A view with thousands of chats: only those near are drawn, keys reach all of them, little is read anew."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.browser.test_views import view
from tests.browser.wire import Frame, Wire

CHATS = 3_000
PIECE = 1_000  # rows of a page, whatever was asked for: to have them all soon
DRAWN = 60  # rows at most
GOLDEN = Path(__file__).parents[2] / "fixtures/frames/agent.command.list_conversations.json"
ROW: Frame = json.loads(GOLDEN.read_text())["answer"]["ok"]["rows"][0]


def chat(n: int) -> Frame:
    closed = {"state": "closed", "agent": None, "waited": None, "closed_ago": 60.0 + n}
    return {**ROW, **closed, "conversation": f"chat{n}", "visitor": {**ROW["visitor"], "name": f"Robin {n}"}}


class Closed:
    """Makes up what the server tells of closed chats."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        wire.to_page = self.say

    def say(self, frame: Frame) -> Frame:
        asked: Any = next((each for each in self.wire.asked if each["id"] == frame.get("re")), {"do": ""})
        if asked["do"] != "list_conversations" or "ok" not in frame:
            return frame
        after, until = (asked["with"].get(name, "0.0") for name in ("after", "until"))
        first = int(after.partition(".")[0])
        last = min(int(until.partition(".")[0]) or CHATS, first + PIECE)
        is_cut = last < (int(until.partition(".")[0]) or CHATS)
        rows = [chat(n) for n in range(first + 1, last + 1)]
        total = {} if "after" in asked["with"] else {"total": 1_001}
        return {
            "re": frame["re"],
            "ok": {"rows": rows, "next": f"{last}.{last}" if is_cut else None, **total},
        }


@pytest.fixture
def long_view(stage: Stage, open_browser: OpenBrowser) -> tuple[Page, Wire]:
    """All of it is loaded."""
    context = open_browser("ana")
    wire = Wire(context, "**/ws/agent")
    Closed(wire)
    page = ConsoleScreen(context, stage.served.url, "ana").page
    view(page, "Closed")
    for _ in range(CHATS // PIECE - 1):
        page.get_by_role("button", name="Show more").click(timeout=ARRIVES)
        page.wait_for_function("() => !document.querySelector('.more-rows[aria-busy=true]')")
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)
    return page, wire


def row(page: Page, n: int) -> Locator:
    return page.get_by_role("list", name="Closed").get_by_role("button", name=f"Robin {n}", exact=True)


def drawn(page: Page) -> int:
    return page.locator(".view-row").count()


def test_of_thousands_of_rows_few_are_drawn_and_keys_reach_all(
    long_view: tuple[Page, Wire], axe: Axe
) -> None:
    page, _ = long_view
    assert drawn(page) < DRAWN
    row(page, 1).focus()
    page.keyboard.press("End")
    expect(row(page, CHATS)).to_be_focused()
    expect(row(page, CHATS)).to_be_in_viewport()
    button = page.get_by_role("button", name=f"Robin {CHATS}", exact=True)
    place = page.locator(".view-row").filter(has=button)
    assert (place.get_attribute("aria-posinset"), place.get_attribute("aria-setsize")) == (f"{CHATS}", "-1")
    page.keyboard.press("ArrowUp")
    expect(row(page, CHATS - 1)).to_be_focused()
    page.keyboard.press("Shift+Home")
    expect(row(page, 1)).to_be_focused()
    expect(page.get_by_text("More than 1,000 chosen")).to_be_visible()
    assert drawn(page) < DRAWN
    axe.look(page, "a long view", widths=(390, 1280))
    assert not axe.found, "\n".join(axe.found)


def test_what_stands_before_the_eyes_is_read_anew_and_little_else(long_view: tuple[Page, Wire]) -> None:
    page, wire = long_view
    page.mouse.move(900, 500)
    page.locator(".lists").evaluate("(pane) => pane.scrollTo(0, pane.scrollHeight * 0.9)")
    expect(row(page, CHATS * 9 // 10)).to_be_attached(timeout=ARRIVES)
    assert drawn(page) < DRAWN
    assert len(wire.commands("watch_lists")) == 1
    before = len(wire.commands("list_conversations"))
    wire.tell("lists_changed", queue="q")
    page.wait_for_timeout(4_000)
    read = [(each.get("after"), each.get("until")) for each in wire.commands("list_conversations")[before:]]
    assert read == [(None, "1000.1000"), ("2000.2000", None)]
    expect(row(page, CHATS * 9 // 10)).to_be_attached()
    view(page, "Inbox")
    expect(page.locator(".view-row")).to_have_count(0)
    page.wait_for_timeout(200)
    assert len(wire.commands("leave_lists")) == 1
