"""The log: one way to write an entry, and how a conversation's row follows from it."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from support_chat.desk.audiences import SHOWN, STATES, entry_news
from support_chat.desk.columns import Columns
from support_chat.desk.models import Agent, Conversation, Entry, EntryBody
from support_chat.desk.telling import Telling
from support_chat.live.traces import Trace
from support_chat.settings.chat import EXCERPT

_json = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote, as they are called at that moment: the log keeps names, no keys."""

    role: str
    id: str = ""
    name: str = ""
    public_name: str = ""


SYSTEM = Author(role="system")


@dataclass(slots=True, kw_only=True)
class Draft:
    """An entry before it has a place. `conversation` is a row that this transaction holds."""

    conversation: Conversation
    kind: str
    author: Author
    body: Mapping[str, Any] = field(default_factory=dict)
    client_id: UUID | None = None
    asked: str = ""
    owner: Agent | None = None  # with "assigned": who has it now
    at: datetime | None = None  # of what took place before; None is now
    trace: Trace | None = None  # None: its transaction's


def append(telling: Telling, drafts: Sequence[Draft], *, now: datetime) -> list[Entry]:
    """Write the drafts, in order, each at the end of its conversation; tell everyone who may hear.

    Runs inside the transaction that holds the conversations. `now` is the database's; an entry is
    never dated before the one above it.
    """
    entries = written(drafts, now=now)
    telling.news(
        entry_news(draft.conversation, entry, draft.body, trace=draft.trace or telling.trace)
        for draft, entry in zip(drafts, entries, strict=True)
    )
    return entries


def written(drafts: Sequence[Draft], *, now: datetime) -> list[Entry]:
    """As `append`, of what took place before and is told to nobody."""
    bodies = [_json.encode(draft.body).decode() for draft in drafts]
    salts = [secrets.token_bytes(16) for _ in drafts]
    entries = [
        _placed(draft, body, salt, now) for draft, body, salt in zip(drafts, bodies, salts, strict=True)
    ]
    _entries.insert_with_keys(entries)
    _bodies.insert(
        EntryBody(entry_id=entry.pk, text=body, salt=salt)
        for entry, body, salt in zip(entries, bodies, salts, strict=True)
    )
    _save(drafts)
    return entries


def _placed(draft: Draft, body: str, salt: bytes, now: datetime) -> Entry:
    conversation, author, at = draft.conversation, draft.author, draft.at or now
    entry = Entry(
        conversation=conversation,
        kind=draft.kind,
        shown=draft.kind in SHOWN,
        mark=secrets.token_hex(8),
        author_role=author.role,
        author_id=author.id,
        author_name=author.name,
        public_name=author.public_name,
        at=max(at, conversation.last_at) if conversation.position else at,
        client_id=draft.client_id,
        asked=draft.asked,
        digest=digest(salt, body),
    )
    project(conversation, entry, draft.body)
    if draft.kind in STATES:
        conversation.last_owner = conversation.owner or conversation.last_owner
        conversation.owner = draft.owner
    return entry


def project(conversation: Conversation, entry: Entry, body: Mapping[str, Any]) -> None:
    """Bring the row up to this entry, and number, count and chain the entry after the row.

    Only the owner is left out: a row names agents by key, the log by their public id.
    """
    conversation.position += 1
    conversation.visible += entry.shown
    conversation.last_at = entry.at
    _count(conversation, entry, body)
    _move(conversation, entry, body)
    entry.position, entry.visible = conversation.position, conversation.visible
    entry.visitor_messages = conversation.visitor_messages
    entry.team_messages = conversation.team_messages
    conversation.mark = entry.mark
    conversation.chain = entry.chain = chained(conversation.chain, staff_link(entry))
    if entry.shown:
        conversation.visible_mark = entry.mark
        conversation.visible_chain = chained(conversation.visible_chain, visible_link(entry))
    entry.visible_chain = conversation.visible_chain


def _count(conversation: Conversation, entry: Entry, body: Mapping[str, Any]) -> None:
    if entry.kind != "message":
        return
    text = body.get("text", "")[:EXCERPT]
    said = {"role": entry.author_role, "kind": entry.kind, "text": text, "at": _instant(entry.at)}
    conversation.last_words = said
    if entry.author_role == "visitor":
        conversation.visitor_messages += 1
        conversation.waiting_since = conversation.waiting_since or entry.at
    else:
        conversation.team_messages += 1
        conversation.waiting_since = None
        conversation.first_reply_at = conversation.first_reply_at or entry.at


def _move(conversation: Conversation, entry: Entry, body: Mapping[str, Any]) -> None:
    if entry.kind == "rated":
        conversation.rating = body["score"]
    if entry.kind not in STATES:
        return
    conversation.state = STATES[entry.kind]
    conversation.sort_key = body.get("sort")
    if entry.kind == "opened":
        conversation.opened_at = conversation.queued_at = entry.at
    elif entry.kind == "assigned":
        conversation.assigned_at = entry.at
    elif entry.kind == "closed":
        conversation.closed_at, conversation.waiting_since = entry.at, None
    else:
        conversation.queued_at, conversation.closed_at = entry.at, None


def digest(salt: bytes, body: str) -> str:
    """SHA-256, in hex, of the salt and the body's JSON: proves a body without showing it."""
    return hashlib.sha256(salt + body.encode()).hexdigest()


def chained(previous: str, link: Sequence[object]) -> str:
    """The hash chain one link longer: SHA-256, in hex, of the chain so far and the link's JSON."""
    return hashlib.sha256(previous.encode() + _json.encode(link)).hexdigest()


def staff_link(entry: Entry) -> tuple[object, ...]:
    """What the staff's chain swears to: everything of the entry, its body by digest."""
    author = (entry.author_role, entry.author_id, entry.author_name)
    return (entry.position, entry.mark, entry.kind, *author, _instant(entry.at), entry.digest)


def visible_link(entry: Entry) -> tuple[object, ...]:
    """What the visitor's chain swears to: the same, counted and named as the visitor sees it."""
    author = (entry.author_role, entry.public_name)
    return (entry.visible, entry.mark, entry.kind, *author, _instant(entry.at), entry.digest)


def _instant(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)  # microseconds, whole: the same from every database


# What a message moves, and what the rest of a chat's life moves beside it.
SAID: Final = (
    *("position", "visible", "mark", "visible_mark", "chain", "visible_chain"),
    *("visitor_messages", "team_messages", "last_at", "last_words", "waiting_since", "first_reply_at"),
)
PROJECTED: Final = (
    *SAID,
    *("queue", "state", "owner", "last_owner", "sort_key", "rating"),
    *("opened_at", "queued_at", "assigned_at", "closed_at"),
)
_said = Columns(Conversation, SAID)
_projected = Columns(Conversation, PROJECTED)
_entries = Columns(Entry, [field.name for field in Entry._meta.concrete_fields if field.name != "id"])
_bodies = Columns(EntryBody, ["entry", "text", "salt"])


def _save(drafts: Sequence[Draft]) -> None:
    """The rows of these drafts' conversations: all that an entry can move, or what messages do."""
    columns = _said if all(draft.kind == "message" for draft in drafts) else _projected
    columns.update({draft.conversation.pk: draft.conversation for draft in drafts}.values())
