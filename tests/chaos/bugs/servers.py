"""Bugs of a server: each is a function that damages the process it runs in."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from agents import consumers, staff_socket
from support_chat.desk import clock, db, ledger, letterbox, readings, team
from support_chat.desk.access import Staff, author_for
from support_chat.desk.actions import (
    answering,
    assignment,
    conversations,
    handing_over,
    messages,
    offering,
    presence,
    supervising,
)
from support_chat.desk.database_time import database_now
from support_chat.desk.expecting import changed
from support_chat.desk.journal import Journal
from support_chat.desk.logs import Log
from support_chat.desk.models import Agent, Change, Conversation, Process
from support_chat.desk.posting import Posted, Posting
from support_chat.desk.telling import Telling
from support_chat.live.channel import Channel
from support_chat.live.news import News
from support_chat.live.topics import Topics
from support_chat.live.turns import Turns


def answered_before_commit() -> None:
    waiting: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Future[Posted | None]]] = {}
    add, post = Journal._add, ledger._post

    def remembered(journal: Journal, work: Any) -> "asyncio.Future[Posted | None]":
        future = add(journal, work)
        if isinstance(work, Posting):
            waiting[id(work)] = (asyncio.get_running_loop(), future)
        return future

    def answered(telling: Telling, postings: Sequence[Posting], *asked: Any, **how: bool) -> Any:
        outcomes = post(telling, postings, *asked, **how)
        for posting, outcome in zip(postings, outcomes, strict=True):
            if isinstance(outcome, Posted):
                loop, future = waiting.pop(id(posting), (None, None))
                if loop is not None:
                    loop.call_soon_threadsafe(_settle, future, outcome)
        return outcomes

    Journal._add, ledger._post = remembered, answered


def _settle(future: "asyncio.Future[Posted | None]", outcome: Posted) -> None:
    if not future.done():
        future.set_result(outcome)


def no_unique_client_id() -> None:
    ledger._known = lambda made: {}
    conversations._started = lambda visitor, client_id, request: None
    for module in (answering, assignment, conversations, handing_over, messages, offering, supervising):
        module.earlier = lambda row, author, client_id, asked: None


def serial_cursor() -> None:
    def after_the_last(seen: dict[str, int] | None) -> Any:
        if seen is None:
            return {"last": Change.objects.aggregate(last=Max("pk"))["last"] or 0}, {}, {}
        topics: dict[str, int] = {}
        last = seen["last"]
        for change in Change.objects.filter(pk__gt=last).order_by("pk"):
            last = change.pk
            for topic, version in change.topics.items():
                topics[topic] = max(version, topics.get(topic, 0))
        return {"last": last}, topics, {}

    letterbox.changes_since = after_the_last


def read_then_write_accept() -> None:
    def accept(*, staff: Staff, conversation: int, client_id: UUID) -> int:
        agent, row = staff.agent, Conversation.objects.select_related("owner__user").get(pk=conversation)
        if row.state != "queued":
            raise changed(row)
        assignment.room_of(agent)
        with Telling() as telling:
            agent = assignment.lock_agents([agent.pk])[agent.pk]
            row, now = assignment.lock_conversation(conversation)
            author = author_for(agent, row.site)
            assignment.assign(
                telling, row, agent, cause="accepted", now=now, author=author, client_id=client_id
            )
        return row.position

    consumers.accept_conversation = accept


def hint_as_truth() -> None:
    take = Channel.take

    def as_it_comes(channel: Channel, news: News) -> None:
        if news.version == 0 or channel.head is None:
            take(channel, news)
        elif news.version > channel.head:
            channel._deliver(news)

    Channel.take = as_it_comes
    Channel.seek = lambda channel, version: None


def no_heads() -> None:
    Topics.heads = lambda topics: {}


def presence_by_disconnect() -> None:
    def renew() -> None:
        Process.objects.update_or_create(
            name=presence.process_name, defaults={"lease_until": database_now() + timedelta(seconds=15)}
        )

    def connected(agent: Agent) -> bool:
        return agent.presences.exists()

    presence.connected = connected
    team._TEAM = team._TEAM.replace("process.lease_until > %s", "%s::text IS NOT NULL")
    clock.renew_lease = presence.renew_lease = renew
    staff_socket.settle_presence = lambda here: None


def letterbox_off() -> None:
    async def asleep(self: letterbox.Letterbox) -> None:
        """Nothing is looked at."""

    letterbox.Letterbox.look = asleep


def told_before_commit() -> None:
    leave = Telling._leave

    def told(telling: Telling, *error: Any) -> None:
        if error[0] is None and telling._news and Telling.outlet is not None:
            Telling.outlet(telling._news)
        leave(telling, *error)

    Telling._leave = told


def resume_without_mark() -> None:
    def knows(look: readings.Look, log: Log) -> bool:
        return look.after is not None and look.after <= readings._head(log, look.view)

    readings._knows = knows


def no_grace() -> None:
    presence.AGENT_GRACE = 0


def out_of_turn_allowed() -> None:
    Turns.admits = lambda turns, conversation, client_id: True


def retried_without_looking() -> None:
    here = threading.local()
    known, write = ledger._known, ledger.write

    def look(made: Iterable[Any]) -> Any:
        return {} if here.tries > 1 else known(made)

    def tried(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        here.tries = 0

        def counted(*given: Any, **named: Any) -> Any:
            here.tries += 1
            return fn(*given, **named)

        return original(counted if fn is write else fn, *args, **kwargs)

    original = db.tried
    db.tried, ledger._known = tried, look


def unclear_forgotten() -> None:
    letterbox.unclear_turns = dict


def outbox_not_resent() -> None:
    """The servers are sound: it is the client's."""
