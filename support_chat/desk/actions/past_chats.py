"""Chats that took place before they came to us: written through the log, told to nobody."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from support_chat.desk.access import author_for, author_of
from support_chat.desk.actions.giving import named
from support_chat.desk.database_time import database_now
from support_chat.desk.ids import fingerprint, secret_token
from support_chat.desk.lines import SYSTEM, Author, Draft
from support_chat.desk.log import written
from support_chat.desk.masking import masked
from support_chat.desk.models import Agent, Conversation, Queue, Reader, Site, Visitor
from support_chat.desk.names import speakable_name
from support_chat.desk.tags import keep_tags, tag_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine:
    """One entry. `agent` says who of the team wrote it, or with "assigned" who was given the chat."""

    at: datetime
    kind: str
    role: str  # "visitor", "agent" or "system"
    agent: Agent | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChat:
    """A closed chat: its lines from "opened" on, in order."""

    visitor: Visitor
    queue: Queue
    page: str = ""
    locale: str = ""
    tags: Sequence[str] = ()
    lines: Sequence[PastLine]


def bring_in_visitors(*, site: Site, visitors: Sequence[Visitor]) -> list[Visitor]:
    """Rows for visitors who came before, with names of ours and secrets that nobody knows."""
    taken = set(site.visitors.values_list("name", flat=True))
    for visitor in visitors:
        visitor.site, visitor.name = site, _new_name(taken)
        visitor.token_sha256 = fingerprint(secret_token())
        taken.add(visitor.name)
    return Visitor.objects.bulk_create(visitors)


def _new_name(taken: set[str]) -> str:
    return next(name for name in map(speakable_name, range(64)) if name not in taken)


def bring_in(*, site: Site, chats: Sequence[PastChat]) -> list[Conversation]:
    """Write these chats. Call it within a transaction, with a few hundred chats at a time."""
    rows = Conversation.objects.bulk_create(_row(site, chat) for chat in chats)
    team = {line.agent for chat in chats for line in chat.lines if line.agent is not None}
    authors = {agent.pk: author_for(agent, site) for agent in team}
    names = {agent.pk: named(agent, rows[0]) for agent in team}
    drafts = [
        _draft(row, line, authors, names, chat.tags)
        for row, chat in zip(rows, chats, strict=True)
        for line in chat.lines
    ]
    written(drafts, now=database_now())
    keep_tags(rows)
    Reader.objects.bulk_create(_readers(rows))
    return rows


def _row(site: Site, chat: PastChat) -> Conversation:
    """As if closed already, since a visitor has one open chat at a time; the log says the rest."""
    return Conversation(
        site=site,
        visitor=chat.visitor,
        queue=chat.queue,
        start_id=uuid4(),
        salt=secrets.token_bytes(16),
        page=masked(chat.page),
        locale=chat.locale,
        state=Conversation.State.CLOSED,
    )


def _draft(
    row: Conversation,
    line: PastLine,
    authors: Mapping[int, Author],
    names: Mapping[int, Mapping[str, str]],
    tags: Sequence[str],
) -> Draft:
    body = dict(line.body)
    owner = line.agent if line.kind == "assigned" else None
    if line.kind == "opened":
        body |= {"queue": row.queue.public_id, "sort": round(line.at.timestamp() * 1_000_000)}
        body |= {"tags": list(dict.fromkeys(map(tag_of, map(masked, tags))))} if tags else {}
    if owner is not None:
        body |= {"agent": names[owner.pk], "cause": "automatic"}
    return Draft(
        conversation=row,
        kind=line.kind,
        author=_author(row, line, authors),
        body=body,
        owner=owner,
        at=line.at,
    )


def _author(row: Conversation, line: PastLine, authors: Mapping[int, Author]) -> Author:
    if line.role == "visitor":
        return author_of(row.visitor)
    return authors[line.agent.pk] if line.role == "agent" and line.agent else SYSTEM


def _readers(rows: Iterable[Conversation]) -> list[Reader]:
    """Both sides have read all of it."""
    return [
        Reader(
            conversation=row,
            role=role,
            position=row.position,
            visible=row.visible,
            seen=row.visitor_messages,
            version=1,
        )
        for row in rows
        for role in ("visitor", "agent")
    ]
