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
    """A visitor with two windows, Ana and Sue with two, and Ben; a chat that waits."""

    desk: Running
    shop: House
    visitor: list[Socket]
    ana: list[Socket]
    ben: Socket
    sue: list[Socket]
    chat: str

    async def kinds(self) -> list[str]:
        rows = Entry.objects.filter(conversation__public_id=self.chat).order_by("position")
        return await db.run(lambda: list(rows.values_list("kind", flat=True)))

    def once(self, **more: Any) -> dict[str, Any]:
        return {"conversation": self.chat, "client_id": str(uuid4()), **more}

    def to_all(self, body: str) -> dict[str, Any]:
        return {"conversations": [self.chat], "client_id": str(uuid4()), "body": body}


@pytest.fixture
async def scene(kind: type[Socket]) -> AsyncIterator[Scene]:
    shop = await db.run(house)
    people = [await db.run(shop.staff, name) for name in ("ana", "ben")]
    supervisor = await db.run(shop.staff, "sue", role="supervisor")
    async with running(kind) as desk:
        first = await desk.visitor(shop.site)
        visitor = [first, await desk.visitor(shop.site, first.token)]
        ana, ben = [await desk.staff(people[0]) for _ in range(2)], await desk.staff(people[1])
        sue = [await desk.staff(supervisor) for _ in range(2)]
        started = await first.ok("start_conversation", client_id=str(uuid4()), body="Hello")
        yield Scene(desk, shop, visitor, ana, ben, sue, started["conversation"])


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


async def test_every_command_about_whose_turn_it_is_takes_effect_once_and_is_answered_alike(
    scene: Scene,
) -> None:
    ana, sue, ben = scene.ana, scene.sue, [scene.ben]
    await scene.ben.ok("set_status", status="away")
    to_ana, to_ben = (people[0].welcome["agent"]["id"] for people in (ana, ben))
    asked: list[tuple[list[Socket], str, dict[str, Any]]] = [
        (sue, "set_priority", scene.once(priority="high", reason="Not delivered")),
        (sue, "move_to_front", scene.once(reason="Leaves for the airport")),
        (sue, "notify_waiting", scene.to_all("We are slow today.")),
        (sue, "assign_conversation", scene.once(to_agent=to_ana, reason="Ana knows it", force=True)),
        (ana, "look_up", scene.once()),
        (ana, "transfer_conversation", scene.once(to_agent=to_ben, note="Sent twice.")),
        (ben, "decline_conversation", scene.once(reason="On the phone")),
        (ana, "transfer_conversation", scene.once(to_queue=scene.shop.queue.public_id)),
    ]
    first = []
    for sockets, do, fields in asked:
        if do == "look_up":
            await scene.ben.ok("set_status", status="online")  # nobody waits by now
        if "to_queue" in fields:
            await scene.ben.ok("set_status", status="away")  # it would be his at once
        first.append(await many(sockets, do, **fields))
    kinds = await scene.kinds()
    assert kinds == [
        *("opened", "message", "prioritised", "moved", "message", "assigned", "message"),
        *("note", "transferred", "offered", "declined", "transferred"),
    ]
    again = [await many(sockets, do, **fields) for sockets, do, fields in asked]
    assert again == first, "answered as at first, though the chat has gone on since"
    assert await scene.kinds() == kinds


async def test_the_same_id_about_another_turn_is_refused(scene: Scene) -> None:
    ana, sue, ben = scene.ana[0], scene.sue[0], scene.ben
    to_ana, to_ben = (person.welcome["agent"]["id"] for person in (ana, ben))
    moved, sooner, given, looked, handed, let_go = (scene.once() for _ in range(6))
    await sue.ok("move_to_front", **moved, reason="This.")
    await sue.ok("set_priority", **sooner, priority="high", reason="This.")
    notice = scene.to_all("This.")
    await sue.ok("notify_waiting", **notice)
    await sue.ok("assign_conversation", **given, to_agent=to_ana, reason="This.", force=True)
    await ana.ok("look_up", **looked)
    await ben.ok("set_status", status="online")
    await ana.ok("transfer_conversation", **handed, to_agent=to_ben)
    await ben.ok("decline_conversation", **let_go, reason="This.")
    kinds = await scene.kinds()
    for socket, do, fields in [
        (sue, "move_to_front", {**moved, "reason": "That."}),
        (sue, "set_priority", {**sooner, "priority": "low", "reason": "This."}),
        (sue, "assign_conversation", {**given, "to_agent": to_ben, "reason": "This.", "force": True}),
        (sue, "assign_conversation", {**given, "to_agent": to_ana, "reason": "This."}),
        (sue, "notify_waiting", {**notice, "body": "That."}),
        (ana, "look_up", handed),
        (ana, "transfer_conversation", {**handed, "to_agent": to_ben, "note": "With a note"}),
        (ana, "transfer_conversation", {**handed, "to_queue": scene.shop.queue.public_id}),
        (ben, "decline_conversation", let_go),
        (ben, "accept_conversation", let_go),
    ]:
        assert await socket.refused(do, **fields) == "id_reused", do
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
