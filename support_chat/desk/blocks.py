"""Who may not write to a site: by their row, which is at hand wherever they do."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from support_chat.desk.database_time import database_now
from support_chat.desk.errors import Blocked
from support_chat.desk.models import Block, Conversation, Site, Visitor
from support_chat.desk.sources import hashes_of

FOR_GOOD: Final = datetime(9000, 1, 1, tzinfo=UTC)
LASTS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
A_DAY: Final = timedelta(days=1)
SHOWN: Final = 200  # blocks of a site, the newest: nobody looks further back


def unless_blocked(visitor: Visitor, now: datetime) -> None:
    """Blocked while they are."""
    if visitor.blocked_until is not None and visitor.blocked_until > now:
        raise Blocked


def is_blocked(visitor: Visitor) -> bool:
    """For showing, by this machine's clock: what they write is looked at again."""
    return visitor.blocked_until is not None and visitor.blocked_until > timezone.now()


def unless_from_there(site: Site, source: str, now: datetime) -> None:
    """Blocked where a block holds of the network address that they come from."""
    kept_out = set(holding(site, now).filter(by=Block.By.ADDRESS).values_list("value", flat=True))
    if source and kept_out and not kept_out.isdisjoint(hashes_of(source)):
        raise Blocked


def holding(site: Site, now: datetime) -> QuerySet[Block]:
    return Block.objects.filter(site=site, lifted_at=None, until__gt=now)


def value_of(visitor: Visitor, by: str) -> str:
    """What a block of them would be by; "" where there is nothing to go by."""
    return {"visitor": visitor.public_id, "identity": visitor.subject, "address": visitor.source}[by]


def hit_by(site: Site, by: str, value: str) -> QuerySet[Visitor]:
    """Whom a block hits who have been here."""
    return Visitor.objects.filter(_hit(by, value), site=site)


def _hit(by: str, value: str) -> Q:
    """With whoever they have become since, by their website's word."""
    them = Q(public_id=value) | Q(pk__in=Visitor.objects.filter(public_id=value).values("merged_into"))
    return {"visitor": them, "identity": Q(subject=value), "address": Q(source=value)}[by]


def others_hit(row: Conversation) -> dict[str, int | None]:
    """By what could be blocked: how many other visitors of the last day that would hit. None: there is
    nothing to go by."""
    visitor, since = row.visitor, database_now() - A_DAY
    found: dict[str, int | None] = {}
    for by in Block.By.values:
        value = value_of(visitor, by)
        others = hit_by(row.site, by, value).exclude(pk=visitor.pk).filter(seen_at__gte=since)
        found[by] = others.count() if value else None
    return found


def last_end(visitor: Visitor, now: datetime) -> datetime | None:
    """When the last of the blocks ends that hit them; None: nothing holds."""
    were = Visitor.objects.filter(merged_into=visitor).values("public_id")
    mine = Q(by=Block.By.VISITOR, value__in=were)
    for by in Block.By.values:
        value = value_of(visitor, by)
        mine |= Q(by=by, value=value) if value else Q(pk=None)
    end: datetime | None = holding(visitor.site, now).filter(mine).aggregate(end=Max("until"))["end"]
    return end


def listed(site: Site) -> list[dict[str, Any]]:
    """For managers, the newest first: what holds, and what was lifted or ended of late."""
    rows = Block.objects.filter(site=site).select_related("conversation__visitor", "agent__user")
    now = database_now()
    return [_line(row, now) for row in rows.order_by("-pk")[:SHOWN]]


def _line(row: Block, now: datetime) -> dict[str, Any]:
    return {
        "id": row.pk,
        "visitor": row.conversation.visitor.called,
        "by": row.by,
        "agent": row.agent.user.name,
        "at": row.at,
        "until": None if row.until >= FOR_GOOD else row.until,
        "holds": row.lifted_at is None and row.until > now,
        "lifted_by": row.lifted_by,
    }
