"""Visitors who are the same person: said by the team, or likely by their addresses.

Only what the team reads is joined. No visitor sees, or can open, anything of another one's: an address that
somebody typed proves nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from support_chat.desk.models import Conversation, Visitor, VisitorMerge

UNDONE_WITHIN: Final = 600  # seconds that a merge can be taken back
MOST: Final = 20  # rows of one person that are joined, or proposed
SHARED: Final = 200  # rows with an address that are looked at: what more have is a mailbox of many


def person_of(visitor: int) -> set[int]:
    """The keys of all visitors who are said to be this person, themselves among them."""
    found, new = {visitor}, {visitor}
    while new and len(found) < MOST:
        met = {key for pair in _merges(new).values_list("one", "other") for key in pair}
        new = met - found
        found |= new
    return found


def merge_with(visitor: int, other: int) -> VisitorMerge | None:
    """What makes the other one the same person as this; the newest."""
    person = person_of(visitor)
    joined = _merges({other}).filter(one__in=person, other__in=person)
    return joined.order_by("-pk").first() if other in person and other != visitor else None


def alike(visitor: Visitor) -> QuerySet[Visitor]:
    """Others of the site with the same e-mail address, by their website's word or their own, who are not said
    to be the same person."""
    here = _at(visitor.site_id, _addresses(visitor.pk)) - person_of(visitor.pk)
    return Visitor.objects.filter(pk__in=here, merged_into=None, forgotten_at=None).order_by("-pk")


def people_told(visitor: Visitor, now: datetime) -> dict[str, Any]:
    """`same`: who is said to be this person, each with the seconds in which that can be taken back; `alike`:
    who may be."""
    others = Visitor.objects.filter(pk__in=person_of(visitor.pk) - {visitor.pk}).order_by("pk")
    likely = alike(visitor).annotate(chats=Count("conversations"))[:MOST]
    return {
        "same": [{**_named(each), "undo_in": _undo_in(visitor.pk, each.pk, now)} for each in others],
        "alike": [{**_named(each), "chats": each.chats} for each in likely],
    }


def _merges(visitors: Collection[int]) -> QuerySet[VisitorMerge]:
    return VisitorMerge.objects.filter(Q(one__in=visitors) | Q(other__in=visitors), undone_at=None)


def _addresses(visitor: int) -> set[str]:
    signed = Visitor.objects.filter(pk=visitor).values_list("email", flat=True)
    left = Conversation.objects.filter(visitor=visitor).values_list("reply_to", flat=True)
    written = {*signed, *left} - {""}
    return written | {each.lower() for each in written}


def _at(site: int, addresses: Collection[str]) -> set[int]:
    """By an index of each table: not all visitors of a site are gone through."""
    if not addresses:
        return set()
    signed = Visitor.objects.filter(site=site, email__in=addresses).exclude(email="")
    left = Conversation.objects.filter(site=site, reply_to__in=addresses).exclude(reply_to="")
    found = (signed.values_list("pk", flat=True), left.values_list("visitor", flat=True))
    return {pk for pks in found for pk in pks.order_by("-pk")[:SHARED]}


def _named(visitor: Visitor) -> dict[str, Any]:
    return {"id": visitor.public_id, "name": visitor.called, "verified": visitor.is_verified}


def _undo_in(visitor: int, other: int, now: datetime) -> float | None:
    merge = merge_with(visitor, other)
    left = merge.at + timedelta(seconds=UNDONE_WITHIN) - now if merge else timedelta()
    return round(left.total_seconds(), 1) if left > timedelta() else None
