"""Taking rows in the one order: agents by id, then conversations by id. Never plain FOR UPDATE.

Plain FOR UPDATE meets the key-share lock of an insert that names the row, and deadlocks with it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from support_chat.desk.errors import NotFound
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.vendor import SQLITE


def lock_agents(ids: Iterable[int]) -> dict[int, Agent]:
    """Hold these agents' rows, in id order, until the transaction ends."""
    rows = Agent.objects.filter(pk__in=list(ids)).order_by("pk").select_for_update(no_key=True, of=("self",))
    return {agent.pk: agent for agent in rows.select_related("user")}


GIVING: Final = 0x71  # of PostgreSQL's advisory locks, the class that is ours
BELONGINGS: Final = (
    *("site", "visitor", "queue", "wanted_queue"),
    *("owner__user", "offered_to__user", "last_owner"),
)
Held = tuple[dict[int, Conversation], datetime | None]


def lock_conversations(ids: Iterable[int]) -> Held:
    """Hold these conversations' rows, in id order; with the database's time at that moment.

    They are read once they are held. PostgreSQL joins a row that it had to wait for with what belonged to
    it before: the new owner's key would come without the new owner.
    """
    rows = Conversation.objects.order_by("pk")
    wanted = rows.filter(pk__in=list(ids)).select_for_update(no_key=True, of=("self",))
    rows = rows.filter(pk__in=list(wanted.values_list("pk", flat=True)))
    return _dated(rows.select_related(*BELONGINGS))


def _dated(rows: QuerySet[Conversation]) -> Held:
    found: dict[int, Conversation] = {}
    now: datetime | None = None
    for row in rows.annotate(now=Now()):
        found[row.pk], now = row, row.now
    return found, now


def hold_line(site: int) -> bool:
    """Be the only one of all processes who gives chats of this site, until the transaction ends; before
    agents. True when nobody else was at it just now. SQLite has one writer at a time as it is."""
    if SQLITE:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [GIVING, site])
        if cursor.fetchone() == (True,):
            return True
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [GIVING, site])
    return False


def lock_conversation(pk: int) -> tuple[Conversation, datetime]:
    """Hold one conversation's row. NotFound when there is none."""
    found, now = lock_conversations([pk])
    if now is None:
        raise NotFound
    return found[pk], now
