"""Guarantee 7: the place told is the place held, who came first is taken first, and no place grows unsaid."""

import asyncio
import random
import threading
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection

from support_chat.desk import db
from support_chat.desk.access import Staff
from support_chat.desk.actions import conversations
from support_chat.desk.actions.conversations import start_conversation
from support_chat.desk.actions.status import set_status
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.routing import places
from support_chat.desk.telling import Telling
from tests.desk.people import House, house, waiting_in
from tests.desk.running import Running, Socket, running

pytestmark = pytest.mark.django_db(transaction=True)
VISITORS = 14


@pytest.fixture
async def scene() -> AsyncIterator[tuple[Running, House, list[Staff]]]:
    shop = await db.run(house)
    team = [await db.run(shop.staff, f"agent{n}", capacity=1 + n % 2) for n in range(3)]
    async with running() as desk:
        yield desk, shop, team


def told(visitor: Socket) -> list[int]:
    return [each["place"] for each in visitor.events if each["event"] == "queue_moved"]


async def begin(desk: Running, shop: House) -> tuple[Socket, str]:
    visitor = await desk.visitor(shop.site)
    reply = await visitor.ok("start_conversation", client_id=str(uuid4()), body="Hello")
    return visitor, reply["conversation"]


async def test_places_are_true_and_fall_to_nothing_in_the_order_of_arrival(
    scene: tuple[Running, House, list[Staff]],
) -> None:
    desk, shop, team = scene
    chance = random.Random(7)
    watcher = await desk.staff(team[0])
    line = [await begin(desk, shop) for _ in range(VISITORS)]
    for place, (visitor, _) in enumerate(line, start=1):
        await visitor.event("queue_moved", place=place, of=VISITORS)
    agents = [await desk.staff(who, status="online") for who in team]
    served: set[str] = set()
    while len(served) < VISITORS:
        await asyncio.sleep(0.01)
        for agent in chance.sample(agents, len(agents)):
            mine = [
                row["conversation"]
                for event in agent.events
                if event["event"] == "inbox_changed"
                for row in event["rows"]
                if row["agent"] and row["agent"]["id"] == agent.welcome["agent"]["id"]
            ]
            for chat in [chat for chat in mine if chat not in served][:1]:
                await agent.ask("close_conversation", conversation=chat, client_id=str(uuid4()))
                served.add(chat)
    for visitor, _ in line:
        assert told(visitor) == sorted(told(visitor), reverse=True), "a place grew"
    taken = [
        row["conversation"]
        for event in watcher.events
        if event["event"] == "inbox_changed"
        for row in event["rows"]
        if row["state"] == "active"
    ]
    assert list(dict.fromkeys(taken)) == [chat for _, chat in line], "in the order they came"


async def test_a_place_grows_only_for_a_chat_that_goes_on_in_front(
    scene: tuple[Running, House, list[Staff]],
) -> None:
    desk, shop, _ = scene
    first, chat = await begin(desk, shop)
    second, _ = await begin(desk, shop)
    await second.event("queue_moved", place=2, of=2)
    await first.ok("end_conversation", conversation=chat, client_id=str(uuid4()))
    await second.event("queue_moved", place=1, of=1)
    await begin(desk, shop)
    await second.event("queue_moved", place=1, of=2)
    await first.ok("post_message", conversation=chat, client_id=str(uuid4()), body="One more thing")
    await second.event("queue_moved", place=2, of=3)
    await first.event("queue_moved", place=1, of=3)
    assert told(second) == [2, 1, 1, 2]


def test_an_arrival_that_takes_long_to_commit_comes_into_nobodys_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = house()
    slow, begun, told = shop.visitor(), threading.Event(), []
    tell = conversations.tell_arrival

    def late(telling: Telling, row: Conversation, now: datetime) -> None:
        if row.visitor_id == slow.pk:
            begun.set()
            threading.Event().wait(0.3)
        tell(telling, row, now)

    def arrive(visitor: Visitor) -> None:
        chat = start_conversation(visitor=visitor, client_id=uuid4(), body="Hello")[0]
        told.append((chat.pk, places(waiting_in(chat.queue_id))[chat.pk][0]))
        connection.close()

    monkeypatch.setattr(conversations, "tell_arrival", late)
    threads = [threading.Thread(target=arrive, args=(visitor,)) for visitor in (slow, shop.visitor())]
    threads[0].start()
    assert begun.wait(5)
    threads[1].start()
    for thread in threads:
        thread.join()
    now = places(waiting_in(shop.queue.pk))
    assert [place for _, place in sorted(told)] == [1, 2]
    assert all(now[chat][0] == place for chat, place in told)


def test_when_an_agent_comes_no_earlier_chat_they_answer_is_left_waiting() -> None:
    shop = house()
    chats = [shop.chat() for _ in range(5)]
    ana = shop.staff("ana", capacity=3, status="online")
    set_status(staff=ana, status="online")
    waiting = set(Conversation.objects.filter(state="queued").values_list("pk", flat=True))
    assert waiting == {chat.pk for chat in chats[3:]}
