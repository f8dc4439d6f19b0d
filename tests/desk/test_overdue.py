"""The one look at all open chats finds everything that is due, and asks little of the database."""

from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from support_chat.desk.access import Staff
from support_chat.desk.attending import Attended, Step, what_is_due
from support_chat.desk.models import Agent, Conversation, Visitor
from support_chat.desk.overdue import overdue
from tests.desk.people import House

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AGES = [0, 59, 61, 119, 121, 179, 181, 239, 241, 299, 301, 599, 601, 899, 901, 1_799, 1_801, 9_000]  # seconds
TIMES = ["assigned_at", "waiting_since", "looked_at", "team_at", "idle_at", "nudged_at", "away_at"]


def agent_of(staff: Staff) -> Agent:
    assert staff.agent is not None
    return staff.agent


def rows(shop: House, owner: Agent, count: int, chance: Random, now: datetime) -> list[Conversation]:
    """Chats in every state that columns can be in, and in many that no log leads to."""
    visitors = Visitor.objects.bulk_create(_visitor(shop, number, chance, now) for number in range(count))
    return Conversation.objects.bulk_create(_chat(each, shop, owner, chance, now) for each in visitors)


def ago(chance: Random, now: datetime) -> datetime:
    return now - timedelta(seconds=chance.choice(AGES))


def _visitor(shop: House, number: int, chance: Random, now: datetime) -> Visitor:
    return Visitor(
        site=shop.site,
        token_sha256=uuid4().hex,
        name=f"Visitor {number}",
        here=chance.random() < 0.5,
        seen_at=ago(chance, now),
        phone=chance.random() < 0.5,
    )


def _chat(visitor: Visitor, shop: House, owner: Agent, chance: Random, now: datetime) -> Conversation:
    state = chance.choice(["active", "active", "queued", "closed"])
    times = {name: ago(chance, now) if chance.random() < 0.5 else None for name in TIMES}
    return Conversation(
        site=shop.site,
        visitor=visitor,
        queue=shop.queue,
        start_id=uuid4(),
        state=state,
        owner=owner if state == "active" else None,
        sort_key=0 if state == "queued" else None,
        replied=chance.random() < 0.5,
        reminded=chance.randrange(3),
        keeps_place=chance.random() < 0.5,
        **times,
    )


def due_by_itself(row: Conversation, now: datetime) -> Step | None:
    own = {name: getattr(row, name) for name in (*TIMES, "replied", "reminded", "keeps_place")}
    visitor = row.visitor
    beside = {"here": visitor.here, "seen_at": visitor.seen_at, "phone": visitor.phone}
    within = row.queue.first_reply_within
    plain = Attended(waits=row.state == "queued", first_reply_within=within, **own, **beside)
    return None if row.state == "closed" else what_is_due(plain, now)


def test_what_is_due_in_any_chat_is_found_and_nothing_else(shop: House) -> None:
    now, chance = timezone.now(), Random(7)
    made = rows(shop, agent_of(shop.staff("ana")), 3_000, chance, now)
    due = {row.pk: due_by_itself(row, now) for row in made}
    assert overdue(now) == {pk: step for pk, step in due.items() if step is not None}
    assert set(due.values()) == {*Step, None}


def test_it_is_one_statement_however_many_chats_there_are(shop: House) -> None:
    now, owner = timezone.now(), agent_of(shop.staff("ana"))
    rows(shop, owner, 100, Random(7), now)
    with CaptureQueriesContext(connection) as asked:
        overdue(now)
    assert len(asked) == 1


def test_of_one_chat_it_says_the_same(shop: House) -> None:
    now, owner = timezone.now(), agent_of(shop.staff("ana"))
    made = rows(shop, owner, 100, Random(7), now)
    every = overdue(now)
    for row in made:
        assert overdue(now, chat=row.pk).get(row.pk) == every.get(row.pk)
