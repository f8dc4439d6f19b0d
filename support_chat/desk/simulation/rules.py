"""Rules of routing to compare: the product's own strategies, and two that it does not have."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from support_chat.desk.routing import Candidate, Given, Rules, Waiting, in_order, plan
from support_chat.desk.simulation.running import OURS, Router

Order = Callable[[Sequence[Waiting]], Sequence[Waiting]]
Choice = Callable[[Candidate, int], float]  # of an agent and the room left; the lowest takes it


@dataclass(frozen=True, slots=True)
class Rule:
    words: str
    router: Router = plan
    rules: Rules = OURS


def routed(order: Order, choice: Choice) -> Router:
    """Chats in this order, each to the agent of its queue with room who comes first by that choice."""

    def route(
        waiting: Sequence[Waiting], agents: Sequence[Candidate], rules: Mapping[int, Rules]
    ) -> list[Given]:
        room = {agent.id: agent.room for agent in agents}
        given = []
        for chat in order(waiting):
            able = [agent for agent in agents if chat.queue in agent.queues and room[agent.id] > 0]
            if able:
                taker = min(able, key=lambda agent: (choice(agent, room[agent.id]), agent.id)).id
                room[taker] -= 1
                given.append(Given(chat=chat.id, queue=chat.queue, agent=taker, rule="simulated"))
        return given

    return route


def newest_first(waiting: Sequence[Waiting]) -> list[Waiting]:
    return in_order(waiting)[::-1]


RULES = {
    "least_loaded": Rule("to who has the most room"),
    "longest_idle": Rule("to whom nothing happened for the longest", rules=Rules(strategy="longest_idle")),
    "round_robin": Rule("by turns", rules=Rules(strategy="round_robin")),
    "fill": Rule("one agent after the other", routed(in_order, lambda agent, room: room)),
    "newest": Rule("who came last first", routed(newest_first, lambda agent, room: -room)),
}
