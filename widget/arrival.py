"""A visitor's hello: who they are, and what they find when they come."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from support_chat.desk.access import site_by_key, visitor_by_token
from support_chat.desk.actions.visitors import make_visitor
from support_chat.desk.history import Reading, closed_chat
from support_chat.desk.models import Conversation, Site, Visitor
from support_chat.desk.team import available
from support_chat.live.frames import VisitorHello
from support_chat.settings.chat import HEARTBEAT, HEARTBEAT_IDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a hello found or made. `token` is told this once, to a visitor who is new."""

    site: Site
    visitor: Visitor
    token: str | None = None
    chat: Conversation | None = None  # the open one, or else the newest


def arrive(frame: VisitorHello, bearer: str | None = None) -> Arrival:
    """The visitor that this token names, or a new one without a token. UnknownSite, UnknownToken."""
    token = frame.token or bearer
    if token is not None:
        visitor = visitor_by_token(frame.site, token)
        return Arrival(site=visitor.site, visitor=visitor, chat=newest_chat(visitor))
    site = site_by_key(frame.site)
    visitor, token = make_visitor(site=site, page=page_of(frame), locale=frame.locale or "")
    return Arrival(site=site, visitor=visitor, token=token)


def page_of(frame: VisitorHello) -> str:
    """The page without query and fragment, where secrets are."""
    return (frame.page or "").partition("#")[0].partition("?")[0][:500]


def newest_chat(visitor: Visitor) -> Conversation | None:
    """Their open chat; without one, the newest of the closed."""
    rows = visitor.conversations.select_related("site", "queue")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "-pk").first()


def welcome_words(arrival: Arrival, chat: Reading | None) -> dict[str, Any]:
    """The reply to the hello."""
    site, visitor = arrival.site, arrival.visitor
    is_open = chat is not None and chat.reply["state"] != "closed"
    words: dict[str, Any] = {
        "visitor": {"id": visitor.public_id, "name": visitor.name},
        "conversation": chat.reply if chat and is_open else None,
        "last": closed_chat(arrival.chat, chat) if arrival.chat and chat and not is_open else None,
        "site": {
            "id": site.public_key,
            "name": site.name,
            "locale": site.locale,
            "available": available(site),
        },
        "heartbeat": HEARTBEAT if is_open else HEARTBEAT_IDLE,
        "features": [],
    }
    return words if arrival.token is None else {**words, "token": arrival.token}
