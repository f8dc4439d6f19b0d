"""The log: one way to write an entry."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec

from support_chat.desk.audiences import SHOWN, STATES, entry_news
from support_chat.desk.chains import digest
from support_chat.desk.columns import Columns, at_once
from support_chat.desk.given import listed, rows_of
from support_chat.desk.lines import Draft, Line
from support_chat.desk.list_news import lists_news
from support_chat.desk.masking import masked_body
from support_chat.desk.models import Conversation, Entry, EntryBody, Queue
from support_chat.desk.projection import PROJECTED, SAID, project
from support_chat.desk.site_masks import masks_for
from support_chat.desk.telling import Telling
from support_chat.desk.vendor import SQLITE

_json = msgspec.json.Encoder(order="deterministic")
_SALT: Final = 16  # random bytes of a body
_MARK: Final = 8  # of an entry


def append(telling: Telling, drafts: Sequence[Draft], *, now: datetime) -> list[Line]:
    """Write the drafts, in order, each at the end of its conversation; tell everyone who may hear.

    Runs inside the transaction that holds the conversations. `now` is the database's; an entry is
    never dated before the one above it.
    """
    stood = _queues(draft.conversation for draft in drafts if draft.kind != "message")
    lines = written(drafts, now=now)
    queues = stood | _queues(draft.conversation for draft in drafts)
    telling.news(map(lists_news, sorted(queue.lists_topic for queue in queues.values())))
    telling.news(
        entry_news(draft.conversation, line, draft.body, trace=draft.trace or telling.trace)
        for draft, line in zip(drafts, lines, strict=True)
    )
    return lines


def _queues(conversations: Iterable[Conversation]) -> dict[int, Queue]:
    """By key, in which these are, and in which they wait beside."""
    found: dict[int, Queue] = {}
    for row in conversations:
        found[row.queue_id] = row.queue
        if row.wanted_queue is not None:
            found[row.wanted_queue.pk] = row.wanted_queue
    return found


def written(drafts: Sequence[Draft], *, now: datetime) -> list[Line]:
    """As `append`, of what took place before and is told to nobody."""
    chance = secrets.token_bytes((_SALT + _MARK) * len(drafts))  # asked of the system once
    said: list[tuple[str, bytes]] = []
    lines: list[Line] = []
    for number, draft in enumerate(drafts):
        start = number * (_SALT + _MARK)
        salt, mark = chance[start : start + _SALT], chance[start + _SALT : start + _SALT + _MARK]
        draft.body = masked_body(draft.body, masks_for(draft.conversation.site_id))
        body = _json.encode(draft.body).decode()
        said.append((body, salt))
        lines.append(_placed(draft, digest(salt, body), mark.hex(), now))
    _keep(drafts, lines, said)
    return lines


def _placed(draft: Draft, digest: str, mark: str, now: datetime) -> Line:
    conversation, author, at = draft.conversation, draft.author, draft.at or now
    line = Line(
        conversation=conversation,
        conversation_id=conversation.pk,
        kind=draft.kind,
        shown=draft.kind in SHOWN,
        mark=mark,
        author_role=author.role,
        author_id=author.id,
        author_name=author.name,
        public_name=author.public_name,
        at=max(at, conversation.last_at) if conversation.position else at,
        client_id=draft.client_id,
        asked=draft.asked,
        digest=digest,
    )
    project(conversation, line, draft.body)
    _belong(conversation, draft)
    return line


def _belong(conversation: Conversation, draft: Draft) -> None:
    """What the row names by key, and the log by public id: whose it is, who may take it, where it waits."""
    if draft.kind in STATES:
        conversation.last_owner = conversation.owner or conversation.last_owner
        conversation.owner = draft.owner
    if draft.kind in STATES or draft.kind in {"offered", "declined"}:
        conversation.offered_to = draft.offered_to
    if draft.kind == "transferred" and conversation.state == "active":
        conversation.wanted_queue = draft.queue
    elif draft.kind in STATES or draft.kind == "transferred":
        conversation.wanted_queue, conversation.queue = None, draft.queue or conversation.queue


_said = Columns(Conversation, SAID)
_projected = Columns(Conversation, PROJECTED)
_entries = Columns(Entry, [field.name for field in Entry._meta.concrete_fields if field.name != "id"])
_bodies = Columns(EntryBody, ["entry", "text", "salt"])


# PostgreSQL writes it all in one journey.
_SAID = rows_of(chat="bigint", position="int", text="text", salt="bytea")
_KEEP = f"""
WITH entries AS ({_entries.inserting} RETURNING id, conversation_id, position),
bodies AS (
  INSERT INTO desk_entrybody (entry_id, text, salt) SELECT entries.id, said.text, said.salt
  FROM entries JOIN {_SAID} said ON (said.chat, said.position) = (entries.conversation_id, entries.position)
)
"""


def _keep(drafts: Sequence[Draft], lines: Sequence[Line], said: Sequence[tuple[str, bytes]]) -> None:
    """Entries, bodies, and their conversations' rows: all that an entry can move, or what messages do."""
    rows = {draft.conversation.pk: draft.conversation for draft in drafts}.values()
    columns = _said if all(draft.kind == "message" and not draft.moves for draft in drafts) else _projected
    if SQLITE:
        keys = _entries.insert_for_keys(lines)
        _bodies.insert_values((key, body, salt) for key, (body, salt) in zip(keys, said, strict=True))
        columns.update(rows)
        return
    bodies = [
        (line.conversation_id, line.position, body, f"\\x{salt.hex()}")
        for line, (body, salt) in zip(lines, said, strict=True)
    ]
    at_once(_KEEP + columns.updating, _entries.given(lines), listed(bodies), columns.given_by_key(rows))
