"""A conversation as one row of a list: what staff see of it without opening it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Min

from support_chat.desk.events import InboxChanged, QueueChanged
from support_chat.desk.models import Conversation, Queue, Reader
from support_chat.desk.telling import Telling
from support_chat.settings.chat import INBOX_ROWS


def row_of(conversation: Conversation, *, seen: int, now: datetime) -> dict[str, Any]:
    """The row; ages in seconds, since clocks differ between us and who reads it."""
    visitor, owner = conversation.visitor, conversation.owner
    waited = conversation.queued_at if conversation.state == "queued" else conversation.waiting_since
    return {
        "conversation": conversation.public_id,
        "state": conversation.state,
        "queue": conversation.queue.public_id,
        "visitor": {
            "id": visitor.public_id,
            "name": visitor.name,
            "here": visitor.here,
            "since": _age(visitor.seen_at, now),
            "page": visitor.page or None,
        },
        "agent": {"id": owner.public_id, "name": owner.user.name} if owner else None,
        "position": conversation.position,
        "last": _last(conversation, now),
        "messages": conversation.visitor_messages,
        "seen": seen,
        "waited": _age(waited, now),
        "sort": conversation.sort_key,
        "closed_ago": _age(conversation.closed_at, now),
    }


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
        topic = each.owner.topic if each.owner else each.queue.topic
        lists.setdefault(topic, []).append(row_of(each, seen=seen.get(each.pk, 0), now=now))
    for topic, changed in lists.items():
        telling.state(topic, {"staff": (InboxChanged(rows=changed),)})


def tell_lists(telling: Telling, conversation: Conversation, topics: Iterable[str], *, now: datetime) -> None:
    """Tell lists how this chat is now: whoever has to take it in, and whoever has to let it go."""
    changed = InboxChanged(rows=rows_of([conversation], now=now))
    for topic in topics:
        telling.state(topic, {"staff": (changed,)})


def tell_queue(telling: Telling, queue: Queue, *, now: datetime) -> None:
    telling.state(queue.topic, {"staff": (queue_changed(queue, now=now),)})


def queue_changed(queue: Queue, *, now: datetime) -> QueueChanged:
    waiting = Conversation.objects.filter(queue=queue, state="queued")
    counted = waiting.aggregate(count=Count("pk"), since=Min("queued_at"))
    longest = _age(counted["since"], now)
    return QueueChanged(queue=queue.public_id, waiting=counted["count"], longest_wait=longest)


def inbox_rows(*, agent: int | None, queues: Iterable[int], now: datetime) -> list[dict[str, Any]]:
    """The first rows of an inbox: mine, then what waits in my queues, in its order."""
    rows = Conversation.objects.select_related("visitor", "queue", "owner__user")
    mine = rows.filter(state="active", owner=agent).order_by("pk") if agent else rows.none()
    waiting = rows.filter(state="queued", queue__in=list(queues)).order_by("sort_key", "pk")
    return rows_of([*mine[:INBOX_ROWS], *waiting[:INBOX_ROWS]][:INBOX_ROWS], now=now)


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
