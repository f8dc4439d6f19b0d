"""Lines, teams and rules as chance makes them, and a plain reading of who may take what."""

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from hypothesis import strategies as st

from support_chat.desk.routing import Candidate, Given, Rules, Waiting, in_order

QUEUES, SKILLS, AGENTS = (1, 2), ("lang:de", "refunds"), (1, 2, 3, 4)
some_skills = st.sets(st.sampled_from(SKILLS)).map(frozenset)
some_queues = st.sets(st.sampled_from(QUEUES)).map(frozenset)
ages = st.sampled_from([0.0, 5.0, 30.0, 200.0])


@st.composite
def lines(draw: st.DrawFn) -> list[Waiting]:
    asked = st.lists(st.tuples(st.sampled_from(AGENTS), ages), max_size=3).map(tuple)
    return [
        Waiting(
            id=number,
            queue=draw(st.sampled_from(QUEUES)),
            sort_key=draw(st.integers(-3, 3)),
            waited=draw(ages),
            known=draw(st.none() | st.sampled_from(AGENTS)),
            holder=draw(st.none() | st.sampled_from(AGENTS)),
            skills=draw(some_skills),
            asked=draw(asked),
            here=draw(st.sampled_from([True, True, True, False])),
        )
        for number in range(1, draw(st.integers(0, 7)) + 1)
    ]


@st.composite
def teams(draw: st.DrawFn) -> list[Candidate]:
    return [
        Candidate(
            id=number,
            queues=(first := draw(some_queues)),
            backups=draw(some_queues) - first,
            online=draw(st.sampled_from([True, True, True, False])),
            online_for=draw(ages | st.just(inf)),
            room=draw(st.integers(0, 3)),
            idle=draw(ages),
            given_ago=draw(ages | st.just(inf)),
            skills=draw(some_skills),
        )
        for number in AGENTS[: draw(st.integers(0, len(AGENTS)))]
    ]


@st.composite
def rulebooks(draw: st.DrawFn) -> dict[int, Rules]:
    return {
        queue: Rules(
            by_hand=draw(st.sampled_from([False, False, False, True])),
            strategy=draw(st.sampled_from(["least_loaded", "longest_idle", "round_robin"])),
            backup_after=draw(ages),
            cool_down=draw(ages),
            relaxes_after=draw(ages | st.just(inf)),
        )
        for queue in QUEUES
    }


def fits(chat: Waiting, agent: Candidate, rule: Rules) -> bool:
    """Whether they are of the right kind for it, as the rules are told to people."""
    member = chat.queue in agent.queues or (chat.queue in agent.backups and chat.waited >= rule.backup_after)
    skilled = chat.waited >= rule.relaxes_after or chat.skills <= agent.skills
    return member and skilled and chat.holder != agent.id


def ready(agent: Candidate, rule: Rules) -> bool:
    return agent.online and agent.room > 0 and agent.given_ago >= rule.cool_down


def asked_since_they_came(chat: Waiting, agent: Candidate) -> bool:
    asked = dict(chat.asked).get(agent.id)
    return asked is not None and asked <= agent.online_for


def asked_last(chat: Waiting, agent: Candidate) -> bool:
    return asked_since_they_came(chat, agent) and chat.asked[-1][0] == agent.id


def replayed(
    chats: list[Waiting], team: list[Candidate], done: list[Given]
) -> Iterator[tuple[Waiting, Candidate, dict[int, Candidate], list[Waiting]]]:
    """Each step of a plan with how everybody stood before it: chat, taker, team, who still waited."""
    now, left = {agent.id: agent for agent in team}, {chat.id: chat for chat in in_order(chats)}
    for step in done:
        chat, taker = left[step.chat], now[step.agent]
        yield chat, taker, dict(now), list(left.values())
        del left[chat.id]
        now[taker.id] = replace(taker, room=taker.room - 1, idle=0.0, given_ago=0.0)
