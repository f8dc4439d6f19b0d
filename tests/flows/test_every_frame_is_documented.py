"""Whatever is said between the server and people is in the AsyncAPI document, whole, and nothing else is."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from agents.consumers import StaffConsumer
from support_chat.asyncapi.faces import FACES
from support_chat.desk import db
from support_chat.desk.search.keeping import keep_up
from support_chat.desk.sockets import DeskSocket
from tests.desk.identities import key_of, signed
from tests.desk.running import Socket, running
from tests.flows.scenes_of_a_team import be_invited, be_merged, be_put_in_order, be_together, once, works
from tests.flows.stage import Stage, asks, does, hears, kinds, row, says, set_stage
from tests.live.documented import validator
from widget.consumers import VisitorConsumer

pytestmark = pytest.mark.django_db(transaction=True)
WHERE = {"page": "https://shop.example/doors", "referrer": "https://search.example/?q=doors"}
UNHEARD = {"agent.unanswered"}  # told after minutes
UNANSWERED = {"visitor.sign_out.ok"}  # the socket may be closed before


class Noted(Socket):
    """A socket whose every frame is kept, with what it answers."""

    everybody: list["Noted"] = []

    def __init__(self, face: type[DeskSocket]) -> None:
        super().__init__(face)
        self.role = "visitor" if face is VisitorConsumer else "agent"
        self.asked: dict[int, dict[str, Any]] = {}
        self.everybody.append(self)

    def send(self, do: str, **fields: Any) -> int:
        number = super().send(do, **fields)
        self.asked[number] = {"id": number, "do": do, "with": fields}
        return number

    def noted(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every frame with the name of its message."""
        for ask in self.asked.values():
            if self.was_understood(ask):
                yield f"{self.role}.{ask['do']}", ask
        for frame in self.frames:
            if "event" in frame:
                yield f"{self.role}.{frame['event']}", frame
            else:
                ask = self.asked[frame["re"]]
                did = f"{ask['do']}.ok" if "ok" in frame else f"{ask['do']}.refused"
                yield f"{self.role}.{did if known(self.role, ask) else 'refused'}", frame

    def was_understood(self, ask: dict[str, Any]) -> bool:
        """Whether it was a command of this side with fields that it may have."""
        refused = [
            frame["error"]["code"]
            for frame in self.frames
            if frame.get("re") == ask["id"] and "error" in frame
        ]
        return not {"bad_field", "unknown_command"} & set(refused)


def known(role: str, ask: dict[str, Any]) -> bool:
    return any(ask["do"] in face.commands for face in FACES if face.name == role)


async def test_every_command_every_reply_and_every_event_is_as_the_document_says(settings: Any) -> None:
    Noted.everybody = []
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    async with running(Noted) as desk:
        stage = await set_stage(desk)
        ana = await stage.agent("ana", capacity=1)
        ben = await stage.agent("ben", status="away")
        await talk(stage, ana)
        held = await wait_and_be_taken(stage, ana)
        assert (
            await ben.refused("accept_conversation", conversation=held, client_id=str(uuid4())) == "changed"
        )
        await be_refused(stage, ana)
        await be_handed_round(await set_stage(desk))
        await be_together(await set_stage(desk))
        await be_invited(await set_stage(desk))
        await leave_word(await set_stage(desk))
        await be_known(await set_stage(desk))
        await be_put_in_order(await set_stage(desk))
        await be_merged(await set_stage(desk))
    frames = [pair for socket in Noted.everybody for pair in socket.noted()]
    wrong = [
        f"{name} {error.json_path}: {error.message}"
        for name, frame in frames
        for error in validator(name, closed=True).iter_errors(frame)
    ]
    assert wrong == []
    said = {name for name, _ in frames}
    carried_out = {f"{face.name}.{name}.ok" for face in FACES for name in face.commands}
    heard = {f"{face.name}.{name}" for face in FACES for name in face.events}
    assert carried_out - said <= UNANSWERED
    assert heard - said == UNHEARD


async def finds(stage: Stage, ana: Socket, chat: str) -> None:
    """Canned replies, and what was said."""
    hello = await db.run(stage.shop.reply, "hello", "Hello!")
    await ana.ok("pick_reply", conversation=chat, reply=hello.public_id, typed="hel", position=4)
    await ana.ok("find_replies", conversation=chat, typed="hel")
    await db.run(keep_up)
    assert (await ana.ok("search", query="paid"))["found"]
    assert await ana.refused("search", query="foo:") == "bad_query"


