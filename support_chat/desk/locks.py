"""Taking rows in the one order: agents by id, then conversations by id. Never plain FOR UPDATE.

Plain FOR UPDATE meets the key-share lock of an insert that names the row, and deadlocks with it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Now

from support_chat.desk.errors import NotFound
from support_chat.desk.models import Agent, Conversation, Queue
from support_chat.desk.projection import SAID


def lock_agents(ids: Iterable[int]) -> dict[int, Agent]:
    """Hold these agents' rows, in id order, until the transaction ends."""
    rows = Agent.objects.filter(pk__in=list(ids)).order_by("pk").select_for_update(no_key=True, of=("self",))
    return {agent.pk: agent for agent in rows.select_related("user")}


Held = tuple[dict[int, Conversation], datetime | None]


def lock_conversations(ids: Iterable[int]) -> Held:
    """Hold these conversations' rows, in id order; with the database's time at that moment.

    They are read once they are held. PostgreSQL joins a row that it had to wait for with what belonged to
    it before: the new owner's key would come without the new owner.
    """
    held = list(_held(ids, skip_locked=False).values_list("pk", flat=True))
    rows = Conversation.objects.filter(pk__in=held).order_by("pk")
    return _dated(rows.select_related("visitor", "owner__user", "queue", "site", "last_owner"))


def lock_for_messages(ids: Iterable[int], *, skip_locked: bool) -> Held:
    """The same, with no more of the rows than a message moves and a list shows: this is the busiest read.

    With `skip_locked` rows that somebody else holds are left out instead of waited for.
    """
    rows, now = _dated(_held(ids, skip_locked=skip_locked).select_related("visitor").only(*_FOR_MESSAGES))
    owners = {row.owner_id for row in rows.values() if row.owner_id is not None}
    agents = Agent.objects.select_related("user").in_bulk(owners) if owners else {}
    queues = Queue.objects.in_bulk({row.queue_id for row in rows.values()})
    for row in rows.values():
        row.queue = queues[row.queue_id]
        row.owner = agents[row.owner_id] if row.owner_id is not None else None
    return rows, now


_FOR_MESSAGES = (
    *SAID,
    *("public_id", "salt", "state", "visitor", "owner", "queue", "sort_key", "queued_at", "closed_at"),
    *(f"visitor__{name}" for name in ("public_id", "name", "here", "seen_at", "page")),
)


def _held(ids: Iterable[int], *, skip_locked: bool) -> QuerySet[Conversation]:
    rows = Conversation.objects.filter(pk__in=list(ids)).order_by("pk")
    return rows.select_for_update(no_key=True, of=("self",), skip_locked=skip_locked)


def _dated(rows: QuerySet[Conversation]) -> Held:
    found: dict[int, Conversation] = {}
    now: datetime | None = None
    for row in rows.annotate(now=Now()):
        found[row.pk], now = row, row.now
    return found, now


def lock_conversation(pk: int) -> tuple[Conversation, datetime]:
    """Hold one conversation's row. NotFound when there is none."""
    found, now = lock_conversations([pk])
    if now is None:
        raise NotFound
    return found[pk], now
