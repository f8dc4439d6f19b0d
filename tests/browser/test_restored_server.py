"""A server restored from an older backup: screens drop what it no longer knows, say so, and go on."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.services.served import ServedProcess, own_environment, run_manage

KEPT = ["Do you have blue doors?", "We do."]
LOST = ["In which sizes?", "In three.", "And red ones?", "Those as well."]
AFTERWARDS = ["Are you still there?", "I am."]


def say(vera: VisitorScreen, ana: ConsoleScreen, words: list[str]) -> None:
    """In turns, the visitor first."""
    for question, answer in zip(words[::2], words[1::2], strict=True):
        vera.write(question)
        ana.sees(question)
        ana.reply(answer)
        vera.sees(answer)


def test_both_screens_take_the_older_chat_say_so_and_send_what_was_not_sent(
    stage: Stage,
    open_browser: OpenBrowser,
    serve_process: Callable[..., ServedProcess],
    tmp_path: Path,
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.cable.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.write(KEPT[0])
    ana.open_first_chat()
    ana.reply(KEPT[1])
    vera.sees(KEPT[1])
    vera.has_sent_all()
    environment = own_environment(stage.served.database_url)
    run_manage("backup", str(tmp_path / "backup"), environment=environment)
    say(vera, ana, LOST)
    stage.served.stop()
    vera.write(AFTERWARDS[0])
    run_manage("restore", "--replace", str(tmp_path / "backup"), environment=environment)
    stage.cable.target = serve_process(stage.served.database_url).port
    vera.sees("This chat was loaded anew")
    ana.sees("in an older state")
    ana.sees(AFTERWARDS[0])
    ana.reply(AFTERWARDS[1])
    vera.sees(AFTERWARDS[1])
    for screen in (vera, ana):
        screen.shows_exactly([*KEPT, *AFTERWARDS])
        expect(screen.log).not_to_contain_text(LOST[0], timeout=ARRIVES)
