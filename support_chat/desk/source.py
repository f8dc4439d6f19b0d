"""What the hub asks for when it lacks something: entries by position, state as it is now."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from support_chat.desk import db
from support_chat.desk.alerting import ringing
from support_chat.desk.audiences import entry_news
from support_chat.desk.availability import availability_of, news_of
from support_chat.desk.bodies import body_of
from support_chat.desk.database_time import database_now
from support_chat.desk.events import (
    AgentChanged,
    ComeAgain,
    ConversationChanged,
    Event,
    InboxChanged,
    InvitationChanged,
    ListsChanged,
    QueueStaffed,
    SignedOut,
    TeammateChanged,
    VisitorChanged,
    VisitorsChanged,
    encoded,
)
from support_chat.desk.history import View, owner_as_seen
from support_chat.desk.inbox import ROW_NEEDS, queue_changed, rows_of, unanswered
from support_chat.desk.ledger import read_news
from support_chat.desk.line import WAITS, rows_waiting_in
from support_chat.desk.mentions import mentions_told
from support_chat.desk.models import (
    Agent,
    Conversation,
    Entry,
    Queue,
    Reader,
    Site,
    Topic,
    Visitor,
    VisitorSession,
)
from support_chat.desk.on_site import invitations_told, invited_lately
from support_chat.desk.own import own_told
from support_chat.desk.participants import beside_in
from support_chat.desk.posting import Mark
from support_chat.desk.team import agent_card, agent_cards, staffed
from support_chat.desk.who import who
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
    waiting = rows_waiting_in(queue.pk).order_by("sort_key", "pk")
    gone = Conversation.objects.filter(queue=queue).exclude(WAITS)
    online = QueueStaffed(queue=queue.public_id, online=staffed(queue.site_id, now=now)[queue.pk].online)
    silent = Conversation.objects.filter(queue=queue, state="active", reminded=2).select_related(*ROW_NEEDS)
    listed = _listed(waiting, gone, now=now)
    return {"staff": (queue_changed(queue, now=now), online, listed, *unanswered(silent, now=now))}


def _agent(name: str) -> Told:
    agent = Agent.objects.filter(public_id=name).select_related("user").first()
    if agent is None:
        return {}
    held = Q(state="active", owner=agent) | Q(offered_to=agent) | Q(pk__in=beside_in(agent))
    mine = Conversation.objects.filter(held)
    gone = Conversation.objects.filter(last_owner=agent).exclude(owner=agent)
    now = database_now()
    rings, listed = ringing([agent], now)[agent.pk], _listed(mine, gone, now=now)
    own = mentions_told(agent), own_told(agent.user)
    return {"staff": (AgentChanged(agent=agent_card(agent)), listed, rings, *own)}


def _listed(present: QuerySet[Conversation], gone: QuerySet[Conversation], *, now: datetime) -> InboxChanged:
    """The rows of a list, and those that left it while a hint may have been lost: they must leave it."""
    lately = gone.filter(last_at__gte=now - timedelta(seconds=CHANGES_KEPT)).order_by("-last_at")
    rows = [each.select_related(*ROW_NEEDS)[:INBOX_ROWS] for each in (lately, present)]
    return InboxChanged(rows=rows_of([*rows[0], *rows[1]], now=now))


def _team(name: str) -> Told:
    agents = Agent.objects.filter(user__memberships__site__public_key=name, user__is_active=True).distinct()
    return {"staff": tuple(TeammateChanged(agent=card) for card in agent_cards(agents))}


def _site(name: str) -> Told:
    site = Site.objects.filter(public_key=name).first()
    if site is None:
        return {}
    now = database_now()
    return {**news_of(site, availability_of(site, now=now), now)}


def _on_site(name: str) -> Told:
    known = Site.objects.filter(public_key=name).exists()
    return {"staff": (VisitorsChanged(site=name),)} if known else {}


def _lists(name: str) -> Told:
    known = Queue.objects.filter(public_id=name).exists()
    return {"staff": (ListsChanged(queue=name),)} if known else {}


def _visitor(name: str) -> Told:
    visitor = Visitor.objects.filter(public_id=name).first()
    if visitor is None:
        return {}
    if visitor.merged_into_id is not None:
        return {"visitor": (ComeAgain(),)}
    now = database_now()
    age = round(max(0.0, (now - visitor.seen_at).total_seconds()), 1)
    rows = visitor.conversations.exclude(state="closed")
    return {
        "visitor": (*(_chat(row) for row in rows), *_invitation(visitor, now)),
        "staff": tuple(
            VisitorChanged(
                conversation=row.public_id,
                here=visitor.here,
                since=age,
                page=visitor.page or None,
                who=who(visitor),
                referrer=visitor.referrer,
            )
            for row in rows
        ),
    }


def _invitation(visitor: Visitor, now: datetime) -> tuple[Event, ...]:
    """That they are invited, or no more; nothing of who was not lately."""
    if visitor.pk not in invited_lately([visitor.pk], now):
        return ()
    return (InvitationChanged(invitation=invitations_told([visitor])[0]),)


def _chat(row: Conversation) -> ConversationChanged:
    """A chat that a window may not know of, as it is by now."""
    agent = owner_as_seen(row, View(visitor=True, me=""))
    return ConversationChanged(conversation=row.public_id, state=row.state, agent=agent, position=row.visible)


def _principal(name: str) -> Told:
    """A secret, by its fingerprint: only that it has ended is ever told."""
    is_good = (
        Visitor.objects.filter(token_sha256=name).exists()
        or VisitorSession.objects.filter(sha256=name, ended_at=None).exists()
    )
    return {} if is_good else {"visitor": (SignedOut(),)}


_STATES: Final[dict[str, Callable[[str], Told]]] = {
    "queue": _queue,
    "agent": _agent,
    "team": _team,
    "site": _site,
    "onsite": _on_site,
    "lists": _lists,
    "visitor": _visitor,
    "principal": _principal,
}


def versions_of(topics: Collection[str]) -> dict[str, int]:
    """The versions of these topics now: read them before the state."""
    chats = {topic.split(":")[1] for topic in topics if topic.startswith("read:")}
    name = Concat(Value("read:"), "conversation__public_id", Value(":"), "role", output_field=TextField())
    readers = Reader.objects.filter(conversation__public_id__in=chats).values_list(name, "version")
    states = Topic.objects.filter(name__in=topics).values_list("name", "version")
    return {**dict.fromkeys(topics, 0), **dict(states.union(readers, all=True) if chats else states)}
