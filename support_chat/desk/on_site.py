"""Who is on the pages of a site with the chat opened, and has none going on: for its team.

Only whoever has opened the panel is a visitor at all; who has seen the launcher alone is in no table.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from support_chat.desk.access import Staff, author_for
from support_chat.desk.blocks import is_blocked
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotFound
from support_chat.desk.events import VisitorsChanged
from support_chat.desk.invitations import (
    InvalidInvitations,
    Invitations,
    invitations_of,
    is_never,
    words_for,
)
from support_chat.desk.models import Conversation, Invitation, Site, Visitor
from support_chat.desk.telling import Telling

NEWEST: Final = 200  # visitors in a list: nobody reads further
OWN: Final = 20  # of an agent's own invitations, the newest
ONCE_IN: Final = timedelta(days=1)  # a visitor is invited, or asked again who said no

Row = dict[str, Any]


def tell_on_site(telling: Telling, sites: Iterable[Site]) -> None:
    """That it is not as it was, to whoever has the list open: they ask again, when they can show it."""
    for site in {site.pk: site for site in sites}.values():
        telling.state(site.visitors_topic, {"staff": (VisitorsChanged(site=site.public_key),)})


def without_a_chat(visitors: QuerySet[Visitor]) -> QuerySet[Visitor]:
    """Those of them who are here, and have no chat going on."""
    chats = Conversation.objects.filter(visitor=OuterRef("pk")).exclude(state=Conversation.State.CLOSED)
    return visitors.filter(~Exists(chats), here=True, forgotten_at=None, merged_into=None)


def visitor_on_site(staff: Staff, public_id: str) -> Visitor:
    """One of a site of theirs who is there now. NotFound."""
    theirs = Visitor.objects.filter(public_id=public_id, site__in=staff.sites)
    visitor = without_a_chat(theirs).select_related("site").first()
    if visitor is None:
        raise NotFound
    return visitor


def list_visitors(staff: Staff) -> dict[str, Any]:
    """The newest who are there, how many there are, and what became of this agent's own invitations."""
    now = database_now()
    there = without_a_chat(Visitor.objects.filter(site__in=staff.sites))
    newest = list(there.select_related("site").order_by("-seen_at", "-pk")[:NEWEST])
    total = there.count() if len(newest) == NEWEST else len(newest)
    keys = [visitor.pk for visitor in newest]
    counted = Conversation.objects.filter(visitor__in=keys).values_list("visitor").annotate(Count("pk"))
    chats, lately = dict(counted), invited_lately(keys, now)
    return {
        "visitors": [_row(each, chats.get(each.pk, 0), lately.get(each.pk), now) for each in newest],
        "total": total,
        "invited": _own(staff, now),
    }


def invited_lately(visitors: Collection[int], now: datetime) -> dict[int, Invitation]:
    """By visitor, the newest of the last day: made or, by who said no, ended."""
    lately = Q(made_at__gt=now - ONCE_IN) | Q(state=Invitation.State.DECLINED, ended_at__gt=now - ONCE_IN)
    rows = Invitation.objects.filter(lately, visitor__in=visitors).select_related("agent__user")
    return {row.visitor_id: row for row in rows.order_by("pk")}


def open_invitations(visitors: Collection[int], now: datetime) -> dict[int, Invitation]:
    """By visitor, what they have not answered, of the last day."""
    waits = Invitation.objects.filter(visitor__in=visitors, state=Invitation.State.OPEN)
    rows = waits.filter(made_at__gt=now - ONCE_IN).select_related("agent__user", "visitor__site")
    return {row.visitor_id: row for row in rows.order_by("pk")}


def invitations_told(visitors: Sequence[Visitor]) -> list[Row | None]:
    """Of each, whether they are invited, as they are told it."""
    waiting = open_invitations({visitor.pk for visitor in visitors}, database_now())
    return [invitation_told(waiting.get(visitor.pk)) for visitor in visitors]


def invitation_told(invitation: Invitation | None) -> Row | None:
    """As its visitor is told it: the agent by their public name alone."""
    if invitation is None:
        return None
    name = author_for(invitation.agent, invitation.visitor.site).public_name
    return {"id": invitation.public_id, "name": name, "text": invitation.text}


def barred(visitor: Visitor, lately: Invitation | None) -> str:
    """Why nobody may invite them now; "" where an agent may."""
    if visitor.site.invitations is None:
        return "off"
    if is_never(_rules_of(visitor.site), visitor.page):
        return "page"
    if is_blocked(visitor) or (visitor.site.verified_only and not visitor.is_verified):
        return "blocked"
    return "lately" if lately is not None else ""


def _rules_of(site: Site) -> Invitations:
    try:
        return invitations_of(site.invitations)
    except InvalidInvitations:  # they were kept under other rules: nobody is invited anywhere
        return Invitations(never=("*",))


def _row(visitor: Visitor, chats: int, lately: Invitation | None, now: datetime) -> Row:
    return {
        "id": visitor.public_id,
        "site": visitor.site.public_key,
        "name": visitor.called,
        "verified": visitor.is_verified,
        "since": _age(visitor.seen_at, now),
        "page": visitor.page or None,
        "referrer": visitor.referrer or None,
        "locale": visitor.locale,
        "zone": visitor.zone or None,
        "device": visitor.device or None,
        "hidden": visitor.hidden,
        "chats": chats,
        "barred": barred(visitor, lately),
        "words": words_for(_rules_of(visitor.site), visitor.page),
    }


def _own(staff: Staff, now: datetime) -> list[Row]:
    if staff.agent is None:
        return []
    rows = Invitation.objects.filter(agent=staff.agent, made_at__gt=now - ONCE_IN)
    rows = rows.filter(visitor__site__in=staff.sites).select_related("visitor", "conversation")
    return [_invited(row, now) for row in rows.order_by("-made_at", "-pk")[:OWN]]


def _invited(row: Invitation, now: datetime) -> Row:
    """Who left before they answered may come back, and still can."""
    left = row.state == Invitation.State.OPEN and not row.visitor.here
    return {
        "id": row.public_id,
        "name": row.visitor.called,
        "text": row.text,
        "state": "left" if left else row.state,
        "ago": _age(row.made_at, now),
        "conversation": row.conversation.public_id if row.conversation else None,
    }


def _age(since: datetime, now: datetime) -> float:
    return round(max(0.0, (now - since).total_seconds()), 1)
