"""Who is next, and who takes them: pure decisions over plain data. actions/assignment.py carries them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A chat that waits. Its place is by (sort_key, id): the same order for everybody who asks."""

    id: int
    queue: int
    sort_key: int  # microseconds
    known: int | None = None  # the agent who had it last


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """An agent who is online and may take `room` more chats."""

    id: int
    queues: frozenset[int]
    room: int
    free_since: datetime


def plan(waiting: Sequence[Waiting], agents: Sequence[Free]) -> list[tuple[int, int]]:
    """(chat, agent) pairs, in the order they are to be given.

    Chats are served strictly in their order; whose queue nobody free answers is passed over and
    keeps its place. Among agents a known one goes first, then who has been free the longest. That
    choice is among agents only: it never lifts a chat over another.
    """
    room = {agent.id: agent.room for agent in agents}
    by_idleness = sorted(agents, key=lambda agent: (agent.free_since, agent.id))
    given: list[tuple[int, int]] = []
    for chat in sorted(waiting, key=lambda chat: (chat.sort_key, chat.id)):
        able = [agent.id for agent in by_idleness if chat.queue in agent.queues and room[agent.id] > 0]
        if not able:
            continue
        taker = chat.known if chat.known in able else _roomiest(able, room)
        room[taker] -= 1
        given.append((chat.id, taker))
    return given


def _roomiest(able: Sequence[int], room: dict[int, int]) -> int:
    """Of those who were free the longest first, the first with the most room left."""
    return max(able, key=lambda agent: room[agent])


def places(waiting: Sequence[Waiting]) -> dict[int, tuple[int, int]]:
    """chat → (its place, how many wait in its queue): 1 + the earlier chats by the same key."""
    queues: dict[int, list[int]] = {}
    for chat in sorted(waiting, key=lambda chat: (chat.sort_key, chat.id)):
        queues.setdefault(chat.queue, []).append(chat.id)
    return {
        chat: (place, len(chats)) for chats in queues.values() for place, chat in enumerate(chats, start=1)
    }
