"""Taking rows in the one order: agents by id, then conversations by id. Never plain FOR UPDATE.

Plain FOR UPDATE meets the key-share lock of an insert that names the row, and deadlocks with it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models.functions import Now

from support_chat.desk.errors import NotFound
from support_chat.desk.models import Agent, Conversation


def lock_agents(ids: Iterable[int]) -> dict[int, Agent]:
    """Hold these agents' rows, in id order, until the transaction ends."""
    rows = Agent.objects.filter(pk__in=list(ids)).order_by("pk").select_for_update(no_key=True, of=("self",))
    return {agent.pk: agent for agent in rows.select_related("user")}


def lock_conversations(
    ids: Iterable[int], *, skip_locked: bool = False
) -> tuple[dict[int, Conversation], datetime | None]:
    """Hold these conversations' rows, in id order; with the database's time at that moment.

    With `skip_locked` rows that somebody else holds are left out instead of waited for.
    """
    rows = (
        Conversation.objects.filter(pk__in=list(ids))
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",), skip_locked=skip_locked)
        .select_related("visitor", "owner__user", "queue", "site", "last_owner")
        .annotate(now=Now())
    )
    found: dict[int, Conversation] = {}
    now: datetime | None = None
    for row in rows:
        found[row.pk], now = row, row.now
    return found, now


def lock_conversation(pk: int) -> tuple[Conversation, datetime]:
    """Hold one conversation's row. NotFound when there is none."""
    found, now = lock_conversations([pk])
    if now is None:
        raise NotFound
    return found[pk], now
