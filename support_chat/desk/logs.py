"""Logs as they stand, many in one statement: how a chat is, and what was said in it since somebody looked.

What is read is of one moment: no entry is missing below the position that the row gives, none is above it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils import timezone

from support_chat.desk.columns import Columns
from support_chat.desk.given import listed, rows_of
from support_chat.desk.models import Agent, Conversation, Entry, EntryBody, User
from support_chat.desk.vendor import SQLITE


class Wanted(NamedTuple):
    """Of a chat, by key, what came after so many entries; None: the newest of it."""

    chat: int
    since: int | None


@dataclass(slots=True)
class Log:
    """A chat's row with its owner, entries with their bodies in order, how far the team has read it as its
    visitor counts, and when that was so by the database's clock."""

    chat: Conversation
    read: int
    now: datetime
    entries: list[Entry] = field(default_factory=list)


def logs_of(wanted: Sequence[Wanted], *, visitor: bool, most: int) -> list[Log]:
    """A log for each, with at most `most` entries, as one side counts and sees them."""
    found: dict[int, Log] = {}
    for number, *record in _select(wanted, visitor=visitor, most=most):
        if number not in found:
            found[number] = _begun(record)
        entry, body = _parts(record)[-2:]
        if entry[0] is not None:
            found[number].entries.append(_entry(entry, body))
    return [found[number] for number in range(len(wanted))]


_chats = Columns(
    Conversation,
    [
        *("id", "public_id", "salt", "state", "owner", "queue", "sort_key", "last_at", "closed_at"),
        "reply_to",
        *("position", "visible", "mark", "visible_mark"),
    ],
)
_agents = Columns(Agent, ["id", "public_id", "user"])
_users = Columns(User, ["id", "username", "first_name", "last_name"])
_entries = Columns(
    Entry,
    [
        *("id", "conversation", "position", "visible", "shown", "mark", "kind", "at", "client_id"),
        *("author_role", "author_id", "author_name", "public_name"),
    ],
)
_bodies = Columns(EntryBody, ["entry", "text"])
_PARTS: Final = ((_chats, "c"), (_agents, "a"), (_users, "u"), (_entries, "e"), (_bodies, "b"))
_ENDS: Final = list(pairwise(accumulate((len(columns) for columns, _ in _PARTS), initial=2)))
_NOW: Final = "NULL" if SQLITE else "clock_timestamp()"  # SQLite's clock is our own
_SELECT: Final = f"""
SELECT given.number, {_NOW}, COALESCE(r.visible, 0),
  {", ".join(columns.of(alias) for columns, alias in _PARTS)}
FROM {rows_of(number="int", chat="bigint", since="bigint")} given
JOIN desk_conversation c ON c.id = given.chat
LEFT JOIN desk_agent a ON a.id = c.owner_id
LEFT JOIN desk_user u ON u.id = a.user_id
LEFT JOIN desk_reader r ON r.conversation_id = c.id AND r.role = 'agent'
LEFT JOIN desk_entry e ON e.conversation_id = c.id AND {{shown}} AND e.{{count}} <= c.{{count}}
  AND e.{{count}} > COALESCE(given.since, c.{{count}} - %s)
  AND e.{{count}} <= COALESCE(given.since, c.{{count}}) + %s
LEFT JOIN desk_entrybody b ON b.entry_id = e.id
ORDER BY given.number, e.position
"""


def _select(wanted: Iterable[Wanted], *, visitor: bool, most: int) -> list[tuple[Any, ...]]:
    words = {"count": "visible", "shown": "e.shown"} if visitor else {"count": "position", "shown": "TRUE"}
    statement = _SELECT.format(**words)
    numbered = [(number, *each) for number, each in enumerate(wanted)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [listed(numbered), most, most])
        records: list[tuple[Any, ...]] = cursor.fetchall()
    return records


def _parts(record: Sequence[Any]) -> list[Sequence[Any]]:
    return [record[start:end] for start, end in _ENDS]


def _begun(record: Sequence[Any]) -> Log:
    now, read = record[:2]
    own, agent, user, *_ = _parts(record)
    chat: Conversation = _chats.instance(own)
    belongings = chat._state.fields_cache
    belongings["owner"] = None
    if agent[0] is not None:
        owner = belongings["owner"] = _agents.instance(agent)
        owner._state.fields_cache["user"] = _users.instance(user)
    return Log(chat, read, now or timezone.now())


def _entry(values: Sequence[Any], body: Sequence[Any]) -> Entry:
    entry: Entry = _entries.instance(values)
    entry._state.fields_cache["body"] = None if body[0] is None else _bodies.instance(body)
    return entry
