"""The wait that is said: what must hold of it whatever a queue has shown."""

import math
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support_chat.desk.waiting.estimating import Pace, pace, ranges
from support_chat.desk.waiting.observed import Agent, Outcome, Range, Stay
from support_chat.settings.chat import WAIT_CHATS, WAIT_THIN

thorough = settings(max_examples=200, deadline=None, derandomize=True, database=None)
seconds = st.floats(0, 7200, allow_nan=False)
agents = st.builds(Agent, capacity=st.integers(1, 4), load=st.integers(0, 6))
teams = st.lists(agents, min_size=1, max_size=8)
lines = st.lists(st.floats(0, 60), min_size=1, max_size=30).map(sorted)


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    low, high = sorted(draw(st.tuples(seconds, seconds)))
    said = Range(low=low, high=high)
    return Outcome(told=said, plain=said, waited=draw(seconds), served=draw(st.booleans()))


paces = st.builds(
    pace,
    st.lists(st.floats(1, 7200), min_size=WAIT_THIN, max_size=40),
    st.lists(st.builds(Stay, seconds=seconds, left=st.booleans()), max_size=40),
    st.lists(outcomes(), max_size=40),
)


def known(found: list[Range | None]) -> list[Range]:
    assert None not in found
    return [each for each in found if each is not None]


@thorough
@given(now=paces, team=teams, line=lines)
def test_a_range_is_never_negative_or_upside_down_or_endless(
    now: Pace, team: list[Agent], line: list[float]
) -> None:
    found = known(ranges(now, team, line))
    assert len(found) == len(line)
    assert all(0 <= each.low <= each.high < math.inf for each in found)


@thorough
@given(now=paces, team=teams, line=lines)
def test_nobody_is_told_a_shorter_wait_than_those_ahead(
    now: Pace, team: list[Agent], line: list[float]
) -> None:
    found = known(ranges(now, team, line))
    assert [each.low for each in found] == sorted(each.low for each in found)
    assert [each.high for each in found] == sorted(each.high for each in found)


@thorough
@given(now=paces, team=teams, more=teams, line=lines)
def test_more_agents_never_make_a_wait_longer(
    now: Pace, team: list[Agent], more: list[Agent], line: list[float]
) -> None:
    for few, many in zip(
        known(ranges(now, team, line)), known(ranges(now, [*team, *more], line)), strict=True
    ):
        assert many.low <= few.low + 1e-9
        assert many.high <= few.high + 1e-9


@thorough
@given(now=paces, team=teams, line=lines)
def test_people_who_leave_the_line_never_make_a_wait_longer(
    now: Pace, team: list[Agent], line: list[float]
) -> None:
    patient = Pace(handle_time=now.handle_time, doubt=now.doubt, leaving=0.0, low=now.low, high=now.high)
    for real, longest in zip(known(ranges(now, team, line)), known(ranges(patient, team, line)), strict=True):
        assert real.high <= longest.high + 1e-9


def handle_times(count: int) -> list[float]:
    rng = Random(count)
    return [rng.uniform(200, 600) for _ in range(count)]


def test_with_too_few_chats_that_have_ended_we_cannot_say() -> None:
    assert pace(handle_times(WAIT_THIN - 1), []) is None
    assert pace(handle_times(WAIT_THIN), []) is not None
    assert ranges(None, [Agent(capacity=2, load=2)], [0, 1]) == [None, None]


def test_without_anybody_who_may_take_a_chat_we_cannot_say() -> None:
    now = pace(handle_times(50), [])
    assert ranges(now, [], [0, 1, 2]) == [None, None, None]
    assert ranges(now, [Agent(capacity=0, load=0)], [0]) == [None]


def test_who_comes_next_where_somebody_has_room_waits_no_time() -> None:
    now = pace(handle_times(50), [])
    first, second = known(ranges(now, [Agent(capacity=3, load=2)], [0, 1]))
    assert first == Range(low=0, high=0)
    assert second.high > 0


def test_an_agent_over_capacity_has_no_room_to_lend_to_others() -> None:
    now = pace(handle_times(50), [])
    over, full = (ranges(now, [Agent(capacity=2, load=load)], [0]) for load in (5, 2))
    assert over == full


def test_only_the_newest_chats_count() -> None:
    new = handle_times(WAIT_CHATS)
    assert pace([9_000.0] * 50 + new, []) == pace(new, [])


def test_more_handle_times_make_the_range_narrower() -> None:
    few, many = (pace(([300.0, 500.0] * count)[: 2 * count], []) for count in (10, 200))
    wide, narrow = (known(ranges(now, [Agent(capacity=1, load=1)], [20]))[0] for now in (few, many))
    assert narrow.high - narrow.low < wide.high - wide.low


def test_for_one_slot_and_exponential_times_it_is_the_textbook_range() -> None:
    """With nobody ahead and nobody who leaves: the exponential's 10 % and 90 % points."""
    now = Pace(handle_time=100.0, doubt=0.0, leaving=0.0)
    (said,) = known(ranges(now, [Agent(capacity=1, load=1)], [0]))
    assert said.low == pytest.approx(100 * -math.log(0.9), rel=0.1)
    assert said.high == pytest.approx(100 * -math.log(0.1), rel=0.02)


def test_a_long_line_that_people_leave_takes_as_long_as_the_textbook_says() -> None:
    """Erlang-A: the mean time for n + 1 departures is the sum of 1 / (rate + j·θ), j = 0 … n."""
    now = Pace(handle_time=600.0, doubt=0.0, leaving=1 / 900)
    (said,) = known(ranges(now, [Agent(capacity=6, load=6)], [200]))
    mean = sum(1 / (0.01 + j / 900) for j in range(201))
    assert said.low < mean < said.high
    assert (said.low + said.high) / 2 == pytest.approx(mean, rel=0.03)
