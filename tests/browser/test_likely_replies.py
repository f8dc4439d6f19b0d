"""The replies that may come next stand above the box, and never move it."""

from collections.abc import Sequence

from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.browser.wire import Frame, Wire
from tests.services.house import REPLIES

SETTLED = 800  # milliseconds after which Enter no longer asks


def suggesting(wire: Wire, ids: Sequence[str]) -> None:
    """From now on the server is sure of these."""

    def change(frame: Frame) -> Frame:
        if "likely" in frame.get("ok", {}):
            frame["ok"]["likely"] = list(ids)
        return frame

    wire.to_page = change


def top_of(box: Locator) -> float:
    place = box.bounding_box()
    assert place is not None
    return place["y"]


def test_what_is_likely_comes_and_goes_without_moving_the_box_and_is_sent_by_the_agent_alone(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    context = open_browser("ana")
    wire = Wire(context, "**/ws/agent")
    ana = ConsoleScreen(context, stage.served.url, "ana")
    ana.become("Online")
    told = ana.page.request.get(f"{stage.served.url}/api/v1/canned-replies/").json()
    ids = {each["shortcut"]: each["id"] for each in told}
    likely = ana.page.get_by_role("group", name="Likely replies").get_by_role("button")
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello?")
        ana.open_first_chat()
        expect(likely).to_have_count(0)
        before = top_of(ana.box)
        suggesting(wire, [ids["thanks"], ids["hours"]])
        guest.say("When are you there?")
        expect(likely).to_have_count(2, timeout=ARRIVES)
        expect(likely.first).to_have_attribute("aria-keyshortcuts", "Alt+1")
        assert top_of(ana.box) == before
        ana.box.press("Alt+2")
        expect(ana.box).to_have_value(REPLIES["hours"])
        expect(ana.box).to_be_focused()
        expect(likely).to_have_count(0)
        assert guest.heard == []
        assert wire.commands("pick_reply") == []
        suggesting(wire, [])
        ana.page.wait_for_timeout(SETTLED)
        ana.box.press("Enter")
        ana.sees(REPLIES["hours"])
        expect(likely).to_have_count(0)
        assert top_of(ana.box) == before
        (pick,) = wire.commands("pick_reply")
        assert (pick["reply"], pick["typed"]) == (ids["hours"], "")
