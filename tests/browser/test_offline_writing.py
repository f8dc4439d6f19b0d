"""What is written without a connection is shown for what it is, survives, and arrives once and in order."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from tests.browser.chromium import ARGS
from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage

WRITTEN = ["one", "two", "three"]
NO_STORAGE = {"profile": {"default_content_setting_values": {"cookies": 2}}}


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    screen = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    screen.become("Online")
    return screen


@pytest.fixture
def vera(stage: Stage, open_browser: OpenBrowser) -> VisitorScreen:
    return VisitorScreen(open_browser("vera"), stage.host.origin)


@pytest.fixture
def forgetful(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser that refuses all storage."""
    profile = tmp_path / "forgetful"
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(NO_STORAGE))
    context = playwright.chromium.launch_persistent_context(profile, executable_path=chromium, args=ARGS)
    yield context
    context.close()


def writes_without_a_line(vera: VisitorScreen, stage: Stage) -> None:
    """Three messages that cannot leave; each is there, and none counts as sent."""
    stage.cable.cut()
    for words in WRITTEN:
        vera.write(words)
    vera.shows_exactly(WRITTEN)
    expect(vera.panel.get_by_text("Sending…", exact=True)).to_have_count(3)
    expect(vera.panel.get_by_text("Sent", exact=True)).to_have_count(0)


def test_the_first_words_of_all_written_offline_start_one_chat_with_all_of_them_in_order(
    stage: Stage, vera: VisitorScreen, ana: ConsoleScreen
) -> None:
    vera.open_chat()
    writes_without_a_line(vera, stage)
    stage.cable.mend()
    ana.open_first_chat()
    ana.shows_exactly(WRITTEN)
    vera.has_sent_all()
    vera.shows_exactly(WRITTEN)


def test_what_was_written_offline_survives_a_reload_before_the_line_is_back(
    stage: Stage, vera: VisitorScreen, ana: ConsoleScreen
) -> None:
    vera.open_chat()
    vera.write("zero")
    ana.open_first_chat()
    writes = ["zero", *WRITTEN]
    stage.cable.cut()
    for words in WRITTEN:
        vera.write(words)
    vera.page.reload()
    stage.cable.mend()
    vera.page.context.route_web_socket("**/ws/visitor", lambda socket: socket.close(code=4013))
    vera.page.reload()
    vera.open_chat()
    vera.shows_exactly(WRITTEN)
    expect(vera.panel.get_by_text("Sending…", exact=True)).to_have_count(3)
    expect(vera.panel.get_by_text("Sent", exact=True)).to_have_count(0)
    vera.page.context.route_web_socket("**/ws/visitor", lambda socket: socket.connect_to_server() and None)
    for away in (True, False):  # the browser says that the network is back: nobody waits for the next try
        vera.page.context.set_offline(away)
    ana.shows_exactly(writes)
    vera.has_sent_all()
    vera.shows_exactly(writes)


def test_the_notice_goes_within_a_second_of_the_line_being_back(stage: Stage, vera: VisitorScreen) -> None:
    vera.open_chat()
    vera.write("zero")
    expect(vera.panel.get_by_text("Sent", exact=True)).to_be_visible(timeout=ARRIVES)
    stage.cable.cut()
    notice = vera.panel.get_by_role("status").filter(has_text="No connection")
    expect(notice).to_be_visible(timeout=ARRIVES)
    stage.cable.mend()
    with vera.page.expect_websocket(lambda socket: "/ws/visitor" in socket.url, timeout=ARRIVES) as opened:
        vera.panel.get_by_role("button", name="Try now").click()
    opened.value.wait_for_event("framereceived", timeout=ARRIVES)
    expect(notice).to_be_hidden(timeout=1_000)


def test_a_browser_that_refuses_storage_chats_and_sends_what_was_written_offline(
    stage: Stage, forgetful: BrowserContext, ana: ConsoleScreen
) -> None:
    vera = VisitorScreen(forgetful, stage.host.origin)
    vera.open_chat()
    blocked = "() => { try { return !localStorage } catch { return true } }"
    assert vera.box.evaluate(blocked)
    vera.write("zero")
    ana.open_first_chat()
    stage.cable.cut()
    for words in WRITTEN:
        vera.write(words)
    stage.cable.mend()
    said = ["zero", *WRITTEN]
    ana.shows_exactly(said)
    vera.shows_exactly(said)
    ana.reply("four")
    vera.sees("four")