async def talk(stage: Stage, ana: Socket) -> None:
    """A chat from its beginning to its end, with everything that people do in it, where mail works."""
    await db.run(works, stage.shop.site)
    vera = await stage.visitor()
    chat = await asks(vera)
    await row(ana, chat, lambda row: row["state"] == "active")
    await ana.ok("open_conversation", conversation=chat)
    await ana.ok("set_typing", conversation=chat, typing=True, mode="reply")
    await vera.ok("set_typing", conversation=chat, typing=True, preview="Where")
    question = await says(vera, chat, "Where is my order?")
    answer = await says(ana, chat, "It left this morning.")
    await hears(vera, "It left this morning.")
    await say_otherwise(vera, ana, chat, (question["position"], answer["position"]))
    await ana.ok("add_note", conversation=chat, client_id=str(uuid4()), body="Paid.")
    await ana.ok("mark_read", conversation=chat, position=4)
    await finds(stage, ana, chat)
    await begin_a_draft(stage, ana, chat)
    await vera.ok("visit", **WHERE, zone="Europe/Berlin", hidden=True)
    noted = {"conversation": chat, "text": "Prefers the morning."}
    assert await ana.refused("set_person_note", **noted, read="Anything else") == "note_changed"
    await ana.ok("set_person_note", **noted)
    await vera.ok("mark_read", conversation=chat, position=5)
    await vera.event("read")
    await ana.event("read", by={"role": "visitor"})
    for person, command in ((vera, "resume"), (ana, "open_conversation")):
        await catch_up(person, command, chat)
    await stage.visitor(vera.token)
    await does(ana, "close_conversation", chat)
    await stage.visitor(vera.token)
    await ana.ok("reopen_conversation", conversation=chat, client_id=str(uuid4()), expect={"state": "closed"})
    await does(vera, "end_conversation", chat)
    await look_back(vera, chat)
    await ana.ok("open_conversation", conversation=chat)
    again = await asks(vera, "One more thing")
    await ana.ok("open_conversation", conversation=again)
    await vera.ok("start_conversation", client_id=str(uuid4()), body="And another")
    await ana.ok("leave_conversation", conversation=chat)
    await does(vera, "end_conversation", again)


async def begin_a_draft(stage: Stage, ana: Socket, chat: str) -> None:
    draft = {"conversation": chat, "mode": "reply"}
    await ana.ok("save_draft", **draft, text="It will be")
    assert await ana.ok("save_draft", **draft, text="It", version=0) == {"version": 1, "text": "It will be"}
    other = await stage.desk.connect(StaffConsumer)
    assert (await other.ok("hello", token=ana.token))["drafts"]
    assert (await other.ok("open_conversation", conversation=chat))["drafts"]


async def catch_up(person: Socket, command: str, chat: str) -> None:
    await person.ok(command, conversation=chat, after=1)
    await person.ok(command, conversation=chat, after=1_000)
    await person.ok("page", conversation=chat, before=3)
    await person.ok("skip", conversation=chat, client_id=str(uuid4()))
    heads = (await person.ok("beat"))["heads"]
    for topic in [each for each in heads if not each.startswith("conversation:")]:
        await person.ok("refresh", topic=topic)


async def look_back(vera: Socket, chat: str) -> None:
    """How it was, and a transcript by mail."""
    await vera.ok("rate_conversation", **once(chat), score=4, comment="Quick!")
    await vera.ok("leave_email", **once(chat), email="vera@mail.example")
    await vera.ok("email_transcript", **once(chat))
    await vera.until(lambda: kinds(vera)[-1:] == ["emailed"])


async def say_otherwise(vera: Socket, ana: Socket, chat: str, said: tuple[int, int]) -> None:
    """Each changes their own message, and takes it back."""
    for person, position in zip((vera, ana), said, strict=True):
        await person.ok("edit_message", **once(chat), position=position, body="In other words.")
        await person.ok("retract_message", **once(chat), position=position)


async def wait_and_be_taken(stage: Stage, ana: Socket) -> str:
    """A chat that waits until an agent accepts it, and whose visitor goes; its id."""
    await ana.ok("set_status", status="away", until=60)
    wim = await stage.visitor()
    chat = await asks(wim)
    await wim.event("queue_moved")
    await row(ana, chat, lambda row: row["state"] == "queued")
    kept = {"client_id": str(uuid4()), "email": "wim@mail.example"}
    await wim.ok("keep_place", conversation=chat, **kept)
    await does(ana, "accept_conversation", chat)
    await ana.ok("open_conversation", conversation=chat)
    await wim.leave()
    await ana.event("visitor_changed", conversation=chat)
    await ana.ok("set_status", status="online")
    return chat


