"""The line as routing sees it: what waits, in which queue, under which rules."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from math import inf
from typing import Any, Final

from django.db.models import Q, QuerySet

from support_chat.desk.models import Conversation, Queue
from support_chat.desk.routing import Rules, Waiting
from support_chat.settings.chat import PLACE_HELD, PLACE_HELD_PHONE

PIECE: Final = 32  # chats read at first: some more than are given in a round
WAITS: Final = Q(state=Conversation.State.QUEUED) | Q(wanted_queue__isnull=False)


def line_of(site: int, *, now: datetime, ids: Mapping[str, int]) -> Iterator[Waiting]:
    """Every chat of this site that waits, in the one order. `ids`: agents by public id. Read by pieces: who
    gives the first few does not read the thousands behind them."""
    rows = Conversation.objects.filter(site=site, sort_key__isnull=False).order_by("sort_key", "pk")
    size, after = PIECE, Q()
    while piece := list(rows.filter(after).values(*_COLUMNS)[:size]):
        yield from (_waiting(row, now, ids) for row in piece)
        if len(piece) < size:
            return
        key, pk = piece[-1]["sort_key"], piece[-1]["pk"]
        after = Q(sort_key__gte=key) & (Q(sort_key__gt=key) | Q(pk__gt=pk))
        size *= 4


def waiting_of(site: int, *, now: datetime, ids: Mapping[str, int]) -> list[Waiting]:
    """All of that line."""
    return list(line_of(site, now=now, ids=ids))


def waiting_among(chats: Iterable[int], *, now: datetime, ids: Mapping[str, int]) -> list[Waiting]:
    """The same of these alone."""
    rows = Conversation.objects.filter(pk__in=list(chats), sort_key__isnull=False)
    return [_waiting(row, now, ids) for row in rows.values(*_COLUMNS)]


def rows_waiting_in(*queues: int) -> QuerySet[Conversation]:
    return Conversation.objects.filter(Q(state="queued", queue__in=queues) | Q(wanted_queue__in=queues))


def rules_of(site: int) -> dict[int, Rules]:
    """How the queues of this site give their chats, by key."""
    return {queue.pk: rule_of(queue) for queue in Queue.objects.filter(site=site)}


def rule_of(queue: Queue) -> Rules:
    return Rules(
        by_hand=queue.routing == Queue.Routing.MANUAL,
        strategy=queue.strategy,
        backup_after=queue.backup_after,
        cool_down=queue.cool_down,
        relaxes_after=inf if queue.relaxes_after is None else queue.relaxes_after,
    )


_COLUMNS: Final = (
    *("pk", "queue", "wanted_queue", "sort_key", "queued_at", "last_owner", "owner", "asked", "skills"),
    *("offered_to", "place_why", "keeps_place", "invitation__agent", "queue__skills"),
    *("queue__speaks_locale", "visitor__locale", "visitor__here", "visitor__seen_at", "visitor__phone"),
)


def _waiting(row: dict[str, Any], now: datetime, ids: Mapping[str, int]) -> Waiting:
    return Waiting(
        id=row["pk"],
        queue=row["wanted_queue"] or row["queue"],
        sort_key=row["sort_key"] or 0,
        waited=(now - row["queued_at"]).total_seconds() if row["queued_at"] else 0.0,
        known=row["last_owner"],
        inviter=row["invitation__agent"],
        holder=row["owner"],
        skills=_skills(row),
        asked=tuple(
            (ids[agent], now.timestamp() - at / 1_000_000) for agent, at in row["asked"] if agent in ids
        ),
        here=_is_held(row, now),
        offered=row["offered_to"] is not None,
        ahead=row["place_why"],
    )


def _skills(row: dict[str, Any]) -> frozenset[str]:
    locale = row["visitor__locale"] if row["queue__speaks_locale"] else ""
    return needed_skills(row["skills"], row["queue__skills"], locale)


def skills_of(chat: Conversation) -> frozenset[str]:
    """What its agent has to bring."""
    return needed_skills(
        chat.skills, chat.queue.skills, chat.visitor.locale if chat.queue.speaks_locale else ""
    )


def needed_skills(own: Iterable[str], queues: Iterable[str], locale: str) -> frozenset[str]:
    """The chat's own, its queue's, and the visitor's language, if that counts."""
    language = locale.partition("-")[0].lower()
    return frozenset([*own, *queues, *([f"lang:{language}"] if language else [])])


def _is_held(row: dict[str, Any], now: datetime) -> bool:
    """Whether its turn comes now: who is gone for long is passed over, and goes first when they are back."""
    if row["keeps_place"] or row["visitor__here"]:
        return True
    return is_held(row["visitor__seen_at"], now, phone=row["visitor__phone"])


def is_held(gone_since: datetime, now: datetime, *, phone: bool) -> bool:
    """Whether the place of a visitor who is gone is held."""
    return now - gone_since < timedelta(seconds=PLACE_HELD_PHONE if phone else PLACE_HELD)
