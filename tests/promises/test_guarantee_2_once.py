"""Guarantee 2, of every command with a client_id: one effect, however often and over however many sockets;
and a repetition is known before anybody asks how the chat stands by now, or whose it is."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.models import Entry
from tests.desk.people import House, house
from tests.desk.running import Running, Socket, running

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Scene:
    """A visitor with two windows, Ana with two, and Ben; a chat that waits."""

    desk: Running
    shop: House
    visitor: list[Socket]
    ana: list[Socket]
    ben: Socket
    chat: str

    async def kinds(self) -> list[str]:
        rows = Entry.objects.filter(conversation__public_id=self.chat).order_by("position")
        return await db.run(lambda: list(rows.values_list("kind", flat=True)))

    def once(self, **more: Any) -> dict[str, Any]:
        return {"conversation": self.chat, "client_id": str(uuid4()), **more}


@pytest.fixture
async def scene(kind: type[Socket]) -> AsyncIterator[Scene]:
    shop = await db.run(house)
    people = [await db.run(shop.staff, name) for name in ("ana", "ben")]
    async with running(kind) as desk:
        first = await desk.visitor(shop.site)
        visitor = [first, await desk.visitor(shop.site, first.token)]
        ana, ben = [await desk.staff(people[0]) for _ in range(2)], await desk.staff(people[1])
        started = await first.ok("start_conversation", client_id=str(uuid4()), body="Hello")
        yield Scene(desk, shop, visitor, ana, ben, started["conversation"])


async def many(sockets: list[Socket], do: str, **fields: Any) -> dict[str, Any]:
    """One command ten times over these sockets, all at once; the one answer to all of them."""
    asked = [(socket, socket.send(do, **fields)) for _ in range(5) for socket in sockets]
    replies = [(await socket.reply_to(number)) for socket, number in asked]
    for reply in replies:
        assert reply.get("ok") == replies[0].get("ok"), replies
    return dict(replies[0]["ok"])


async def test_every_command_takes_effect_once_and_is_answered_alike_every_time(scene: Scene) -> None:
    visitor, ana = scene.visitor, scene.ana
    asked: list[tuple[list[Socket], str, dict[str, Any]]] = [
        (visitor, "post_message", scene.once(body="Anybody there?")),
        (ana, "add_note", scene.once(body="She asked before.")),
        (ana, "accept_conversation", scene.once()),
        (ana, "post_message", scene.once(body="Here I am.")),
        (visitor, "end_conversation", scene.once()),
        (ana, "reopen_conversation", scene.once()),
        (ana, "close_conversation", scene.once()),
        (visitor, "post_message", scene.once(body="One more thing")),
    ]
    first = [await many(sockets, do, **fields) for sockets, do, fields in asked]
    kinds = await scene.kinds()
    assert kinds == [
        *("opened", "message", "message", "note", "assigned", "message", "closed"),
        *("reopened", "assigned", "closed", "reopened", "message"),
    ]
    again = [await many(sockets, do, **fields) for sockets, do, fields in asked]
    assert again == first, "answered as at first, though the chat has gone on since"
    assert await scene.kinds() == kinds


async def test_the_same_id_with_another_content_is_refused_whatever_else_would_be_wrong(
    scene: Scene,
) -> None:
    visitor, ana = scene.visitor[0], scene.ana[0]
    said, note, taken, closing = (scene.once() for _ in range(4))
    await visitor.ok("post_message", **said, body="This.")
    await ana.ok("add_note", **note, body="This.")
    await ana.ok("accept_conversation", **taken)
    await ana.ok("close_conversation", **closing)
    await ana.ok("set_status", status="away")
    kinds = await scene.kinds()
    for socket, do, fields in [
        (visitor, "post_message", {**said, "body": "That."}),
        (visitor, "end_conversation", said),
        (ana, "add_note", {**note, "body": "That."}),
        (ana, "post_message", {**note, "body": "This."}),
        (ana, "accept_conversation", closing),
        (ana, "close_conversation", taken),
        (ana, "reopen_conversation", closing),
    ]:
        assert await socket.refused(do, **fields) == "id_reused", do
    assert await scene.kinds() == kinds


async def test_an_id_is_its_authors_own_in_its_own_chat(scene: Scene) -> None:
    same = scene.once(body="Me first.")
    await scene.visitor[0].ok("post_message", **same)
    await scene.ana[0].ok("add_note", **same)
    await scene.ben.ok("add_note", **same)
    other = await scene.desk.visitor(scene.shop.site)
    started = await other.ok("start_conversation", client_id=same["client_id"], body="And I")
    assert started["conversation"] != scene.chat
    assert (await scene.kinds())[2:] == ["message", "note", "note"]


async def test_who_has_lost_the_chat_still_learns_what_became_of_their_message(scene: Scene) -> None:
    ana, said = scene.ana[0], scene.once(body="I will look it up.")
    await ana.ok("accept_conversation", **scene.once())
    first = await ana.ok("post_message", **said)
    await ana.ok("close_conversation", **scene.once())
    await scene.ben.ok("reopen_conversation", **scene.once())
    assert await ana.ok("post_message", **said) == first
    assert await ana.refused("post_message", **scene.once(body="Something else")) == "not_allowed"


async def test_a_chat_started_from_two_windows_at_once_is_one_chat(scene: Scene) -> None:
    newcomer = await scene.desk.visitor(scene.shop.site)
    windows = [newcomer, *[await scene.desk.visitor(scene.shop.site, newcomer.token) for _ in range(3)]]
    starts = [window.ok("start_conversation", client_id=str(uuid4()), body="Hi") for window in windows]
    chats = {reply["conversation"] for reply in await asyncio.gather(*starts)}
    assert len(chats) == 1
    rows = Entry.objects.filter(conversation__public_id=chats.pop()).order_by("position")
    kinds = await db.run(lambda: list(rows.values_list("kind", flat=True)))
    assert kinds == ["opened", *["message"] * 4], "everybody's words are in it, once"
