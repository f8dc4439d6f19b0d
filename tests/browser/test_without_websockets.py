"""Where a network lets no WebSocket through both sides chat all the same, without choosing anything."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.browser.traffic import Traffic

COMES_BACK = 30  # seconds; a WebSocket is tried again within five, then within ten


@pytest.fixture
def narrow(stage: Stage) -> Stage:
    """A network whose proxy knows no WebSockets."""
    stage.cable.refuse_upgrades()
    return stage


def console(stage: Stage, open_browser: OpenBrowser) -> tuple[ConsoleScreen, Traffic]:
    """Ana at her console, online, on the same network as the visitor."""
    context = open_browser("ana")
    traffic = Traffic(context.pages[0])
    ana = ConsoleScreen(context, stage.cable.url, "ana")
    ana.become("Online")
    return ana, traffic


def visitor(stage: Stage, open_browser: OpenBrowser) -> tuple[VisitorScreen, Traffic]:
    context = open_browser("vera")
    traffic = Traffic(context.pages[0])
    return VisitorScreen(context, stage.host.origin), traffic


def talk(vera: VisitorScreen, ana: ConsoleScreen) -> list[str]:
    """Asked, answered, read, closed and gone on with: whatever makes a chat."""
    said = ["Do you have blue doors?", "We do, in three sizes.", "One more thing: do you deliver?"]
    vera.open_chat()
    vera.write(said[0])
    ana.open_first_chat()
    ana.sees(said[0])
    ana.reply(said[1])
    vera.sees(said[1])
    expect(ana.log.get_by_text("Read", exact=True)).to_be_visible(timeout=ARRIVES)
    ana.close_chat()
    expect(vera.log).to_contain_text("closed the chat", timeout=ARRIVES)
    vera.write(said[2])
    ana.open_first_chat()
    ana.sees(said[2])
    return said


def exchange(vera: VisitorScreen, ana: ConsoleScreen, question: str, answer: str) -> list[str]:
    vera.write(question)
    ana.sees(question)
    ana.reply(answer)
    vera.sees(answer)
    return [question, answer]


def both_show(vera: VisitorScreen, ana: ConsoleScreen, said: list[str]) -> None:
    vera.shows_exactly(said)
    ana.shows_exactly(said)


def test_both_sides_chat_in_full_and_are_back_on_websockets_when_they_work(
    narrow: Stage, open_browser: OpenBrowser
) -> None:
    (ana, hers), (vera, theirs) = console(narrow, open_browser), visitor(narrow, open_browser)
    said = talk(vera, ana)
    both_show(vera, ana, said)
    assert (hers.sockets, theirs.sockets) == (0, 0)
    narrow.cable.allow_upgrades()
    for traffic in (hers, theirs):
        traffic.comes_to(1, within=COMES_BACK)
    streams = (hers.streams, theirs.streams)
    said += exchange(vera, ana, "And by Friday?", "By Thursday, even.")
    both_show(vera, ana, said)
    assert (hers.streams, theirs.streams) == streams


def test_a_network_that_changes_in_the_middle_of_a_chat_loses_and_doubles_nothing(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    (ana, hers), (vera, theirs) = console(stage, open_browser), visitor(stage, open_browser)
    said = talk(vera, ana)
    assert (hers.streams, theirs.streams) == (0, 0)
    stage.cable.refuse_upgrades()
    said += exchange(vera, ana, "Are you still there?", "I am.")
    for traffic in (hers, theirs):
        assert traffic.streams > 0
    stage.cable.allow_upgrades()
    for n in range(4):
        said += exchange(vera, ana, f"Question {n}.", f"Answer {n}.")
    for traffic in (hers, theirs):
        traffic.comes_to(2, within=COMES_BACK)
    said += exchange(vera, ana, "Thank you!", "You are welcome!")
    both_show(vera, ana, said)


def test_the_tabs_of_a_browser_share_one_stream_and_whoever_is_left_goes_on_with_it(
    narrow: Stage, open_browser: OpenBrowser
) -> None:
    (ana, _), (first, hers) = console(narrow, open_browser), visitor(narrow, open_browser)
    said = talk(first, ana)
    streams = hers.streams
    tab = first.page.context.new_page()
    theirs = Traffic(tab)
    second = VisitorScreen(first.page.context, narrow.host.origin, tab)
    second.open_chat()
    second.sees(said[-1])
    said += exchange(second, ana, "From another tab?", "I read you there.")
    first.shows_exactly(said)
    assert (hers.streams, theirs.streams) == (streams, 0)
    first.page.close()
    said += exchange(second, ana, "And now?", "Still there.")
    both_show(second, ana, said)
    assert theirs.streams > 0
