"""What a visitor, and whoever is said to be the same person, asked before: newest first, page by page, as far
as this member of staff may read it."""

from typing import Any, Final

from support_chat.desk.access import Staff
from support_chat.desk.bodies import body_of
from support_chat.desk.models import Conversation
from support_chat.desk.paging import Order, micros, moment
from support_chat.desk.projection import excerpt
from support_chat.desk.same_person import person_of
from support_chat.desk.views import readable
from support_chat.live.refusals import BadField

PAGE: Final = 20  # chats

Told = dict[str, Any]
_BEGUN: Final = Order("opened_at", True, lambda row: micros(row.opened_at), moment)


def earlier_chats(
    staff: Staff, conversation: Conversation, after: str | None = None
) -> tuple[list[dict[str, Any]], str | None]:
    """A page, and the cursor of the next one, None at the end. BadField of a cursor of nobody's making."""
    rows = readable(staff).filter(visitor__in=person_of(conversation.visitor_id), state="closed")
    rows = rows.exclude(pk=conversation.pk).select_related("last_owner__user")
    try:
        found = _BEGUN.page(rows, after, PAGE + 1)
    except OverflowError:
        raise BadField("after") from None
    goes_on = _BEGUN.cursor(found[PAGE - 1]) if len(found) > PAGE else None
    return [_earlier_chat(each) for each in found[:PAGE]], goes_on


def _earlier_chat(conversation: Conversation) -> Told:
    said = conversation.entries.filter(kind="message", author_role="visitor").select_related("body")
    first = said.order_by("position").first()
    return {
        "id": conversation.public_id,
        "opened_at": conversation.opened_at.isoformat(timespec="seconds"),
        "closed_at": conversation.closed_at.isoformat(timespec="seconds") if conversation.closed_at else None,
        "agent": conversation.last_owner.user.name if conversation.last_owner else None,
        "topic": excerpt(body_of(first))[:80] if first else "",
    }
