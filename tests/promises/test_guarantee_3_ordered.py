"""Guarantee 3: every reader hears positions 1..n, each once; a sender's own order is kept. Also while the
chat is closed and reopened beneath the senders."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import db
from tests.desk.people import House, house
from tests.desk.running import Running, Socket, running

pytestmark = pytest.mark.django_db(transaction=True)
EACH = 80


@pytest.fixture
async def scene(kind: type[Socket]) -> AsyncIterator[tuple[Running, House, Socket, Socket, str]]:
    shop = await db.run(house)
    ana = await db.run(shop.staff, "ana")
    async with running(kind) as desk:
        agent, visitor = await desk.staff(ana, status="online"), await desk.visitor(shop.site)
        started = await visitor.ok("start_conversation", client_id=str(uuid4()), body="Hello")
        yield desk, shop, agent, visitor, started["conversation"]


def words(entries: list[dict[str, Any]], first: str) -> list[str]:
    said = [entry["body"]["text"] for entry in entries if entry["kind"] == "message"]
    return [text for text in said if text.startswith(first)]


async def caught_up(socket: Socket, position: int) -> None:
    await socket.until(lambda: any(entry["position"] >= position for entry in socket.entries()))


async def head_of(socket: Socket, chat: str) -> int:
    return int((await socket.ok("beat"))["heads"][f"conversation:{chat}"])


async def test_every_reader_hears_every_position_once_and_in_order_while_all_write(
    scene: tuple[Running, House, Socket, Socket, str],
) -> None:
    desk, shop, ana, visitor, chat = scene
    second = await desk.visitor(shop.site, visitor.token)
    ben = await desk.staff(await db.run(shop.staff, "ben"))
    for staff in (ana, ben):
        await staff.ok("open_conversation", conversation=chat)

    async def write(socket: Socket, name: str, do: str = "post_message") -> None:
        asked = [
            socket.send(do, conversation=chat, client_id=str(uuid4()), body=f"{name}{n}") for n in range(EACH)
        ]
        for number in asked:
            assert "ok" in await socket.reply_to(number)

    await asyncio.gather(
        write(visitor, "v"), write(second, "w"), write(ana, "a"), write(ben, "n", do="add_note")
    )
    heard = {
        name: socket.entries()
        for name, socket in {"visitor": visitor, "second": second, "ana": ana, "ben": ben}.items()
    }
    for name, entries in heard.items():
        positions = [entry["position"] for entry in entries]
        assert positions == list(range(positions[0], positions[0] + len(positions))), name
        for writer in "vwa":
            assert words(entries, writer) == [f"{writer}{n}" for n in range(EACH)], (name, writer)
    assert len(heard["ana"]) == len(heard["ben"]) == 4 * EACH
    assert len(heard["visitor"]) == len(heard["second"]) == 3 * EACH
    assert [entry["mark"] for entry in heard["visitor"]] == [entry["mark"] for entry in heard["second"]]
    shown = [entry["mark"] for entry in heard["ana"] if entry["kind"] != "note"]
    assert shown == [entry["mark"] for entry in heard["visitor"]]


async def test_a_senders_order_is_kept_while_the_chat_is_closed_and_reopened_beneath_them(
    scene: tuple[Running, House, Socket, Socket, str],
) -> None:
    _, _, ana, visitor, chat = scene
    await ana.ok("open_conversation", conversation=chat)
    asked: list[int] = []

    async def write() -> None:
        for n in range(EACH):
            asked.append(visitor.send("post_message", conversation=chat, client_id=str(uuid4()), body=f"{n}"))
            await asyncio.sleep(0.001 if n % 3 else 0.02)

    async def close_again_and_again(writing: "asyncio.Task[None]") -> None:
        while not writing.done():
            await ana.ask("close_conversation", conversation=chat, client_id=str(uuid4()))

    writing = asyncio.create_task(write())
    await close_again_and_again(writing)
    for number in asked:
        assert "ok" in await visitor.reply_to(number)
    await caught_up(visitor, await head_of(visitor, chat))
    entries = visitor.entries()
    positions = [entry["position"] for entry in entries]
    assert positions == list(range(positions[0], positions[0] + len(positions)))
    said = [entry["body"]["text"] for entry in entries if entry["kind"] == "message"]
    assert said == [f"{n}" for n in range(EACH)]
    assert sum(entry["kind"] == "reopened" for entry in entries) > 1, "the chat was closed beneath them"


async def test_the_first_event_of_a_chat_follows_the_reply_that_opened_it_without_a_gap(
    scene: tuple[Running, House, Socket, Socket, str],
) -> None:
    desk, shop, ana, visitor, chat = scene
    posts = [
        visitor.send("post_message", conversation=chat, client_id=str(uuid4()), body=f"{n}")
        for n in range(60)
    ]
    readers = []
    for n in range(6):
        await visitor.reply_to(posts[n * 10])
        readers.append(await desk.visitor(shop.site, visitor.token))
        answer = await ana.ok("open_conversation", conversation=chat)
        assert answer["snapshot"]["position"] >= n * 10
    await visitor.reply_to(posts[-1])
    last = await head_of(visitor, chat)
    for reader in readers:
        start = int(reader.welcome["conversation"]["position"])
        if start < last:
            await caught_up(reader, last)
        assert [entry["position"] for entry in reader.entries()] == list(range(start + 1, last + 1))
