"""A server restored from an older backup: screens drop what it no longer knows, say so, and go on."""

from collections.abc import Callable
from pathlib import Path

import pytest
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


class Backup:
    """A backup of a server, and the way back to it."""

    def __init__(self, stage: Stage, serve: Callable[..., ServedProcess], folder: Path) -> None:
        self._stage, self._serve, self._folder = stage, serve, str(folder)
        self._environment = own_environment(stage.served.database_url)
        run_manage("backup", self._folder, environment=self._environment)

    def restore(self) -> None:
        """Puts it back, and another process serves it where the old one did."""
        run_manage("restore", "--replace", self._folder, environment=self._environment)
        self._stage.cable.target = self._serve(self._stage.served.database_url).port


@pytest.fixture
def back_up(
    stage: Stage, serve_process: Callable[..., ServedProcess], tmp_path: Path
) -> Callable[[], Backup]:
    return lambda: Backup(stage, serve_process, tmp_path / "backup")


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    screen = ConsoleScreen(open_browser("ana"), stage.cable.url, "ana")
    screen.become("Online")
    return screen


@pytest.fixture
def vera(stage: Stage, open_browser: OpenBrowser) -> VisitorScreen:
    return VisitorScreen(open_browser("vera"), stage.host.origin)


def test_both_screens_take_the_older_chat_say_so_and_send_what_was_not_sent(
    stage: Stage, vera: VisitorScreen, ana: ConsoleScreen, back_up: Callable[[], Backup]
) -> None:
    vera.open_chat()
    vera.write(KEPT[0])
    ana.open_first_chat()
    ana.reply(KEPT[1])
    vera.sees(KEPT[1])
    vera.has_sent_all()
    backup = back_up()
    say(vera, ana, LOST)
    stage.served.stop()
    vera.write(AFTERWARDS[0])
    backup.restore()
    vera.sees("This chat was loaded anew")
    ana.sees("in an older state")
    ana.sees(AFTERWARDS[0])
    ana.reply(AFTERWARDS[1])
    vera.sees(AFTERWARDS[1])
    for screen in (vera, ana):
        screen.shows_exactly([*KEPT, *AFTERWARDS])
        expect(screen.log).not_to_contain_text(LOST[0], timeout=ARRIVES)


def test_a_visitor_whom_the_backup_does_not_know_begins_anew_with_what_was_not_sent(
    stage: Stage, vera: VisitorScreen, ana: ConsoleScreen, back_up: Callable[[], Backup]
) -> None:
    backup = back_up()
    vera.open_chat()
    vera.write(LOST[0])
    ana.open_first_chat()
    ana.sees(LOST[0])
    vera.has_sent_all()
    stage.served.stop()
    for words in KEPT:
        vera.write(words)
    backup.restore()
    expect(ana.page.get_by_role("list", name="My chats")).to_contain_text("2 unread", timeout=3 * ARRIVES)
    ana.open_first_chat()
    ana.shows_exactly(KEPT)
    vera.has_sent_all()
    vera.shows_exactly(KEPT)