async def be_refused(stage: Stage, ana: Socket) -> None:
    """Each side asks for what it may not have."""
    xeno = await stage.visitor()
    chat = await asks(xeno)
    once = str(uuid4())
    await xeno.ok("post_message", conversation=chat, client_id=once, body="One")
    assert await xeno.refused("post_message", conversation=chat, client_id=once, body="Two") == "id_reused"
    assert await xeno.refused("post_message", conversation=chat, client_id="x", body="") == "bad_field"
    assert await xeno.refused("set_status", status="away") == "unknown_command"
    assert await xeno.refused("hello", site="x") == "already_welcomed"
    assert await xeno.refused("page", conversation="x", before=1) == "not_found"
    assert await ana.refused("post_message", conversation=chat, client_id=once, body="Hi") == "not_allowed"
    assert await ana.refused("accept_conversation", conversation=chat, client_id=once) == "at_capacity"


async def be_handed_round(stage: Stage) -> None:
    """Two chats that are put in order, given, offered, handed over and put back."""
    kim, lou = await stage.agent("kim", capacity=1), await stage.agent("lou", status="away")
    sue = await stage.desk.staff(await db.run(stage.shop.staff, "sue", role="supervisor"))
    first, second = [await asks(await stage.visitor()) for _ in range(2)]
    await row(kim, first, lambda row: row["state"] == "active")
    await does(kim, "look_up", first)
    for chat in (first, second):
        await sue.ok("explain", conversation=chat)
    await sue.ok("set_priority", **once(second), priority="urgent", reason="Paid, and not delivered")
    await sue.ok("move_to_front", **once(second), reason="Leaves for the airport")
    said = {"conversations": [second], "client_id": str(uuid4()), "body": "We are slow today."}
    assert await sue.ok("notify_waiting", **said) == {"chats": 1}
    assert (await sue.ok("oversee"))["moves"]
    given = {**once(second), "to_agent": lou.welcome["agent"]["id"], "reason": "Lou knows it"}
    assert await sue.refused("assign_conversation", **given) == "unavailable"
    await sue.ok("assign_conversation", **given, force=True)
    await lou.ok("set_status", status="online")
    await hand_over(stage, kim, lou, first)
    await sue.ok("assign_conversation", **{**given, **once(first)})
    await kim.event("conversation_left")
    await kim.ok("set_status", status="away", until=600, cause="chosen")
    await lou.ok("set_status", status="offline", chats="return", note="Both were sent twice.")
    assert await lou.refused("accept_conversation", **once(first)) == "not_next"
    await does(lou, "accept_conversation", second)


async def hand_over(stage: Stage, kim: Socket, lou: Socket, chat: str) -> None:
    """To a colleague, who declines it; then to their queue, where nobody else is."""
    await lou.ok("open_conversation", conversation=chat)
    to, note = lou.welcome["agent"]["id"], "Order 1042 was sent twice."
    await kim.ok("transfer_conversation", **once(chat), to_agent=to, note=note)
    await lou.event("offered", conversation=chat)
    await lou.ok("decline_conversation", **once(chat), reason="I am on the phone")
    await lou.event("offer_withdrawn", conversation=chat)
    await lou.ok("set_status", status="away")
    await kim.ok("transfer_conversation", **once(chat), to_queue=stage.shop.queue.public_id)
    await row(kim, chat, lambda row: row["wanted"] == stage.shop.queue.public_id)
    await lou.ok("set_status", status="online")


async def leave_word(stage: Stage) -> None:
    """A site that takes no chats, and what is left there."""
    sam = await stage.desk.staff(await db.run(stage.shop.staff, "sam", role="supervisor"))
    await db.run(works, stage.shop.site)
    vera, site = await stage.visitor(), stage.shop.site.public_key
    await sam.ok("set_notice", site=site, text="Parcels are late.")
    await sam.ok("pause", site=site, text="We are moving.", until=60)
    await vera.event("availability_changed", why="paused")
    start = {"client_id": str(uuid4()), "body": "Where is it?"}
    assert await vera.refused("start_conversation", **start) == "closed_for_now"
    form = {"email": "vera@shop.example", "name": "Vera"}
    chat = (await vera.ok("start_conversation", **start, form=form))["conversation"]
    await row(sam, chat, lambda row: row["reply_to"] is not None)
    await sam.ok("open_conversation", conversation=chat)
    await sam.ok("resume_chats", site=site)
    await vera.ok("forget")
    assert await sam.refused("pause", site="x", text="") == "not_found"


async def be_known(stage: Stage) -> None:
    """Somebody whom their website knows comes with a second device, and signs out there."""
    site, key = stage.shop.site, await db.run(key_of, stage.shop)
    phone = await stage.desk.visitor(site, None, identity=signed(key))
    laptop = await stage.visitor()
    await laptop.ok("set_attributes", attributes={"plan": "pro"})
    await laptop.ok("renew_handle")
    await asks(laptop)
    known = await stage.desk.visitor(site, laptop.token, identity=signed(key))
    await laptop.event("signed_out")
    await phone.event("come_again")
    known.send("sign_out")
    await known.until(lambda: known.close_code == 4401)
