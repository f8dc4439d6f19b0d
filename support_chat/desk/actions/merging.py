"""Saying that two visitors are one person, and taking it back: on the record of the chat where it is said."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.inbox import tell_rows
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation, Visitor, VisitorMerge
from support_chat.desk.once import asked, earlier
from support_chat.desk.same_person import UNDONE_WITHIN, alike, merge_with, person_of
from support_chat.desk.telling import Telling
from support_chat.desk.views import readable


def merge_visitors(*, staff: Staff, conversation: int, client_id: UUID, visitor: str) -> int:
    """The visitor of this chat and that one, of whom it is likely, or a chat of whom they may read, are the
    same person for the team. Merging who is that already is done. Returns the position."""

    def joined(row: Conversation, now: datetime) -> Visitor | None:
        other = Visitor.objects.filter(public_id=visitor, site=row.site_id).first()
        if other is not None and other.pk in person_of(row.visitor_id):
            return None
        if other is None or not _may_be(staff, row.visitor, other):
            raise NotFound
        one, two = sorted([row.visitor_id, other.pk])
        VisitorMerge.objects.create(one_id=one, other_id=two, by=staff.user, at=now)
        return other

    return _said(staff, conversation, client_id, ("merge_visitors", visitor), joined)


def _may_be(staff: Staff, visitor: Visitor, other: Visitor) -> bool:
    """Nobody is told by it of somebody whom they could not find."""
    if other.merged_into_id is not None or other.forgotten_at is not None:
        return False
    return alike(visitor).filter(pk=other.pk).exists() or readable(staff).filter(visitor=other).exists()


def unmerge_visitors(*, staff: Staff, conversation: int, client_id: UUID, visitor: str) -> int:
    """They are not, after all. NotAllowed ten minutes after it was said. Returns the position."""

    def parted(row: Conversation, now: datetime) -> Visitor | None:
        other = Visitor.objects.filter(public_id=visitor, site=row.site_id).first()
        merge = merge_with(row.visitor_id, other.pk) if other else None
        if other is None or merge is None:
            raise NotFound
        if now - merge.at > timedelta(seconds=UNDONE_WITHIN):
            raise NotAllowed
        VisitorMerge.objects.filter(pk=merge.pk).update(undone_at=now)
        return other

    return _said(staff, conversation, client_id, ("unmerge_visitors", visitor), parted, undone=True)


def _said(
    staff: Staff,
    conversation: int,
    client_id: UUID,
    words: tuple[str, str],
    change: Callable[[Conversation, datetime], Visitor | None],
    **more: Any,
) -> int:
    """The chat is held; of two who say it at once in two chats, the table takes one."""
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author, request = author_for(staff.agent, row.site), asked(*words)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "note")
        other = change(row, now)
        if other is None:
            return row.position
        body = {"visitor": {"id": other.public_id, "name": other.called}, **more}
        merged = Draft(conversation=row, kind="merged", author=author, body=body)
        merged.client_id, merged.asked = client_id, request
        append(telling, [merged], now=now)
        tell_rows(telling, [row], now=now)
    return row.position
