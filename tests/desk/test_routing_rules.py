"""Who may take a chat, and who of them does: skills, backups, cool-down, who was asked, strategies; decisions
over plain data, checked against a plain reading of the rules."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from support_chat.desk import routing
from support_chat.desk.routing import (
    Candidate,
    Rules,
    Waiting,
    earlier_for,
    in_order,
    plan,
    plan_in_order,
    sort_key,
    verdicts,
)
from support_chat.settings.chat import PRIORITY_MINUTES
from tests.desk.lines_and_teams import (
    AGENTS,
    asked_last,
    asked_since_they_came,
    fits,
    lines,
    ready,
    replayed,
    rulebooks,
    teams,
)

thorough = settings(max_examples=80, deadline=None, derandomize=True, database=None)


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks())
def test_whoever_gets_a_chat_fits_it_and_is_ready_for_it(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules]
) -> None:
    for chat, taker, _, _ in replayed(chats, team, plan(chats, team, rules)):
        rule = rules[chat.queue]
        assert fits(chat, taker, rule)
        assert ready(taker, rule)
        assert chat.here
        assert not rule.by_hand


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks())
def test_nobody_is_asked_again_while_somebody_was_not_and_never_twice_in_a_row(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules]
) -> None:
    for chat, taker, now, _ in replayed(chats, team, plan(chats, team, rules)):
        if not asked_since_they_came(chat, taker):
            continue
        rule = rules[chat.queue]
        able = [each for each in now.values() if fits(chat, each, rule) and ready(each, rule)]
        assert all(asked_since_they_came(chat, each) for each in able)
        assert chat.asked[-1][0] != taker.id


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks())
def test_whoever_takes_a_chat_leaves_no_earlier_one_that_they_would_get(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules]
) -> None:
    for chat, taker, now, waiting in replayed(chats, team, plan(chats, team, rules)):
        for other in waiting[: waiting.index(chat)]:
            alone = plan([other], list(now.values()), rules)
            assert [given.agent for given in alone] != [taker.id]


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks())
def test_nobody_waits_whom_anybody_may_take(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules]
) -> None:
    done = plan(chats, team, rules)
    taken = [given.agent for given in done]
    after = [
        replace(agent, room=agent.room - taken.count(agent.id), idle=0.0, given_ago=0.0)
        if agent.id in taken
        else agent
        for agent in team
    ]
    left = [chat for chat in chats if chat.id not in {given.chat for given in done}]
    assert plan(left, after, rules) == []


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks())
def test_of_those_who_may_the_known_one_takes_it_or_the_one_whom_the_strategy_names(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules]
) -> None:
    done = plan(chats, team, rules)
    for step, (chat, taker, now, _) in zip(done, replayed(chats, team, done), strict=True):
        might = {key for key, why in verdicts(chat, now.values(), rules[chat.queue]).items() if why == ""}
        able = [now[key] for key in might]
        assert taker.id in might
        if chat.known in might:
            assert (taker.id, step.rule) == (chat.known, "known")
            continue
        assert step.rule == rules[chat.queue].strategy
        best = {
            "least_loaded": lambda each: (each.room, each.idle),
            "longest_idle": lambda each: each.idle,
            "round_robin": lambda each: (each.given_ago, each.idle),
        }[step.rule]
        assert best(taker) == max(map(best, able))


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks())
def test_what_is_said_of_each_agent_agrees_with_what_is_decided(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules]
) -> None:
    for chat in chats:
        rule = rules[chat.queue]
        said = verdicts(chat, team, rule)
        given = plan([chat], team, rules)
        might = chat.here and not rule.by_hand and "" in said.values()
        assert said.keys() == {agent.id for agent in team}
        assert bool(given) == might
        for step in given:
            assert said[step.agent] == ""
            assert step.others == {key: why for key, why in said.items() if key != step.agent}


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks())
def test_the_reason_given_is_one_that_holds(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules]
) -> None:
    for chat in chats:
        rule = rules[chat.queue]
        for agent in team:
            why = verdicts(chat, [agent], rule)[agent.id]
            assert (why in ("", routing.WAS_ASKED)) == (fits(chat, agent, rule) and ready(agent, rule))
            assert why in holding(chat, agent, rule)


def holding(chat: Waiting, agent: Candidate, rule: Rules) -> set[str]:
    """Every reason that holds; "" where none does."""
    skilled = chat.waited >= rule.relaxes_after or chat.skills <= agent.skills
    reasons = {
        routing.HAS_IT: chat.holder == agent.id,
        routing.NOT_IN_QUEUE: chat.queue not in agent.queues | agent.backups,
        routing.NOT_ONLINE: not agent.online,
        routing.BACKUP_LATER: chat.queue not in agent.queues and chat.waited < rule.backup_after,
        routing.LACKS_SKILL: not skilled,
        routing.NO_ROOM: agent.room == 0,
        routing.COOLING_DOWN: agent.given_ago < rule.cool_down,
        routing.WAS_ASKED: asked_last(chat, agent),
    }
    return {reason for reason, holds in reasons.items() if holds} or {""}


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks(), limit=st.integers(1, 4))
def test_a_limit_gives_the_first_of_what_would_be_given(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules], limit: int
) -> None:
    assert plan(chats, team, rules, limit=limit) == plan(chats, team, rules)[:limit]


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks(), among=st.sets(st.sampled_from(AGENTS)))
def test_who_is_not_among_them_gets_nothing_and_is_still_asked_before_who_was_asked(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules], among: set[int]
) -> None:
    for chat, taker, now, _ in replayed(chats, team, plan(chats, team, rules, among=among)):
        assert taker.id in among
        assert verdicts(chat, now.values(), rules[chat.queue])[taker.id] == ""


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks(), seed=st.integers(0, 9))
def test_there_is_one_order_however_the_line_is_read(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules], seed: int
) -> None:
    mixed = random.Random(seed).sample(chats, len(chats))
    assert routing.places(mixed) == routing.places(chats)
    assert plan(mixed, team, rules) == plan(chats, team, rules)
    given = [step.chat for step in plan(chats, team, rules)]
    assert given == [chat.id for chat in in_order(chats) if chat.id in set(given)]


@thorough
@given(chats=lines(), team=teams(), rules=rulebooks())
def test_by_hand_the_first_that_an_agent_could_take_has_to_be_taken(
    chats: list[Waiting], team: list[Candidate], rules: dict[int, Rules]
) -> None:
    line = in_order(chats)
    for agent in team:
        for at, chat in enumerate(line):
            could = [other for other in line[:at] if takes_by_hand(other, agent, rules)]
            assert earlier_for(chat.id, agent, line, rules) == (could[0] if could else None)


def takes_by_hand(chat: Waiting, agent: Candidate, rules: Mapping[int, Rules]) -> bool:
    """Their own word, their room and the delay of backups are not asked then."""
    rule = replace(rules[chat.queue], backup_after=0.0)
    return chat.here and fits(chat, agent, rule) and not asked_last(chat, agent)


def test_a_line_is_read_no_further_than_it_is_given() -> None:
    read: list[int] = []

    def line() -> Iterator[Waiting]:
        for number in range(1_000):
            read.append(number)
            yield Waiting(id=number, queue=1, sort_key=number)

    team = [Candidate(id=1, queues=frozenset({1}), room=9)]
    assert len(plan_in_order(line(), team, {1: Rules()}, limit=3)) == 3
    assert len(plan_in_order(line(), team, {1: Rules()})) == 9
    assert plan_in_order(line(), [], {1: Rules()}) == []
    assert len(read) == 3 + 9


START = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 3 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))
priorities = st.sampled_from(sorted(PRIORITY_MINUTES))


@thorough
@given(first=moments, second=moments, one=priorities, other=priorities)
def test_a_priority_is_worth_its_minutes_of_waiting_and_no_more(
    first: datetime, second: datetime, one: str, other: str
) -> None:
    lead = timedelta(minutes=PRIORITY_MINUTES[one] - PRIORITY_MINUTES[other])
    assert (sort_key(first, one) < sort_key(second, other)) == (first - lead < second)


@thorough
@given(first=moments, later=st.lists(st.tuples(moments, priorities), max_size=20), one=priorities)
def test_whoever_has_waited_longer_than_the_longest_head_start_is_overtaken_by_nobody(
    first: datetime, later: list[tuple[datetime, str]], one: str
) -> None:
    most = timedelta(minutes=max(PRIORITY_MINUTES.values()) - PRIORITY_MINUTES[one])
    late = [sort_key(at, priority) for at, priority in later if at > first + most]
    assert all(key > sort_key(first, one) for key in late)
