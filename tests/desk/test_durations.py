"""Handle time and idle time, counted from a log."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from support_chat.desk.durations import Durations, durations
from support_chat.desk.models import Entry

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
thorough = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def of(*said: tuple[int, str], until: int) -> Durations:
    """Of a log of (second, kind), a message as "visitor", "agent" or "bot"."""
    return durations([entry(second, kind) for second, kind in said], until=at(until))


def entry(second: int, kind: str) -> Entry:
    if kind in {"visitor", "agent", "bot"}:
        return Entry(at=at(second), kind="message", author_role=kind)
    return Entry(at=at(second), kind=kind, author_role="system")


def test_a_chat_that_waits_is_not_handled() -> None:
    assert of((0, "opened"), (0, "visitor"), until=900) == Durations()


def test_it_is_handled_from_its_assignment_to_its_end() -> None:
    log = [(0, "opened"), (40, "assigned"), (60, "agent"), (100, "closed")]
    assert of(*log, until=900) == Durations(handle=60)


def test_what_goes_on_lasts_until_now() -> None:
    assert of((0, "opened"), (40, "assigned"), until=100) == Durations(handle=60)
    assert of((0, "opened"), (40, "assigned"), (70, "idle"), until=100) == Durations(handle=30, idle=30)


def test_idle_is_what_lies_between_resting_and_the_visitors_next_word() -> None:
    log = [(0, "assigned"), (10, "agent"), (310, "idle"), (910, "bot"), (920, "agent"), (1_000, "visitor")]
    assert of(*log, (1_100, "closed"), until=9_000) == Durations(handle=310 + 100, idle=690)


def test_a_quiet_chat_that_closes_was_idle_to_its_end() -> None:
    log = [(0, "assigned"), (310, "idle"), (910, "bot"), (1_810, "closed")]
    assert of(*log, until=9_000) == Durations(handle=310, idle=1_500)


def test_whoever_takes_an_idle_chat_over_handles_it() -> None:
    assert of((0, "assigned"), (300, "idle"), (400, "assigned"), until=500) == Durations(handle=400, idle=100)


def test_going_back_to_the_queue_and_on_again_adds_up() -> None:
    log = [(0, "assigned"), (50, "returned_to_queue"), (90, "assigned"), (100, "closed"), (200, "reopened")]
    assert of(*log, (210, "assigned"), (220, "note"), (230, "closed"), until=900) == Durations(handle=80)


kinds = st.sampled_from(
    [*("visitor", "agent", "bot", "note", "idle"), *("assigned", "closed", "returned_to_queue", "reopened")]
)


@thorough
@given(said=st.lists(st.tuples(st.integers(0, 500), kinds), max_size=20))
def test_every_second_is_counted_once_and_only_while_an_agent_has_it(said: Sequence[tuple[int, str]]) -> None:
    log, now, active, held = [], 0, False, 0
    for pause, kind in said:
        if kind == "idle" and not active:
            continue  # only an active chat comes to rest
        held += pause * active
        now += pause
        log.append((now, kind))
        active = kind == "assigned" or (active and kind not in {"closed", "returned_to_queue", "reopened"})
    found = of(*log, until=now)
    assert found.handle + found.idle == held
    assert min(found.handle, found.idle) >= 0
    without = [each for each in log if each[1] != "idle"]
    assert of(*without, until=now) == Durations(handle=held)
