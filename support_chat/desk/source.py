"""What the hub asks for when it lacks something: entries by position, state as it is now."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from support_chat.desk import db
from support_chat.desk.audiences import entry_news
from support_chat.desk.bodies import body_of
from support_chat.desk.database_time import database_now
from support_chat.desk.events import (
    AgentChanged,
    AvailabilityChanged,
    ConversationChanged,
    Event,
    InboxChanged,
    TeammateChanged,
    VisitorChanged,
    encoded,
)
from support_chat.desk.history import View, owner_as_seen
from support_chat.desk.inbox import queue_changed, rows_of
from support_chat.desk.ledger import read_news
from support_chat.desk.models import Agent, Conversation, Entry, Queue, Reader, Site, Topic, Visitor
from support_chat.desk.posting import Mark
from support_chat.desk.team import agent_card, available
from support_chat.live.news import News
from support_chat.settings.chat import CHANGES_KEPT, INBOX_ROWS

STEPS: Final = 500  # entries a catch-up step
Told = dict[str, tuple[Event, ...]]


class DeskSource:
    """The hub's Source, on the lane for reads."""

    async def news_after(self, topic: str, version: int) -> Sequence[News]:
        return await db.read(news_after, topic, version)


def news_after(topic: str, version: int) -> list[News]:
    """As the hub's Source promises; [] for a topic that is gone or not ours."""
    kind, _, name = topic.partition(":")
    if kind == "conversation":
        return _entries_after(name, version)
    if kind == "read":
        return _marks_after(name, version)
    return _state_after(topic, kind, name, version)


def _entries_after(name: str, version: int) -> list[News]:
    conversation = Conversation.objects.filter(public_id=name).first()
    if conversation is None:
        return []
    rows = Entry.objects.filter(conversation=conversation, position__gt=version).order_by("position")
    return [entry_news(conversation, entry, body_of(entry)) for entry in rows.select_related("body")[:STEPS]]


def _marks_after(name: str, version: int) -> list[News]:
    public_id, _, role = name.partition(":")
    rows = Reader.objects.filter(conversation__public_id=public_id, role=role, version__gt=version)
    return [
        read_news(
            each.conversation,
            Mark(
                conversation=each.conversation_id,
                role=role,
                position=each.position,
                visible=each.visible,
                seen=each.seen,
            ),
            version=each.version,
        )
        for each in rows.select_related("conversation")
    ]


def _state_after(topic: str, kind: str, name: str, version: int) -> list[News]:
    """The version first, then the state: what is told is at least as new as it says."""
    now = Topic.objects.filter(name=topic).values_list("version", flat=True).first() or 0
    if kind not in _STATES or (now <= version and now > 0):
        return []
    frames = {ear: tuple(map(encoded, events)) for ear, events in _STATES[kind](name).items()}
    return [News(topic=topic, version=now, frames=frames)] if frames else []


def _queue(name: str) -> Told:
    queue = Queue.objects.filter(public_id=name).first()
    if queue is None:
        return {}
    now = database_now()
    waiting = Conversation.objects.filter(queue=queue, state="queued").order_by("sort_key", "pk")
    gone = Conversation.objects.filter(queue=queue).exclude(state="queued")
    return {"staff": (queue_changed(queue, now=now), _listed(waiting, gone, now=now))}


def _agent(name: str) -> Told:
    agent = Agent.objects.filter(public_id=name).select_related("user").first()
    if agent is None:
        return {}
    mine = agent.conversations.filter(state="active")
    gone = Conversation.objects.filter(last_owner=agent).exclude(owner=agent)
    return {"staff": (AgentChanged(agent=agent_card(agent)), _listed(mine, gone, now=database_now()))}


def _listed(present: QuerySet[Conversation], gone: QuerySet[Conversation], *, now: datetime) -> InboxChanged:
    """The rows of a list, and those that left it while a hint may have been lost: they must leave it."""
    lately = gone.filter(last_at__gte=now - timedelta(seconds=CHANGES_KEPT)).order_by("-last_at")
    rows = [each.select_related("visitor", "queue", "owner__user")[:INBOX_ROWS] for each in (lately, present)]
    return InboxChanged(rows=rows_of([*rows[0], *rows[1]], now=now))


def _team(name: str) -> Told:
    agents = Agent.objects.filter(user__memberships__site__public_key=name, user__is_active=True).distinct()
    return {"staff": tuple(TeammateChanged(agent=agent_card(each)) for each in agents.select_related("user"))}


def _site(name: str) -> Told:
    site = Site.objects.filter(public_key=name).first()
    if site is None:
        return {}
    said = AvailabilityChanged(available=available(site))
    return {"visitor": (said,), "staff": (said,)}


def _visitor(name: str) -> Told:
    visitor = Visitor.objects.filter(public_id=name).first()
    if visitor is None:
        return {}
    age = round(max(0.0, (database_now() - visitor.seen_at).total_seconds()), 1)
    rows = visitor.conversations.exclude(state="closed")
    return {
        "visitor": tuple(_chat(row) for row in rows),
        "staff": tuple(
            VisitorChanged(
                conversation=row.public_id, here=visitor.here, since=age, page=visitor.page or None
            )
            for row in rows
        ),
    }


def _chat(row: Conversation) -> ConversationChanged:
    """A chat that a window may not know of, as it is by now."""
    agent = owner_as_seen(row, View(visitor=True, me=""))
    return ConversationChanged(conversation=row.public_id, state=row.state, agent=agent, position=row.visible)


_STATES: Final[dict[str, Callable[[str], Told]]] = {
    "queue": _queue,
    "agent": _agent,
    "team": _team,
    "site": _site,
    "visitor": _visitor,
}


def versions_of(topics: Sequence[str]) -> dict[str, int]:
    """The versions of these topics now: read them before the state."""
    found = dict.fromkeys(topics, 0)
    found |= dict(Topic.objects.filter(name__in=topics).values_list("name", "version"))
    chats = {topic.split(":")[1] for topic in topics if topic.startswith("read:")}
    readers = Reader.objects.filter(conversation__public_id__in=chats) if chats else Reader.objects.none()
    for chat, role, version in readers.values_list("conversation__public_id", "role", "version"):
        found[f"read:{chat}:{role}"] = version
    return found
