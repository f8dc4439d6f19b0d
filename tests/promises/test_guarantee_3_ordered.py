"""Guarantee 3: every reader hears positions 1..n, each once; a sender's own order is kept. Also while the
chat is closed and reopened beneath the senders."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.bodies import body_of
from support_chat.desk.models import Conversation
from support_chat.desk.revisions import revised_in
from tests.desk.people import House, house
from tests.desk.running import Running, Socket, running

pytestmark = pytest.mark.django_db(transaction=True)
EACH = 80
PIECES, PIECE = 17, 10  # so many messages each writes before one is changed and one is taken back
Said = list[tuple[int, str | None]]  # where each message stands, and what it says by now


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


def shown(entries: list[dict[str, Any]]) -> Said:
    """What stands on a screen that was told these; None: taken back."""
    said: dict[int, str | None] = {}
    for entry in entries:
        if entry["kind"] == "message":
            said[entry["position"]] = entry["body"]["text"]
        elif entry["kind"] in ("edited", "retracted"):
            said[entry["body"]["of"]] = entry["body"].get("text")
    return [*said.items()]


def stored(chat: str) -> tuple[Said, Said]:
    """What the database says, as staff and as the visitor count."""
    row = Conversation.objects.get(public_id=chat)
    now = revised_in(row)
    rows = row.entries.filter(kind="message", position__gt=2).select_related("body").order_by("position")
    said = [(each, now.get(each.position, body_of(each).get("text"))) for each in rows]
    return [(each.position, text) for each, text in said], [(each.visible, text) for each, text in said]


async def write_and_rewrite(socket: Socket, name: str, chat: str) -> None:
    def asks(do: str, **fields: Any) -> int:
        return socket.send(do, conversation=chat, client_id=str(uuid4()), **fields)

    for piece in range(PIECES):
        asked = [asks("post_message", body=f"{name} {piece * PIECE + n}") for n in range(PIECE)]
        at = [(await socket.reply_to(number))["ok"]["position"] for number in asked]
        changed = asks("edit_message", position=at[2], body=f"{name} {piece}, in other words")
        for number in (changed, asks("retract_message", position=at[6])):
            assert "ok" in await socket.reply_to(number)


async def test_whoever_writes_changes_and_removes_at_once_all_see_the_list_that_the_database_has(
    scene: tuple[Running, House, Socket, Socket, str],
) -> None:
    desk, shop, ana, visitor, chat = scene
    sue = await desk.staff(await db.run(partial(shop.staff, "sue", role="supervisor")), status="online")
    asked = {"conversation": chat, "agent": sue.welcome["agent"]["id"], "client_id": str(uuid4())}
    for staff in (ana, sue):
        await staff.ok("open_conversation", conversation=chat)
    await ana.ok("invite_agent", **asked)
    await sue.ok("join_conversation", conversation=chat, client_id=str(uuid4()))
    people = {"visitor": visitor, "ana": ana, "sue": sue}
    await asyncio.gather(*(write_and_rewrite(socket, name, chat) for name, socket in people.items()))
    for_staff, for_visitor = await db.run(stored, chat)
    assert len(for_staff) == len(for_visitor) == 3 * PIECES * PIECE > 500
    assert sum(text is None for _, text in for_staff) == 3 * PIECES
    for socket, told in ((ana, for_staff), (sue, for_staff), (visitor, for_visitor)):
        await caught_up(socket, await head_of(socket, chat))
        assert shown(socket.entries())[-len(told) :] == told


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
