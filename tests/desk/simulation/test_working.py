"""An agent with several chats at once."""

import pytest

from support_chat.desk.simulation.people import Shift
from support_chat.desk.simulation.working import Worker


def worker(*, slowdown: float = 0.0, starts: float = 0.0, ends: float = 1e6, pace: float = 1.0) -> Worker:
    return Worker(0, Shift(capacity=3, starts=starts, ends=ends, pace=pace), slowdown)


def test_a_chat_alone_takes_its_work_by_the_agent_s_pace() -> None:
    slow = worker(pace=0.5)
    slow.take(7, 100, now=10)
    assert slow.next_end() == (210, 7)


def test_a_second_chat_slows_the_first_from_then_on() -> None:
    busy = worker(slowdown=1.0)
    busy.take(1, 100, now=0)
    busy.take(2, 100, now=50)
    assert busy.next_end() == (150, 1)
    busy.finish(1, now=150)
    assert busy.next_end() == (200, 2)
    assert busy.busy == pytest.approx(50 + 2 * 100)


def test_who_is_not_on_shift_has_no_room_and_finishes_what_they_hold() -> None:
    leaving = worker(starts=10, ends=20)
    assert [leaving.room(now) for now in (5, 10, 19, 20)] == [0, 3, 3, 0]
    leaving.take(1, 100, now=15)
    assert leaving.next_end() == (115, 1)


def test_without_a_chat_nothing_ends() -> None:
    assert worker().next_end() is None
