"""Whatever is said between the server and people is in the AsyncAPI document, whole, and nothing else is."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from support_chat.asyncapi.faces import FACES
from support_chat.desk.sockets import DeskSocket
from tests.desk.running import Socket, running
from tests.flows.stage import Stage, asks, does, hears, row, says, set_stage
from tests.live.documented import validator
from widget.consumers import VisitorConsumer

pytestmark = pytest.mark.django_db(transaction=True)
# Told when a connection was lost for good: whoever it is told to is not there to hear it.
UNHEARD = {"agent.conversation_left"}


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


async def test_every_command_every_reply_and_every_event_is_as_the_document_says() -> None:
    Noted.everybody = []
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
    assert carried_out - said == set()
    assert heard - said == UNHEARD


async def talk(stage: Stage, ana: Socket) -> None:
    """A chat from its beginning to its end, with everything that people do in it."""
    vera = await stage.visitor()
    chat = await asks(vera)
    await row(ana, chat, lambda row: row["state"] == "active")
    await ana.ok("open_conversation", conversation=chat)
    await ana.ok("set_typing", conversation=chat, typing=True, mode="reply")
    await vera.ok("set_typing", conversation=chat, typing=True, preview="Where")
    await says(vera, chat, "Where is my order?")
    await says(ana, chat, "It left this morning.")
    await hears(vera, "It left this morning.")
    await ana.ok("add_note", conversation=chat, client_id=str(uuid4()), body="Paid.")
    await ana.ok("mark_read", conversation=chat, position=4)
    await vera.ok("mark_read", conversation=chat, position=5)
    await vera.event("read")
    await ana.event("read", by={"role": "visitor"})
    for person, catch_up in ((vera, "resume"), (ana, "open_conversation")):
        await person.ok(catch_up, conversation=chat, after=1)
        await person.ok(catch_up, conversation=chat, after=1_000)
        await person.ok("page", conversation=chat, before=3)
        await person.ok("skip", conversation=chat, client_id=str(uuid4()))
        heads = (await person.ok("beat"))["heads"]
        for topic in [each for each in heads if not each.startswith("conversation:")]:
            await person.ok("refresh", topic=topic)
    await stage.visitor(vera.token)
    await does(ana, "close_conversation", chat)
    await stage.visitor(vera.token)
    await ana.ok("reopen_conversation", conversation=chat, client_id=str(uuid4()), expect={"state": "closed"})
    await does(vera, "end_conversation", chat)
    again = await asks(vera, "One more thing")
    await ana.ok("open_conversation", conversation=again)
    await vera.ok("start_conversation", client_id=str(uuid4()), body="And another")
    await ana.ok("leave_conversation", conversation=chat)
    await does(vera, "end_conversation", again)


async def wait_and_be_taken(stage: Stage, ana: Socket) -> str:
    """A chat that waits until an agent accepts it, and whose visitor goes; its id."""
    await ana.ok("set_status", status="away", until=60)
    wim = await stage.visitor()
    chat = await asks(wim)
    await wim.event("queue_moved")
    await row(ana, chat, lambda row: row["state"] == "queued")
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
