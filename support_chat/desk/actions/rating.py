"""How a chat was, from 1 to 5: asked once, by the entry that closes it, and answered by another."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from support_chat.desk.access import author_of
from support_chat.desk.audiences import SPAM, VISITOR_LEFT
from support_chat.desk.blocks import unless_blocked
from support_chat.desk.errors import NotAllowed
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.once import asked, earlier
from support_chat.desk.telling import Telling
from support_chat.settings.chat import RATED_AFTER_MESSAGES, RATED_WITHIN, RATING_CHANGES

_ASKED: Final = '"rate":true'  # as it stands in the body of an entry


def asking(row: Conversation, cause: str) -> dict[str, Any]:
    """What a close says of it: whether its visitor is asked. Not who has left, nor whom nobody answered,
    nor of spam."""
    talked = row.first_reply_at is not None and row.visitor_messages >= RATED_AFTER_MESSAGES
    return {"rate": True} if cause not in {SPAM, VISITOR_LEFT} and talked and not _was_asked(row) else {}


def rate_conversation(
    *, visitor: Visitor, conversation: int, client_id: UUID, score: int, comment: str | None = None
) -> int:
    """Rate a chat whose close asked for it, or change what was said before. NotAllowed: it was not asked, or
    too long ago. Returns the visible position."""
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author, request = author_of(visitor), asked("rate_conversation", str(score), comment)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.visible
        unless_blocked(row.visitor, now)
        if not _may_rate(row, now):
            raise NotAllowed
        said = {"score": score} | ({"comment": comment} if comment else {})
        rated = Draft(conversation=row, kind="rated", author=author, body=said)
        rated.client_id, rated.asked = client_id, request
        append(telling, [rated], now=now)
    return row.visible


def _may_rate(row: Conversation, now: datetime) -> bool:
    rated = row.entries.filter(kind="rated").order_by("position").values_list("at", flat=True).first()
    if rated is not None:
        return now < rated + timedelta(seconds=RATING_CHANGES)
    recent = row.closed_at is not None and now < row.closed_at + timedelta(seconds=RATED_WITHIN)
    return recent and _was_asked(row)


def _was_asked(row: Conversation) -> bool:
    return row.entries.filter(kind="closed", body__text__contains=_ASKED).exists()
