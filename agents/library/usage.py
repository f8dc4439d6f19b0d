"""How canned replies are used, from what agents picked: how often, when last, how well it went."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Avg, Count, Max, Q

from support_chat.desk.models import CannedReply, Pick

LATELY: Final = 30  # days
LONG: Final = 90  # days: what was not used for so long is stale


@dataclass(frozen=True, slots=True)
class Usage:
    lately: int = 0  # times in the last 30 days
    long: int = 0  # times in the last 90
    last: datetime | None = None
    edited: float | None = None  # share of the last 90 days that was not sent as it stands; None: nobody said
    rating: float | None = None  # 1 to 5, of the chats in which it was sent; None: nobody rated
    rated: int = 0  # chats

    @property
    def edited_percent(self) -> int | None:
        return None if self.edited is None else round(self.edited * 100)


def usage_of(replies: Collection[CannedReply], *, now: datetime) -> Mapping[int, Usage]:
    """By key; who was never picked is not in it."""
    since = {days: Q(at__gte=now - timedelta(days=days)) for days in (LATELY, LONG)}
    told = since[LONG] & Q(edited__isnull=False)
    rows = Pick.objects.filter(reply__in=replies).values("reply").order_by("reply")
    counted = rows.annotate(
        lately=Count("pk", filter=since[LATELY]),
        long=Count("pk", filter=since[LONG]),
        last=Max("at"),
        told=Count("pk", filter=told),
        changed=Count("pk", filter=told & Q(edited=True)),
        rating=Avg("conversation__rating"),
        rated=Count("conversation", filter=Q(conversation__rating__isnull=False), distinct=True),
    )
    return {row["reply"]: _usage(row) for row in counted}


def is_stale(reply: CannedReply, usage: Usage, *, now: datetime) -> bool:
    """Nobody has used it for `LONG`, though it was there."""
    begin = now - timedelta(days=LONG)
    there = reply.made_at is None or reply.made_at < begin
    return there and (usage.last is None or usage.last < begin)


def _usage(row: Mapping[str, Any]) -> Usage:
    named = {name: row[name] for name in ("lately", "long", "last", "rating", "rated")}
    return Usage(**named, edited=row["changed"] / row["told"] if row["told"] else None)
