"""The command: what if."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def said(*command: object) -> list[list[str]]:
    """The table's cells: columns stand two spaces apart."""
    out = StringIO()
    call_command("simulate", *map(str, command), stdout=out)
    rows = [line.split("  ") for line in out.getvalue().splitlines()]
    return [[cell.strip() for cell in row if cell.strip()] for row in rows]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Twelve chats of ten minutes, a minute apart from 9 in the morning, each answered after 20 s."""
    messages = [(0, "visitor"), (20, "agent"), (600, "visitor")]
    lines = [{"at": at, "from": sender, "text": "…"} for at, sender in messages]
    path = tmp_path / "chats.jsonl"
    chats = [{"started": 9 * 3600 + 60 * number, "messages": lines} for number in range(12)]
    path.write_text("".join(json.dumps(chat) + "\n" for chat in chats))
    return path


def test_more_agents_wait_less_beside_what_was_real(file: Path) -> None:
    heads, real, few, many = said(file, "--agents", 2, 6, "--capacity", 2, "--patience", 9_000)
    assert heads[:3] == ["came", "wait p50", "wait p90"]
    assert real == ["real", "12", "0:20", "0:20", "0.0%", "–", "100.0%"]
    assert few[:4] == ["2 agents × 2, least_loaded", "12", "6:00", "12:00"]
    assert many[:4] == ["6 agents × 2, least_loaded", "12", "0:00", "0:00"]


def test_hours_and_rules_change_what_comes_of_it(file: Path) -> None:
    words = (file, "--agents", 12, "--capacity", 1, "--patience", 9_000, "--hours", "09:11-18:00")
    _, _, ours, newest = said(*words, "--rule", "least_loaded", "newest")
    assert ours[2:4] == ["5:00", "10:00"]
    assert newest[0] == "12 agents × 1, newest"


def test_chance_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    picture = tmp_path / "waits.svg"
    words = ("--rate", 40, "--length", 5, "--agents", 3, "--capacity", 2)
    first = said(*words, "--plot", picture)
    assert first == said(*words)
    assert first != said(*words, "--seed", 2)
    assert picture.read_text().startswith("<svg")


def test_arrivals_by_chance_may_take_as_long_as_recorded_ones(file: Path) -> None:
    _, alone = said(file, "--rate", 1, "--length", 40, "--agents", 9, "--capacity", 9)
    assert alone[2:4] == ["0:00", "0:00"]
    assert alone[4] == "0.0%"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--rate", "0"),
        ("--rate", "60", "--agents", "none"),
        ("--rate", "60", "--hours", "9-25"),
        ("--rate", "60", "--rule", "unheard"),
        ("--queue", "Orders", "--from", "2026-13-01", "--to", "2026-12-01"),
        ("nowhere.jsonl",),
    ],
)
def test_what_cannot_be_played_is_refused_in_words(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        said(*words)


def test_a_file_without_chats_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    with pytest.raises(CommandError, match="no arrivals"):
        said(empty)
