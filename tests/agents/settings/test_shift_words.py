"""When an agent works, said in one line and in a list."""

from datetime import UTC, datetime

from agents.settings.shift_words import shift_words, week_words
from support_chat.desk.models import Agent

WEEK = {"mon": [["09:00", "17:00"]], "wed": [["09:00", "17:00"]]}
NINE = datetime(2026, 11, 30, 9, tzinfo=UTC)  # a Monday


def test_what_is_now_and_until_when() -> None:
    ana = Agent(hours={"week": WEEK}, time_zone="Europe/Berlin")
    assert shift_words(ana, NINE) == "At work now, until today at 17:00."
    assert shift_words(ana, NINE.replace(hour=20)) == "Off now, until on Wednesday at 09:00."
    assert week_words(ana) == ["Monday: 09:00–17:00", "Wednesday: 09:00–17:00", "Europe/Berlin"]


def test_without_hours_there_is_nothing_to_list() -> None:
    assert shift_words(Agent(), NINE) == "At work whenever they are here."
    assert week_words(Agent()) == []
