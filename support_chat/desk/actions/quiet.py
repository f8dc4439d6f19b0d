"""Quiet chats: a visitor who says nothing any more, and one who comes back to it."""

from datetime import datetime

from support_chat.desk.actions.arrival import tell_arrival
from support_chat.desk.actions.giving import lose, tell_agent, tell_lost
from support_chat.desk.inbox import lists_of, tell_lists
from support_chat.desk.lines import SYSTEM, Draft, Kept
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.routing import returning_key
from support_chat.desk.team import load_of
from support_chat.desk.telling import Telling


def wake(telling: Telling, row: Conversation, draft: Draft, agent: Agent, *, now: datetime) -> Kept:
    """Its visitor writes again: it counts with its agent, whose row is held, or when they are full by now, or
    gone from a chat that they had put aside, goes in front of its queue."""
    draft.moves = True
    if not has_room(agent):
        return go_first(telling, row, agent, draft, now=now)
    lists = lists_of(row)
    entry = append(telling, [draft], now=now)[0]
    tell_lists(telling, row, lists, now=now)
    tell_agent(telling, agent)
    return entry


def has_room(agent: Agent) -> bool:
    """Whether a chat that does not count with them may count again."""
    return agent.status != Agent.Status.OFFLINE and load_of(agent) < agent.capacity


def go_first(telling: Telling, row: Conversation, agent: Agent, *said: Draft, now: datetime) -> Kept:
    """In front of its queue, or of the one that it is handed over to, with what was said. The last entry."""
    lists, queue = lists_of(row), row.wanted_queue or row.queue
    cause = "agent left" if agent.status == Agent.Status.OFFLINE else "agent is full"
    body = {"cause": cause, "sort": returning_key(now), "ahead": "returned"}
    body |= {"queue": queue.public_id} if queue != row.queue else {}
    returned = Draft(conversation=row, kind="returned_to_queue", author=SYSTEM, body=body, queue=queue)
    entry = append(telling, [*lose(telling, row, now=now), returned, *said], now=now)[-1]
    tell_lists(telling, row, lists, now=now)
    tell_lost(telling, row, agent, cause)
    tell_arrival(telling, row, now)
    return entry
