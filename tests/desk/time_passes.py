"""Time goes by where a chat's row says that it has; and what people do meanwhile."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from support_chat.desk.access import Staff, author_of
from support_chat.desk.actions.attending import attend_all
from support_chat.desk.actions.messages import post_reopening
from support_chat.desk.actions.visits import Move, move_visitors
from support_chat.desk.bodies import body_of
from support_chat.desk.models import Agent, Conversation, Entry, Visitor
from support_chat.desk.posting import Posting, Reopening
from tests.desk.people import House, say

TIMES = (
    "assigned_at",
    "waiting_since",
    "looked_at",
    "team_at",
    "idle_at",
    "nudged_at",
    "away_at",
    "woken_at",
)


def now(chat: Conversation) -> Conversation:
    rows = Conversation.objects.select_related(
        "site", "visitor", "owner", "queue", "offered_to", "last_owner"
    )
    return rows.get(pk=chat.pk)


def goes_by(chat: Conversation, seconds: float) -> None:
    """So long ago took place what did, in this chat and of its visitor."""
    ago, row = timedelta(seconds=seconds), now(chat)
    moved = {name: getattr(row, name) - ago for name in TIMES if getattr(row, name) is not None}
    Conversation.objects.filter(pk=chat.pk).update(**moved)
    Visitor.objects.filter(pk=row.visitor_id).update(seen_at=row.visitor.seen_at - ago)


def after(chat: Conversation, seconds: float) -> int:
    """How many steps were taken when so many seconds have passed."""
    goes_by(chat, seconds)
    return attend_all()


def kinds(chat: Conversation) -> list[str]:
    return list(Entry.objects.filter(conversation=chat).order_by("position").values_list("kind", flat=True))


def last_body(chat: Conversation) -> dict[str, Any]:
    return body_of(Entry.objects.filter(conversation=chat).select_related("body").latest("position"))


def agent_of(staff: Staff) -> Agent:
    """As they stand by now."""
    assert staff.agent is not None
    return Agent.objects.get(pk=staff.agent.pk)


def answered(shop: House, ana: Staff) -> Conversation:
    """A chat that Ana has and has answered."""
    chat = shop.chat()
    assert now(chat).owner == ana.agent
    say(chat, "Let me see.", by=ana)
    return now(chat)


def writes(chat: Conversation, body: str) -> None:
    """What its visitor says, to a chat that is idle or closed too."""
    author, once = author_of(chat.visitor), uuid4()
    if isinstance(say(now(chat), body, client_id=once), Reopening):
        again = Posting(
            conversation=chat.pk, author=author, client_id=once, body=body, visitor=chat.visitor_id
        )
        post_reopening(posting=again)


def leaves(chat: Conversation) -> None:
    move_visitors([Move(visitor=chat.visitor_id, here=False)])


def comes(chat: Conversation) -> None:
    move_visitors([Move(visitor=chat.visitor_id, here=True)])
