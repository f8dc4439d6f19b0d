"""Who is next, and who takes them: decisions over plain data, checked against what they promise."""

from hypothesis import given, settings
from hypothesis import strategies as st

from support_chat.desk import routing
from support_chat.desk.routing import Candidate, Rules, Waiting, places

QUEUES = [1, 2, 3]
thorough = settings(max_examples=200, deadline=None, derandomize=True, database=None)


@st.composite
def waiting_chats(draw: st.DrawFn) -> list[Waiting]:
    keys = draw(st.lists(st.integers(-5, 5), max_size=12))
    known = st.none() | st.integers(1, 5)
    return [
        Waiting(id=number, queue=draw(st.sampled_from(QUEUES)), sort_key=key, known=draw(known))
        for number, key in enumerate(keys, start=1)
    ]


@st.composite
def free_agents(draw: st.DrawFn) -> list[Candidate]:
    return [
        Candidate(
            id=number,
            queues=frozenset(draw(st.sets(st.sampled_from(QUEUES)))),
            room=draw(st.integers(0, 3)),
            idle=draw(st.integers(0, 3)),
        )
        for number in range(1, draw(st.integers(0, 5)) + 1)
    ]


def plan(chats: list[Waiting], agents: list[Candidate]) -> list[tuple[int, int]]:
    rules = dict.fromkeys(QUEUES, Rules())
    return [(given.chat, given.agent) for given in routing.plan(chats, agents, rules)]


def order(chat: Waiting) -> tuple[int, int]:
    return (chat.sort_key, chat.id)


@thorough
@given(chats=waiting_chats(), agents=free_agents())
def test_nobody_is_given_twice_or_to_whom_they_do_not_belong_or_over_capacity(
    chats: list[Waiting], agents: list[Candidate]
) -> None:
    pairs = plan(chats, agents)
    by_id, team = {chat.id: chat for chat in chats}, {agent.id: agent for agent in agents}
    assert len({chat for chat, _ in pairs}) == len(pairs)
    for agent in agents:
        assert sum(taker == agent.id for _, taker in pairs) <= agent.room
    assert all(by_id[chat].queue in team[taker].queues for chat, taker in pairs)


@thorough
@given(chats=waiting_chats(), agents=free_agents())
def test_who_takes_a_chat_leaves_no_earlier_one_waiting_that_they_answer(
    chats: list[Waiting], agents: list[Candidate]
) -> None:
    given_to = dict(plan(chats, agents))
    team = {agent.id: agent for agent in agents}
    left = [chat for chat in chats if chat.id not in given_to]
    for chat in chats:
        if chat.id in given_to:
            mine = [each for each in left if each.queue in team[given_to[chat.id]].queues]
            assert all(order(each) > order(chat) for each in mine)


@thorough
@given(chats=waiting_chats(), agents=free_agents())
def test_nobody_waits_while_somebody_of_their_queue_has_room(
    chats: list[Waiting], agents: list[Candidate]
) -> None:
    pairs = plan(chats, agents)
    given_to = dict(pairs)
    room = {agent.id: agent.room - sum(taker == agent.id for _, taker in pairs) for agent in agents}
    for chat in chats:
        if chat.id not in given_to:
            assert not any(chat.queue in agent.queues and room[agent.id] > 0 for agent in agents)


@thorough
@given(chats=waiting_chats(), agents=free_agents())
def test_an_agent_who_is_known_comes_first_and_changes_whose_turn_it_is_for_nobody(
    chats: list[Waiting], agents: list[Candidate]
) -> None:
    strangers = [Waiting(id=chat.id, queue=chat.queue, sort_key=chat.sort_key) for chat in chats]
    earliest = min(chats, key=order, default=None)
    pairs = plan(chats, agents)
    if earliest and any(a.id == earliest.known and earliest.queue in a.queues and a.room for a in agents):
        assert dict(pairs)[earliest.id] == earliest.known
    one_queue = [agent for agent in agents if agent.queues == {1, 2, 3}]
    assert [chat for chat, _ in plan(chats, one_queue)] == [chat for chat, _ in plan(strangers, one_queue)]


@thorough
@given(chats=waiting_chats())
def test_a_place_is_one_and_the_earlier_chats_of_the_queue(chats: list[Waiting]) -> None:
    found = places(chats)
    assert found.keys() == {chat.id for chat in chats}
    for chat in chats:
        beside = [each for each in chats if each.queue == chat.queue]
        earlier = [each for each in beside if order(each) < order(chat)]
        assert found[chat.id] == (1 + len(earlier), len(beside))


@thorough
@given(chats=waiting_chats(), agents=free_agents())
def test_the_next_to_be_given_in_a_queue_is_the_first_by_place(
    chats: list[Waiting], agents: list[Candidate]
) -> None:
    waiting = list(chats)
    by_id = {chat.id: chat for chat in chats}
    for chat, _ in plan(chats, agents):
        assert places(waiting)[chat][0] == 1
        waiting.remove(by_id[chat])


def test_of_two_who_are_free_the_one_who_has_waited_longer_is_first() -> None:
    late, early = [
        Candidate(id=number, queues=frozenset({1}), room=2, idle=idle) for number, idle in ((1, 3), (2, 9))
    ]
    assert plan([Waiting(id=7, queue=1, sort_key=0)], [late, early]) == [(7, 2)]


def test_chats_are_spread_before_anybody_has_two() -> None:
    team = [Candidate(id=number, queues=frozenset({1}), room=2) for number in (1, 2)]
    chats = [Waiting(id=number, queue=1, sort_key=number) for number in (1, 2, 3, 4)]
    assert sorted(agent for _, agent in plan(chats, team)[:2]) == [1, 2]
