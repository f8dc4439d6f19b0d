"""Who a visitor is, as the team is told it: what is signed apart from what anybody may have typed."""

from typing import Any

from support_chat.desk.database_time import database_now
from support_chat.desk.events import VisitorChanged
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.telling import Telling


def who(visitor: Visitor) -> dict[str, Any]:
    """`name`, `subject`, `email` and `attributes` are the website's word where it is `verified`; `claimed` is
    nobody's."""
    return {
        "name": visitor.called,
        "verified": visitor.is_verified,
        "subject": visitor.subject or None,
        "email": visitor.email or None,
        "attributes": visitor.attributes,
        "claimed": visitor.claimed,
    }


def whereabouts(visitor: Visitor) -> dict[str, Any]:
    """Beside the page they are on; and what the team has noted of them."""
    return {
        "hidden": visitor.hidden,
        "zone": visitor.zone or None,
        "device": visitor.device or None,
        "referrer": visitor.referrer or None,
        "trail": visitor.trail,
        "note": visitor.note,
    }


def tell_who(telling: Telling, visitor: Visitor) -> None:
    """To whoever has a chat with them open."""
    _tell(telling, visitor, who=who(visitor))


def tell_note(telling: Telling, visitor: Visitor) -> None:
    _tell(telling, visitor, note=visitor.note)


def _tell(telling: Telling, visitor: Visitor, **more: Any) -> None:
    age = round(max(0.0, (database_now() - visitor.seen_at).total_seconds()), 1)
    for row in visitor.conversations.exclude(state=Conversation.State.CLOSED):
        said = VisitorChanged(
            conversation=row.public_id,
            here=visitor.here,
            since=age,
            page=visitor.page or None,
            hidden=visitor.hidden,
            zone=visitor.zone,
            device=visitor.device,
            referrer=visitor.referrer,
            **more,
        )
        telling.state(visitor.topic, {"staff": (said,)})
