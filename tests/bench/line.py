"""A long line and a large team, made and timed by a process that is on their database."""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from support_chat.desk import db
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.conversations import end_conversation, start_conversation
from support_chat.desk.actions.visitors import make_visitor
from support_chat.desk.models import Agent, Conversation, Presence, Process, Site, Visitor
from support_chat.desk.places import Places, Waiter, _Line
from support_chat.desk.source import DeskSource
from support_chat.live.hub import Hub


def wait(key: str, chats: int, capacity: int) -> None:
    """So many visitors of this site wait, for agents who have room for so many."""
    site = Site.objects.get(public_key=key)
    for _ in range(chats):
        start_conversation(visitor=make_visitor(site=site)[0], client_id=uuid4(), body="Hello")
    Agent.objects.update(capacity=capacity)


def come() -> None:
    """All agents are online, held by a process that is not measured."""
    lease = timezone.now() + timedelta(hours=1)
    process = Process.objects.create(name="elsewhere", lease_until=lease)
    Agent.objects.update(status=Agent.Status.ONLINE)
    Presence.objects.bulk_create(Presence(agent=agent, process=process) for agent in Agent.objects.all())


def give(key: str, at: float) -> dict[str, Any]:
    """From that moment on, gives until nobody waits, beside whoever else does: how many, and till when."""
    site, given = Site.objects.get(public_key=key).pk, 0
    time.sleep(max(0.0, at - time.time()))
    while Conversation.objects.filter(site=site, state="queued").exists():
        given += db.tried(assign_waiting, site=site)
    return {"given": given, "ended": time.time()}


def looks(key: str, sizes: Sequence[int]) -> list[tuple[int, int, float]]:
    """For lines of these sizes, in rising order: how many waited, how many of them were told after the first
    one left, and the seconds from the look to the last of them."""
    site = Site.objects.get(public_key=key)
    return [_look(site, size) for size in sizes]


def _look(site: Site, size: int) -> tuple[int, int, float]:
    _fill(site, size)
    rows = Conversation.objects.filter(site=site, state="queued").order_by("sort_key", "pk")
    told: list[Sequence[str]] = []
    line = _Line(site.pk)
    line.waiters = {Waiter(row.pk, row.public_id, site.pk, told.append) for row in rows}
    first = rows.select_related("visitor")[0]
    return asyncio.run(_timed(line, told, first))


async def _timed(line: _Line, told: list[Sequence[str]], first: Conversation) -> tuple[int, int, float]:
    places = Places(Hub(DeskSource()))
    await places._look(line)
    end = {"visitor": first.visitor, "conversation": first.pk, "client_id": uuid4()}
    await db.run(end_conversation, **end)
    told.clear()
    began = time.perf_counter()
    await places._look(line)
    return len(line.waiters), len(told), time.perf_counter() - began


def _fill(site: Site, size: int) -> None:
    """Rows alone: what is told of a line is read from them."""
    queue, now = site.queues.get(is_default=True), timezone.now()
    lacking = range(size - Conversation.objects.filter(site=site, state="queued").count())
    visitors = Visitor.objects.bulk_create(
        Visitor(site=site, name=f"Robin {size}.{n}", token_sha256=uuid4().hex * 2, here=True, seen_at=now)
        for n in lacking
    )
    Conversation.objects.bulk_create(
        Conversation(
            site=site,
            visitor=visitor,
            start_id=uuid4(),
            queue=queue,
            sort_key=round(now.timestamp() * 1_000_000) + number,
            queued_at=now,
        )
        for number, visitor in enumerate(visitors)
    )
