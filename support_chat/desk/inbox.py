"""A conversation as one row of a list: what staff see of it without opening it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Coalesce

from support_chat.desk.events import InboxChanged, QueueChanged, Unanswered
from support_chat.desk.given import THESE, these
from support_chat.desk.line import rows_waiting_in, skills_of
from support_chat.desk.models import Agent, Conversation, Queue, Reader, Visitor
from support_chat.desk.participants import beside_in, topics_beside_owner
from support_chat.desk.telling import Telling
from support_chat.settings.chat import INBOX_ROWS

_NONE: Final[Mapping[int, Queue]] = {}
ROW_NEEDS: Final = ("visitor", "queue", "wanted_queue", "owner__user", "offered_to__user")

_UNREAD: Final = (  # no row shows it
    *("start_id", "salt", "chain", "visible_chain", "asked"),
    *("team_at", "nudged_at", "away_at", "first_reply_at"),
    *("visitor__trail", "visitor__note", "visitor__attributes", "visitor__claimed"),
    *("visitor__blocked_until", "visitor__forgotten_at", "visitor__created_at"),
)


def row_of(conversation: Conversation, *, seen: int, now: datetime) -> dict[str, Any]:
    """The row; ages in seconds, since clocks differ between us and who reads it."""
    owner = conversation.owner
    waited = conversation.queued_at if conversation.state == "queued" else conversation.waiting_since
    return {
        "conversation": conversation.public_id,
        "state": conversation.state,
        "queue": conversation.queue.public_id,
        "visitor": _visitor(conversation.visitor, now),
        "agent": {"id": owner.public_id, "name": owner.user.name} if owner else None,
        "position": conversation.position,
        "last": _last(conversation, now),
        "messages": conversation.visitor_messages,
        "seen": seen,
        "waited": _age(waited, now),
        "sort": conversation.sort_key,
        "priority": conversation.priority,
        "skills": sorted(skills_of(conversation)),
        "ahead": conversation.place_why if conversation.sort_key is not None else "",
        "offered": _offered(conversation, now),
        "wanted": conversation.wanted_queue.public_id if conversation.wanted_queue else None,
        "forced": conversation.forced,
        "replied": conversation.replied,
        "reminded": conversation.reminded > 0,
        "given": _age(conversation.assigned_at, now) if owner else None,
        "looking": _age(conversation.looked_at, now),
        "idle": _age(conversation.idle_at, now),
        "snoozed": _left(conversation.snoozed_until, now),
        "woken": _age(conversation.woken_at, now),
        "closed_ago": _age(conversation.closed_at, now),
        "reply_to": reply_to(conversation),
        "tags": conversation.tags,
        "participants": conversation.participants,
    }


def _visitor(visitor: Visitor, now: datetime) -> dict[str, Any]:
    return {
        "id": visitor.public_id,
        "name": visitor.called,
        "verified": visitor.is_verified,
        "here": visitor.here,
        "since": _age(visitor.seen_at, now),
        "page": visitor.page or None,
    }


def reply_to(conversation: Conversation) -> dict[str, Any] | None:
    """Where its visitor wants to be answered; nobody has verified that it is theirs."""
    email = conversation.reply_to
    return {"email": email, "verified": False} if email else None


def _offered(conversation: Conversation, now: datetime) -> dict[str, Any] | None:
    agent, until = conversation.offered_to, conversation.offered_until
    if agent is None or until is None:
        return None
    return {"to": {"id": agent.public_id, "name": agent.user.name}, "expires_in": _left(until, now)}


def _last(conversation: Conversation, now: datetime) -> dict[str, Any] | None:
    said = conversation.last_words
    if not said:
        return None
    try:
        at = datetime.fromtimestamp(said["at"] / 1_000_000, tz=now.tzinfo)
        return {"role": said["role"], "kind": said["kind"], "text": said["text"], "ago": _age(at, now)}
    except (LookupError, TypeError, ValueError, OverflowError):  # spoiled: the row stays in its list without
        return None


def tell_rows(
    telling: Telling,
    conversations: Iterable[Conversation],
    *,
    now: datetime,
    seen: Mapping[int, int] | None = None,
) -> None:
    """Tell whoever has these chats in a list that their rows changed. `seen` where it is known already."""
    rows = list(conversations)
    if seen is None:
        seen = seen_by_team(rows)
    lists: dict[str, list[dict[str, Any]]] = {}
    for each in rows:
        if each.state == "closed":
            continue
        row = row_of(each, seen=seen.get(each.pk, 0), now=now)
        for topic in lists_of(each):
            lists.setdefault(topic, []).append(row)
    for topic, changed in lists.items():
        telling.state(topic, {"staff": (InboxChanged(rows=changed),)})


def lists_of(row: Conversation) -> set[str]:
    """The topics of the lists in which it is: whose it is, where it waits, to whom it is offered, and who is
    beside its owner."""
    waits = row.queue if row.state == Conversation.State.QUEUED else row.wanted_queue
    people = (row.owner, row.offered_to)
    theirs = {agent.topic for agent in people if agent is not None} | topics_beside_owner(row)
    return {*([waits.topic] if waits else []), *theirs}


def tell_lists(telling: Telling, conversation: Conversation, topics: Iterable[str], *, now: datetime) -> None:
    """Tell lists how this chat is now: whoever has to take it in, and whoever has to let it go."""
    tell_all_lists(telling, [(conversation, topics)], now=now)


def tell_all_lists(
    telling: Telling, moved: Iterable[tuple[Conversation, Iterable[str]]], *, now: datetime
) -> None:
    """The same of many chats, each with its lists."""
    pairs = list(moved)
    lists: dict[str, list[dict[str, Any]]] = {}
    for row, (_, topics) in zip(rows_of([each for each, _ in pairs], now=now), pairs, strict=True):
        for topic in topics:
            lists.setdefault(topic, []).append(row)
    for topic, rows in lists.items():
        telling.state(topic, {"staff": (InboxChanged(rows=rows),)})


def tell_queue(telling: Telling, queue: Queue, *, now: datetime) -> None:
    telling.state(queue.topic, {"staff": (queue_changed(queue, now=now),)})


def queue_changed(queue: Queue, *, now: datetime) -> QueueChanged:
    (changed,) = queues_changed([queue], now=now)
    return changed


def queues_changed(queues: Iterable[Queue], *, now: datetime) -> list[QueueChanged]:
    """How many wait in each, and how long the first of them has."""
    known = {queue.pk: queue.public_id for queue in queues}
    where = Coalesce("wanted_queue", "queue")  # of a chat that waits, the one that it waits in
    places = rows_waiting_in(*known).values_list(where)
    counted = {key: rest for key, *rest in places.annotate(Count("pk"), Min("queued_at"))}
    return [_waiting(public, *counted.get(key, (0, None)), now=now) for key, public in known.items()]


def _waiting(queue: str, count: int, since: datetime | None, *, now: datetime) -> QueueChanged:
    return QueueChanged(queue=queue, waiting=count, longest_wait=_age(since, now))


def unanswered(conversations: Iterable[Conversation], *, now: datetime) -> list[Unanswered]:
    """Chats whose agents have been silent for so long that supervisors are told."""
    return [
        Unanswered(
            conversation=row.public_id,
            agent={"id": row.owner.public_id, "name": row.owner.user.name},
            waited=_age(row.waiting_since, now) or 0.0,
        )
        for row in conversations
        if row.owner is not None
    ]


def inbox_rows(
    *, agent: Agent | None, queues: Iterable[int], now: datetime, known: Mapping[int, Queue] = _NONE
) -> list[dict[str, Any]]:
    """The first rows of an inbox: mine and those in which I am beside the owner, then what waits in my
    queues, in its order. `known`: queues that were read already, by key."""
    keys = _first_of(agent, list(queues))
    rows = for_rows(Conversation.objects.all()).in_bulk(keys)
    return rows_of(with_names([rows[key] for key in keys if key in rows], known=known), now=now)


def for_rows(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """With their visitors, for `with_names`; without what no row shows, since a list holds many."""
    return conversations.select_related("visitor").defer(*_UNREAD)


def with_names(rows: Sequence[Conversation], *, known: Mapping[int, Queue] = _NONE) -> Sequence[Conversation]:
    """These, with their queues and agents, who are few where rows are many: each is read once."""
    others = _keys(rows, "queue_id", "wanted_queue_id") - known.keys()
    queues = {**known, **Queue.objects.in_bulk(others)}
    agents = Agent.objects.select_related("user").in_bulk(_keys(rows, "owner_id", "offered_to_id"))
    for row in rows:
        row.queue = queues[row.queue_id]
        row.wanted_queue = queues[row.wanted_queue_id] if row.wanted_queue_id else None
        row.owner = agents[row.owner_id] if row.owner_id else None
        row.offered_to = agents[row.offered_to_id] if row.offered_to_id else None
    return rows


def _keys(rows: Iterable[Conversation], *names: str) -> set[int]:
    return {key for row in rows for name in names if (key := getattr(row, name)) is not None}


def _first_of(agent: Agent | None, queues: Sequence[int]) -> list[int]:
    """Pks, each once: where a chat is offered to me, it is among mine."""
    me, beside = (agent.pk, beside_in(agent)) if agent else (None, [])
    given = these(queues)
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [me, me, these(beside), given, given])
        keys = dict.fromkeys(key for (key,) in cursor.fetchall())
    return list(keys)[:INBOX_ROWS]


# Each place on its own: it has an index of its own, which an OR of all would not use in order.
_WAITS: Final = f"""(SELECT 1 AS part, sort_key, id FROM desk_conversation WHERE {{place}} {THESE}
ORDER BY sort_key, id LIMIT {2 * INBOX_ROWS})"""
_FIRST: Final = f"""SELECT id FROM (
SELECT 0 AS part, id AS place, id FROM desk_conversation WHERE state = 'active' AND owner_id = %s
UNION ALL SELECT 0, id, id FROM desk_conversation WHERE offered_to_id = %s
UNION ALL SELECT 0, id, id FROM desk_conversation WHERE id {THESE}
UNION ALL SELECT * FROM {_WAITS.format(place="state = 'queued' AND queue_id")} waiting
UNION ALL SELECT * FROM {_WAITS.format(place="wanted_queue_id")} handed_over
) every ORDER BY part, place, id"""


def rows_of(conversations: Iterable[Conversation], *, now: datetime) -> list[dict[str, Any]]:
    found = list(conversations)
    seen = seen_by_team(found)
    return [row_of(each, seen=seen.get(each.pk, 0), now=now) for each in found]


def seen_by_team(conversations: Iterable[Conversation]) -> dict[int, int]:
    """conversation pk → how many of its visitor's messages our side has read."""
    readers = Reader.objects.filter(conversation__in=[each.pk for each in conversations], role="agent")
    return dict(readers.values_list("conversation", "seen"))


def _age(then: datetime | None, now: datetime) -> float | None:
    return None if then is None else round(max(0.0, (now - then).total_seconds()), 1)


def _left(then: datetime | None, now: datetime) -> float | None:
    return None if then is None else round(max(0.0, (then - now).total_seconds()), 1)
