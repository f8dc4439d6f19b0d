"""The log: one way to write an entry."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from support_chat.desk.audiences import SHOWN, STATES, entry_news
from support_chat.desk.chains import digest
from support_chat.desk.columns import Columns
from support_chat.desk.lines import Draft, Line
from support_chat.desk.models import Conversation, Entry, EntryBody
from support_chat.desk.projection import PROJECTED, SAID, project
from support_chat.desk.telling import Telling

_json = msgspec.json.Encoder(order="deterministic")
_SALT: Final = 16  # random bytes of a body
_MARK: Final = 8  # of an entry


def append(telling: Telling, drafts: Sequence[Draft], *, now: datetime) -> list[Line]:
    """Write the drafts, in order, each at the end of its conversation; tell everyone who may hear.

    Runs inside the transaction that holds the conversations. `now` is the database's; an entry is
    never dated before the one above it.
    """
    lines = written(drafts, now=now)
    telling.news(
        entry_news(draft.conversation, line, draft.body, trace=draft.trace or telling.trace)
        for draft, line in zip(drafts, lines, strict=True)
    )
    return lines


def written(drafts: Sequence[Draft], *, now: datetime) -> list[Line]:
    """As `append`, of what took place before and is told to nobody."""
    chance = secrets.token_bytes((_SALT + _MARK) * len(drafts))  # asked of the system once
    said: list[tuple[str, bytes]] = []
    lines: list[Line] = []
    for number, draft in enumerate(drafts):
        start = number * (_SALT + _MARK)
        salt, mark = chance[start : start + _SALT], chance[start + _SALT : start + _SALT + _MARK]
        body = _json.encode(draft.body).decode()
        said.append((body, salt))
        lines.append(_placed(draft, digest(salt, body), mark.hex(), now))
    keys = _entries.insert_for_keys(lines)
    _bodies.insert_values((key, body, salt) for key, (body, salt) in zip(keys, said, strict=True))
    _save(drafts)
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
    if draft.kind in STATES:
        conversation.last_owner = conversation.owner or conversation.last_owner
        conversation.owner = draft.owner
    return line


_said = Columns(Conversation, SAID)
_projected = Columns(Conversation, PROJECTED)
_entries = Columns(Entry, [field.name for field in Entry._meta.concrete_fields if field.name != "id"])
_bodies = Columns(EntryBody, ["entry", "text", "salt"])


def _save(drafts: Sequence[Draft]) -> None:
    """The rows of these drafts' conversations: all that an entry can move, or what messages do."""
    columns = _said if all(draft.kind == "message" for draft in drafts) else _projected
    columns.update({draft.conversation.pk: draft.conversation for draft in drafts}.values())
