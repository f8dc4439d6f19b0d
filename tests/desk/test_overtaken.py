"""Nobody is overtaken: looked at once more before anything is given, by a rule that knows no plan."""

from hypothesis import given, settings

from support_chat.desk.routing import Candidate, Given, Rules, Waiting, overtaken, plan
from tests.desk.test_routing import QUEUES, free_agents, waiting_chats

RULES = dict.fromkeys(QUEUES, Rules())


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(chats=waiting_chats(), agents=free_agents())
def test_no_plan_overtakes_anybody(chats: list[Waiting], agents: list[Candidate]) -> None:
    assert overtaken(plan(chats, agents, RULES), chats, agents, RULES) == {}


def test_giving_the_second_while_the_first_might_be_given_is_found() -> None:
    chats = [Waiting(id=number, queue=1, sort_key=number) for number in (1, 2)]
    ana = Candidate(id=7, queues=frozenset({1}))
    assert overtaken([Given(chat=2, agent=7, rule="")], chats, [ana], RULES) == {2: 1}


def test_whom_the_agent_may_not_take_is_not_overtaken() -> None:
    first = Waiting(id=1, queue=1, sort_key=1, skills=frozenset({"lang:de"}))
    second = Waiting(id=2, queue=1, sort_key=2)
    gone = Waiting(id=3, queue=1, sort_key=0, here=False)
    ana = Candidate(id=7, queues=frozenset({1}))
    assert overtaken([Given(chat=2, agent=7, rule="")], [first, second, gone], [ana], RULES) == {}
