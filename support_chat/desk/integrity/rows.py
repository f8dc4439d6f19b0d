"""What must hold between rows: each invariant is one query for the rows that break it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from support_chat.desk.integrity.report import Findings
from support_chat.desk.models import Agent, Change, Conversation, Deadline, Mention, Reader, Visitor
from support_chat.desk.putting_aside import SNOOZED

OPEN_ONCE = "a visitor has at most one open chat"
OWNER = "a chat has an owner exactly while it is active"
PLACE = "a chat has a place in a queue exactly while it waits there"
CAPACITY = "no agent holds more chats than they may"
OFFERS = "an offer has an end, and is to somebody else than who has the chat"
ASIDE = "a chat that is put aside is its agent's, idle, and has a time at which it is back"
READERS = "nobody has read beyond the end of a log"
SITES = "a chat, its visitor and its queue are of one site"
MENTIONS = "a mention is of a note or a whisper that somebody else wrote"
TURNS = "every writer's changes are counted without gaps"


def check_rows(findings: Findings) -> None:
    chats = Conversation.objects.all()
    _find(findings, OPEN_ONCE, Visitor.objects.all(), _with_two_open_chats(), _of("visitor"))
    _find(findings, OWNER, chats, chats.exclude(_exactly("owner", "active")), _of("chat"))
    _find(findings, PLACE, chats, chats.filter(_misplaced()), _of("chat"))
    _find(findings, OFFERS, chats, chats.filter(_offered_to_its_owner()), _of("chat"))
    _find(findings, ASIDE, chats, _not_aside(), _of("chat"))
    _find(findings, CAPACITY, Agent.objects.all(), _overloaded(), _of("agent"))
    _find(findings, READERS, Reader.objects.all(), _ahead(), str)
    _find(findings, SITES, chats, chats.exclude(_of_one_site()), _of("chat"))
    _find(findings, MENTIONS, Mention.objects.all(), _astray(), str)
    _find(
        findings, TURNS, Change.objects.values("writer").distinct(), _with_gaps(), lambda row: row["writer"]
    )


def _find(
    findings: Findings,
    invariant: str,
    every: "QuerySet[Any, Any]",
    broken: "QuerySet[Any, Any]",
    name: Callable[[Any], str],
) -> None:
    findings.looked(invariant, every.count())
    for row in broken.iterator(500):
        findings.note(invariant, holds=False, where=name(row), checked=0)


def _of(noun: str) -> Callable[[Any], str]:
    return lambda row: f"{noun} {row.public_id}"


def _exactly(column: str, state: str) -> Q:
    """The column is set where the chat is in this state, and nowhere else."""
    there = Q(**{f"{column}__isnull": False})
    return (Q(state=state) & there) | (~Q(state=state) & ~there)


def _misplaced() -> Q:
    waits = Q(state="queued") | Q(state="active", wanted_queue__isnull=False)
    return (waits & Q(sort_key=None)) | (~waits & Q(sort_key__isnull=False))


def _offered_to_its_owner() -> Q:
    unclear = Q(offered_to__isnull=False, offered_until=None) | Q(
        offered_to=None, offered_until__isnull=False
    )
    return unclear | Q(offered_to=F("owner")) | Q(state="closed", offered_to__isnull=False)


def _not_aside() -> QuerySet[Conversation]:
    timed = Deadline.objects.filter(kind=SNOOZED, subject=OuterRef("public_id"))
    aside = Conversation.objects.filter(snoozed_until__isnull=False)
    return aside.exclude(Exists(timed), state="active", idle_at__isnull=False).order_by("pk")


def _with_two_open_chats() -> QuerySet[Visitor]:
    opened = Count("conversations", filter=~Q(conversations__state="closed"))
    return Visitor.objects.annotate(opened=opened).filter(opened__gt=1).order_by("pk")


def _overloaded() -> QuerySet[Agent]:
    """What a supervisor gave them beyond it is left out."""
    held = Conversation.objects.filter(owner=OuterRef("pk"), state="active", idle_at=None, forced=False)
    offered = Conversation.objects.filter(offered_to=OuterRef("pk"))
    load = _number(held, "owner") + _number(offered, "offered_to")
    return Agent.objects.annotate(load=load).filter(load__gt=F("capacity")).order_by("pk")


def _number(rows: QuerySet[Conversation], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _ahead() -> QuerySet[Reader]:
    return Reader.objects.filter(
        Q(position__gt=F("conversation__position"))
        | Q(visible__gt=F("conversation__visible"))
        | Q(seen__gt=F("conversation__visitor_messages"))
    ).order_by("pk")


def _of_one_site() -> Q:
    return Q(site=F("visitor__site")) & Q(site=F("queue__site"))


def _astray() -> QuerySet[Mention]:
    kinds = Q(entry__kind__in=["note", "whisper"])
    return Mention.objects.exclude(kinds & ~Q(entry__author_id=F("agent__public_id"))).order_by("pk")


def _with_gaps() -> "QuerySet[Change, Any]":
    """Old changes are dropped from the front, so what is left of a writer is one run of numbers."""
    turns = Change.objects.values("writer").annotate(first=Min("n"), last=Max("n"), rows=Count("n"))
    return turns.exclude(last=F("first") + F("rows") - 1).order_by("writer")
