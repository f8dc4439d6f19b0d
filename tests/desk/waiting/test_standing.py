"""A line whose chats need different agents."""

from random import Random

import pytest

from support_chat.desk.waiting.estimating import pace, ranges
from support_chat.desk.waiting.observed import Agent
from support_chat.desk.waiting.standing import InLine, ahead, estimates

SLOTS = {1: 2, 2: 1, 3: 3}
MINE, BOTH = InLine(1, frozenset({1})), InLine(1, frozenset({1, 2}))
OTHER, NOBODY = InLine(2, frozenset({2, 3})), InLine(2, frozenset())
TEAM = {key: Agent(capacity=slots, load=slots) for key, slots in SLOTS.items()}
RNG = Random(1)
PACE = pace([RNG.uniform(200, 600) for _ in range(50)], [])


def test_among_alike_it_is_the_earlier_ones() -> None:
    assert ahead([MINE, MINE, MINE], MINE, SLOTS) == [0, 1, 2]
    assert ahead([NOBODY, NOBODY], NOBODY, SLOTS) == [0, 1]


def test_chats_that_our_agents_do_not_take_count_for_nothing() -> None:
    assert ahead([OTHER, NOBODY, MINE, OTHER, MINE], MINE, SLOTS) == [0, 1]


def test_chats_that_only_our_agents_take_count_in_full() -> None:
    assert ahead([MINE, BOTH, MINE, BOTH], BOTH, SLOTS) == [1, 3]


def test_of_what_others_take_too_our_share_of_the_slots_counts() -> None:
    assert ahead([BOTH, BOTH, BOTH, MINE], MINE, SLOTS) == pytest.approx([2.0])
    assert ahead([OTHER, OTHER, BOTH], BOTH, SLOTS) == [0.5]


def test_queues_that_share_their_agents_are_one_line() -> None:
    line = [InLine(number % 2, frozenset({1, 2, 3})) for number in range(6)]
    found = estimates(line, TEAM, {0: PACE, 1: PACE})
    assert found == ranges(PACE, TEAM.values(), range(6))


def test_a_chat_that_fewer_agents_may_take_waits_longer_behind_the_same_line() -> None:
    found = estimates([MINE, BOTH, MINE, BOTH], TEAM, {1: PACE})
    assert found[2] is not None
    assert found[3] is not None
    assert found[2].high > found[3].high


def test_for_whom_nobody_is_there_or_of_whose_queue_too_little_is_known_we_cannot_say() -> None:
    assert estimates([NOBODY, MINE], TEAM, {1: None, 2: PACE}) == [None, None]
