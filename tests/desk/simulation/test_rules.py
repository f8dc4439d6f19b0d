"""Rules to compare."""

from support_chat.desk.routing import Candidate, Rules, Waiting
from support_chat.desk.simulation.rules import RULES

LINE = [Waiting(id=number, queue=1, sort_key=number) for number in (1, 2, 3)]
BUSY = Candidate(id=5, queues=frozenset({1}), room=1, idle=60, given_ago=60)
IDLE = Candidate(id=6, queues=frozenset({1}), room=3, idle=9, given_ago=90)
ELSEWHERE = Candidate(id=7, queues=frozenset({2}), room=3, idle=99)
TEAM = [IDLE, BUSY, ELSEWHERE]


def given(name: str, line: list[Waiting], team: list[Candidate]) -> list[tuple[int, int]]:
    rule = RULES[name]
    return [(pair.chat, pair.agent) for pair in rule.router(line, team, {1: rule.rules, 2: Rules()})]


def test_the_product_s_own_strategies_choose_as_they_say() -> None:
    assert given("least_loaded", LINE[:1], TEAM) == [(1, 6)]
    assert given("longest_idle", LINE[:1], TEAM) == [(1, 5)]
    assert given("round_robin", LINE[:1], TEAM) == [(1, 6)]


def test_fill_fills_one_agent_before_the_next() -> None:
    assert given("fill", LINE, TEAM) == [(1, 5), (2, 6), (3, 6)]


def test_newest_serves_the_line_from_its_end() -> None:
    assert [chat for chat, _ in given("newest", LINE, TEAM)] == [3, 2, 1]


def test_what_nobody_has_room_for_waits() -> None:
    assert given("newest", LINE, [BUSY]) == [(3, 5)]
