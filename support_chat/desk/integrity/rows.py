"""What must hold between rows: each invariant is one query for the rows that break it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet

from support_chat.desk.integrity.report import Findings
from support_chat.desk.models import Agent, Change, Conversation, Reader, Visitor

OPEN_ONCE = "a visitor has at most one open chat"
OWNER = "a chat has an owner exactly while it is active"
PLACE = "a chat has a place in its queue exactly while it waits"
CAPACITY = "no agent holds more chats than they may"
READERS = "nobody has read beyond the end of a log"
SITES = "a chat, its visitor and its queue are of one site"
TURNS = "every writer's changes are counted without gaps"


def check_rows(findings: Findings) -> None:
    chats = Conversation.objects.all()
    _find(findings, OPEN_ONCE, Visitor.objects.all(), _with_two_open_chats(), _of("visitor"))
    _find(findings, OWNER, chats, chats.exclude(_exactly("owner", "active")), _of("chat"))
    _find(findings, PLACE, chats, chats.exclude(_exactly("sort_key", "queued")), _of("chat"))
    _find(findings, CAPACITY, Agent.objects.all(), _overloaded(), _of("agent"))
    _find(findings, READERS, Reader.objects.all(), _ahead(), str)
    _find(findings, SITES, chats, chats.exclude(_of_one_site()), _of("chat"))
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


def _with_two_open_chats() -> QuerySet[Visitor]:
    opened = Count("conversations", filter=~Q(conversations__state="closed"))
    return Visitor.objects.annotate(opened=opened).filter(opened__gt=1).order_by("pk")


def _overloaded() -> QuerySet[Agent]:
    load = Count("conversations", filter=Q(conversations__state="active"))
    return Agent.objects.annotate(load=load).filter(load__gt=F("capacity")).order_by("pk")


def _ahead() -> QuerySet[Reader]:
    return Reader.objects.filter(
        Q(position__gt=F("conversation__position"))
        | Q(visible__gt=F("conversation__visible"))
        | Q(seen__gt=F("conversation__visitor_messages"))
    ).order_by("pk")


def _of_one_site() -> Q:
    return Q(site=F("visitor__site")) & Q(site=F("queue__site"))


def _with_gaps() -> "QuerySet[Change, Any]":
    """Old changes are dropped from the front, so what is left of a writer is one run of numbers."""
    turns = Change.objects.values("writer").annotate(first=Min("n"), last=Max("n"), rows=Count("n"))
    return turns.exclude(last=F("first") + F("rows") - 1).order_by("writer")
