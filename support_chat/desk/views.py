"""Chats as a list of one's own choice: by a view, a saved filter, conditions, or by name; a page at a time.

Pages are found by key, never by counting, in an order that an index has: the queue as it is served, what is
closed by when it was, all else by when it began, newest first.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from django.db.models import Q, QuerySet

from support_chat.desk.access import Staff
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotFound
from support_chat.desk.filtering import Moment, matching
from support_chat.desk.inbox import for_rows, rows_of, with_names
from support_chat.desk.models import Conversation, SavedFilter
from support_chat.desk.paging import Chats, Order, micros, moment
from support_chat.live.order_frames import Rules, Which
from support_chat.live.refusals import BadField

COUNTED: Final = 1_000  # chats; from there on a list is "more than": nobody reads the difference


def readable(staff: Staff) -> Chats:
    """The chats that they may read, as access.py says of each: of their queues, handed over to one of them,
    theirs, and what is offered to them."""
    queues, me = list(staff.roles), staff.agent
    theirs = Q(queue__in=queues) | Q(wanted_queue__in=queues)
    return Conversation.objects.filter(theirs | Q(owner=me) | Q(offered_to=me) if me else theirs)


def chosen(staff: Staff, which: Which, *, now: datetime) -> Chats:
    """Those of them that are meant. BadField, NotFound of a filter."""
    if sum(each is not None for each in (which.view, which.filter, which.rules, which.conversations)) != 1:
        raise BadField("which")
    asked = Moment(staff.agent.pk if staff.agent else None, now)
    if which.view is not None:
        return readable(staff).filter(_VIEWS[which.view](staff))
    if which.rules is not None:
        return readable(staff).filter(matching(which.rules, asked))
    if which.filter is not None:
        saved = filter_for(staff, which.filter)
        return readable(staff).filter(matching(rules_of(saved), asked), site=saved.site_id)
    return readable(staff).filter(public_id__in=which.conversations or ())


def filters_for(staff: Staff) -> QuerySet[SavedFilter]:
    """Their own, and what is shared on their sites, as they were made."""
    rows = SavedFilter.objects.select_related("site", "made_by").filter(site__in=staff.sites)
    return rows.filter(Q(shared=True) | Q(made_by=staff.user)).order_by("pk")


def filter_for(staff: Staff, public_id: str) -> SavedFilter:
    saved = filters_for(staff).filter(public_id=public_id).first()
    if saved is None:
        raise NotFound
    return saved


def rules_of(saved: SavedFilter) -> Rules:
    """BadField of what was kept under other rules."""
    try:
        return msgspec.convert(saved.rules, Rules)
    except msgspec.ValidationError:
        raise BadField("which") from None


def told(staff: Staff, saved: SavedFilter) -> dict[str, Any]:
    return {
        "id": saved.public_id,
        "site": saved.site.public_key,
        "name": saved.name,
        "rules": saved.rules,
        "shared": saved.shared,
        "mine": saved.made_by_id == staff.user.pk,
    }


_BEGUN: Final = Order("pk", True, lambda row: 0, int)
_SERVED: Final = Order("sort_key", False, lambda row: row.sort_key or 0, int)
_CLOSED: Final = Order("closed_at", True, lambda row: micros(row.closed_at), moment)


def list_conversations(
    staff: Staff, which: Which, *, after: str | None, until: str | None = None, limit: int
) -> dict[str, Any]:
    """`rows`, `next` to go on with or None, and on the first page `total`, counted up to `COUNTED`. With
    `until`, a cursor told before, no more rows than up to there."""
    now = database_now()
    chats = for_rows(chosen(staff, which, now=now))
    order = {"queue": _SERVED, "closed": _CLOSED}.get(which.view or "", _BEGUN)
    found = _found(staff, chats, order, limit + 1, after=after, until=until)
    listed: dict[str, Any] = {
        "rows": rows_of(with_names(found[:limit]), now=now),
        "next": order.cursor(found[limit - 1]) if len(found) > limit else None,
    }
    if after is None:
        are_all = until is None and len(found) <= limit
        counted = len(found) if are_all else len(chats.order_by().values("pk")[: COUNTED + 1])
        listed["total"] = counted
    return listed


def _found(
    staff: Staff, chats: Chats, order: Order, count: int, *, after: str | None, until: str | None
) -> Sequence[Conversation]:
    """What is closed lies in an index by site: one look into it for each."""
    try:
        if order is not _CLOSED:
            return order.page(chats, after, count, until=until)
        sites = [chats.filter(site=site) for site in staff.sites]
        pages = [order.page(each, after, count, until=until) for each in sites]
    except OverflowError:  # a cursor of nobody's making
        raise BadField("after") from None
    rows = [row for page in pages for row in page]
    return sorted(rows, key=lambda row: (order.key(row), row.pk), reverse=True)[:count]


def _mine(staff: Staff) -> Q:
    return Q(state="active", owner=staff.agent) if staff.agent else Q(pk=None)


_VIEWS: Final[Mapping[str, Callable[[Staff], Q]]] = {
    "mine": lambda staff: _mine(staff) & Q(snoozed_until=None),
    "queue": lambda staff: (
        Q(sort_key__isnull=False)
        & (Q(state="queued", queue__in=list(staff.roles)) | Q(wanted_queue__in=list(staff.roles)))
    ),
    "team": lambda staff: Q(state="active") & ~_mine(staff),
    "snoozed": lambda staff: _mine(staff) & Q(snoozed_until__isnull=False),
    "closed": lambda staff: Q(state="closed"),
}
