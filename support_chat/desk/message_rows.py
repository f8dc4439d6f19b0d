"""The rows that messages move, held: the busiest read, so it is made by hand, in one statement.

Through the ORM a conversation with what belongs to it costs more than writing a message into it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any, Final

from django.utils import timezone

from support_chat.desk.columns import Columns
from support_chat.desk.given import THESE, these
from support_chat.desk.models import Agent, Conversation, Queue, User, Visitor
from support_chat.desk.prepared import Answer, ask
from support_chat.desk.projection import SAID
from support_chat.desk.vendor import SQLITE

_OWN: Final = (
    *("id", "public_id", "salt", "state", "site", "visitor", "owner", "queue"),
    *("sort_key", "queued_at", "assigned_at", "closed_at", "idle_at", "looked_at"),
    *("priority", "place_why", "forced", "wanted_queue", "offered_to", "offered_until", "reply_to", "skills"),
    *("snoozed_until", "tags", "participants"),
    *SAID,
)
_conversations = Columns(Conversation, _OWN)
_visitors = Columns(
    Visitor,
    [
        *("id", "public_id", "name", "full_name", "subject", "here", "seen_at", "page", "locale"),
        "blocked_until",
    ],
)
_queues = Columns(Queue, ["id", "public_id", "skills", "speaks_locale"])
_agents = Columns(Agent, ["id", "public_id"])
_users = Columns(User, ["id", "username", "first_name", "last_name"])
_QUEUE, _OWNER = _OWN.index("queue"), _OWN.index("owner")
_PARTS: Final = ((_conversations, "c"), (_visitors, "v"), (_queues, "q"), (_agents, "a"), (_users, "u"))
_STARTS: Final = [0, *accumulate(len(columns) for columns, _ in _PARTS)]
_ENDS: Final = list(pairwise(_STARTS))
_NOW: Final = "NULL" if SQLITE else "clock_timestamp()"  # SQLite's clock is our own
_SELECT: Final = f"""
SELECT {", ".join(columns.of(alias) for columns, alias in _PARTS)}, r.seen, {_NOW}
FROM desk_conversation c
JOIN desk_visitor v ON v.id = c.visitor_id
LEFT JOIN desk_queue q ON q.id = c.queue_id
LEFT JOIN desk_agent a ON a.id = c.owner_id
LEFT JOIN desk_user u ON u.id = a.user_id
LEFT JOIN desk_reader r ON r.conversation_id = c.id AND r.role = 'agent'
WHERE c.id {THESE} ORDER BY c.id
"""
_SELECT_HELD: Final = f"{_SELECT} FOR NO KEY UPDATE OF c SKIP LOCKED"
_HOLD: Final = f"SELECT id FROM desk_conversation WHERE id {THESE} ORDER BY id FOR NO KEY UPDATE"
Record = Sequence[Any]


@dataclass(slots=True)
class MessageRows:
    """Conversations by key, each with its visitor, queue and owner; by the same key, how many of the
    visitor's messages our side has read; and the time of that, by the database's clock."""

    conversations: dict[int, Conversation] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    now: datetime = field(default_factory=timezone.now)


Rows = Callable[[], MessageRows]  # waits for them where they are not there yet


def hold_for_messages(ids: Collection[int], *, wait: bool) -> Rows:
    """Hold these conversations' rows, in id order, until the transaction ends. Without `wait` those that
    somebody else holds are left out. The rows, when they are called for."""
    held = _hold(sorted(ids), wait=wait)

    def rows() -> MessageRows:
        rows = MessageRows()
        shared: _Shared = {}
        for record in held():
            conversation = _assembled(record, shared)
            rows.conversations[conversation.pk] = conversation
            rows.seen[conversation.pk] = record[-2] or 0
            rows.now = record[-1] or rows.now
        return rows

    return rows


def _hold(ids: Sequence[int], *, wait: bool) -> Callable[[], Sequence[Record]]:
    """On SQLite whoever writes holds everything. PostgreSQL joins a row that it had to wait for, or that has
    just been changed, with what belonged to it before: then what is held is read once more."""
    if SQLITE:
        return _ask(_SELECT, ids)
    if wait:
        _ask(_HOLD, ids)
        return _ask(_SELECT, ids)
    held = _ask(_SELECT_HELD, ids)

    def records() -> Sequence[Record]:
        found = held()
        fits = all(map(_fits, found))
        return found if fits else _ask(_SELECT, [record[0] for record in found])()

    return records


def _ask(statement: str, ids: Sequence[int]) -> Answer:
    return ask(statement, [these(ids)])


def _fits(record: Record) -> bool:
    _, _, queue, agent, _ = _parts(record)
    return (record[_QUEUE], record[_OWNER]) == (queue[0], agent[0])


def _assembled(record: Record, shared: "_Shared") -> Conversation:
    own, visitor, queue, agent, user = _parts(record)
    conversation: Conversation = _conversations.instance(own)
    belongings = conversation._state.fields_cache
    belongings["visitor"] = _visitors.instance(visitor)
    belongings["queue"] = _one(_queues, queue, shared)
    belongings["owner"] = None
    if agent[0] is not None:
        owner = belongings["owner"] = _one(_agents, agent, shared)
        owner._state.fields_cache["user"] = _one(_users, user, shared)
    return conversation


def _one(columns: Columns, values: Record, shared: "_Shared") -> Any:
    """What several conversations have in common is made once."""
    key = (columns, values[0])
    if key not in shared:
        shared[key] = columns.instance(values)
    return shared[key]


def _parts(record: Record) -> list[Record]:
    return [record[start:end] for start, end in _ENDS]


_Shared = dict[tuple[Columns, Any], Any]
