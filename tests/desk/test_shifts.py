"""Nobody is rung outside their hours, on a break, or when they have left by their own word."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from support_chat.desk.models import Agent, Attention
from support_chat.desk.shifts import changes_in, may_be_rung, wants_quiet, works_at

OFFICE = {"week": {"mon": [["09:00", "12:00"], ["13:00", "17:00"]]}, "holidays": [{"date": "12-07"}]}
# A Monday; in Berlin it is an hour later.
NINE, NOON, FIVE = (datetime(2026, 11, 30, hour, tzinfo=UTC) for hour in (8, 11, 16))


def agent(**given: Any) -> Agent:
    return Agent(**{"status": "online", "hours": OFFICE, "time_zone": "Europe/Berlin", **given})


def test_work_has_its_hours_its_breaks_and_its_days_off_by_the_clock_where_they_work() -> None:
    assert [works_at(agent(), at) for at in (NINE, NOON, FIVE)] == [True, False, False]
    assert not works_at(agent(), NINE.replace(month=12, day=7))
    assert changes_in(agent(), NINE) == 3 * 3600
    assert works_at(agent(time_zone="UTC"), NOON)


def test_who_has_no_hours_works_whenever_they_are_here() -> None:
    assert works_at(agent(hours=None), NINE.replace(hour=3))
    assert changes_in(agent(hours=None), NINE) is None


@pytest.mark.parametrize(
    ("status", "cause", "rung"),
    [
        ("online", "chosen", True),
        ("away", "chosen", False),
        ("finishing", "chosen", False),
        ("offline", "chosen", False),
        ("offline", "finished", False),
        ("offline", "connection lost", True),
        ("away", "no sign for a while", True),
        ("away", "chats unanswered", True),
    ],
)
def test_their_own_word_counts_and_not_what_the_system_made_of_it(
    status: str, cause: str, rung: bool
) -> None:
    assert may_be_rung(agent(status=status, status_cause=cause), NINE) is rung
    assert not may_be_rung(agent(status=status, status_cause=cause), FIVE)


def test_whose_hours_nobody_knows_has_gone_home_an_hour_after_they_were_lost() -> None:
    lost = agent(hours=None, status="offline", status_cause="connection lost", status_at=NINE)
    assert may_be_rung(lost, NINE + timedelta(minutes=59))
    assert not may_be_rung(lost, NINE + timedelta(minutes=61))
    assert may_be_rung(agent(hours=None, status_at=NINE), NINE + timedelta(days=1)), "who is online is here"


def test_quiet_hours_hold_every_day_over_midnight_too() -> None:
    wants = Attention(quiet=[["22:00", "07:00"]], time_zone="Europe/Berlin")
    assert wants_quiet(wants, NINE.replace(hour=21))
    assert wants_quiet(wants, NINE.replace(hour=5))
    assert not wants_quiet(wants, NINE)
    assert not wants_quiet(Attention(), NINE)
