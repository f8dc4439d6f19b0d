"""Guarantee 9, at the doors: an id alone opens nothing, nothing is done before hello, only commands of the
table do anything, and what is malformed changes nothing and ends no socket."""

import asyncio
import json
import random
import string
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from agents.consumers import StaffConsumer
from support_chat.desk import db
from support_chat.desk.models import Change, Conversation, Entry, Reader, Topic, Visitor
from support_chat.live.frames import AGENT_COMMANDS, VISITOR_COMMANDS
from tests.desk.by_http import ByHttp
from tests.desk.people import House, house
from tests.desk.running import Running, Socket, running
from widget.consumers import VisitorConsumer

pytestmark = pytest.mark.django_db(transaction=True)
FACES = {VisitorConsumer: VISITOR_COMMANDS, StaffConsumer: AGENT_COMMANDS}
NEVER = "A" * 22
UNKNOWN = {Socket: "hello_first", ByHttp: "unknown_token"}  # what somebody is told who is not known yet

# A valid value for every field that any command has.
VALUES: dict[str, Any] = {
    "client_id": "00000000-0000-4000-8000-000000000001",
    "body": "Is it open?",
    "after": 0,
    "before": 9,
    "position": 1,
    "typing": True,
    "mode": "reply",
    "email": "eve@mail.example",
    "status": "online",
    "score": 1,
}


def written() -> tuple[object, ...]:
    counts = [each.objects.count() for each in (Entry, Reader, Change, Topic, Visitor)]
    rows = Conversation.objects.order_by("pk").values_list("pk", "state", "owner", "position")
    return (*counts, *rows)


def replies(socket: Socket) -> list[dict[str, Any]]:
    return [frame for frame in socket.frames if "re" in frame]


def fields_of(do: str, face: Any, **given: Any) -> dict[str, Any]:
    """The fields a command cannot do without."""
    frame = FACES[face][do]
    optional = frame.__struct_defaults__
    needed = frame.__struct_fields__[: len(frame.__struct_fields__) - len(optional)]
    return {name: given.get(name, VALUES.get(name)) for name in needed}


async def are_written_down() -> None:
    """That they came was, of every visitor: with a stream it is some time after their hello."""
    while await db.read(Visitor.objects.filter(process="").exists):
        await asyncio.sleep(0.01)


async def nothing_comes(*sockets: Socket) -> None:
    """What was committed so far has come, by streams of their own too."""
    told = None
    while told != (told := [len(each.received) for each in sockets]):
        await asyncio.sleep(0.5)


@pytest.fixture
async def scene(kind: type[Socket]) -> AsyncIterator[tuple[Running, House, Socket, str, Socket]]:
    """A desk, its house, a visitor with a chat, and that chat's agent."""
    shop = await db.run(house)
    ana = await db.run(shop.staff, "ana")
    # That a visitor left, and what the clock does, is written down by nobody's command.
    async with running(kind, settles=60, clock=False) as desk:
        agent, visitor = await desk.staff(ana, status="online"), await desk.visitor(shop.site)
        started = await visitor.ok("start_conversation", client_id=str(uuid4()), body="Hello")
        chat = started["conversation"]
        await agent.ok("open_conversation", conversation=chat)
        await are_written_down()
        if kind is ByHttp:
            await nothing_comes(visitor, agent)
        yield desk, shop, visitor, chat, agent


Scene = tuple[Running, House, Socket, str, Socket]


async def test_a_visitor_with_anothers_chat_gets_the_answer_of_one_that_never_was(scene: Scene) -> None:
    desk, shop, _, chat, _ = scene
    stranger = await desk.visitor(shop.site)
    named = [
        do
        for do in VISITOR_COMMANDS
        if do != "skip" and "conversation" in VISITOR_COMMANDS[do].__struct_fields__
    ]
    await are_written_down()
    before = await db.run(written)
    for do in named:
        replies = []
        for conversation in (chat, NEVER):
            number = stranger.send(do, **fields_of(do, VisitorConsumer, conversation=conversation))
            await stranger.reply_to(number)
            text = next(frame for frame in stranger.received if frame.startswith(f'{{"re":{number},'))
            replies.append(text.replace(f'"re":{number},', ""))
        assert replies[0] == replies[1], do
        assert '"code":"not_found"' in replies[0], do
    for topic in (f"conversation:{chat}", f"read:{chat}:agent", f"queue:{shop.queue.public_id}", "agent:x"):
        assert await stranger.refused("refresh", topic=topic) == "not_found"
    assert await db.run(written) == before
    assert len(named) >= 6


async def test_nothing_of_another_visitors_chat_reaches_who_asked_for_it(scene: Scene) -> None:
    desk, shop, visitor, chat, agent = scene
    stranger = await desk.visitor(shop.site)
    await stranger.refused("resume", conversation=chat, after=0)
    for room in ("GENERAL", "agents", "hints", shop.queue.public_id, shop.site.public_key):
        assert await stranger.refused("resume", conversation=room, after=0) == "not_found"
    for socket in (visitor, agent):
        posted = {"conversation": chat, "client_id": str(uuid4()), "body": "canary"}
        await socket.ok("post_message", **posted)
    await stranger.ok("beat")
    assert not any("canary" in frame for frame in stranger.received)
    assert any("canary" in frame for frame in visitor.received)


@pytest.mark.parametrize("face", FACES)
async def test_before_hello_every_command_is_refused_and_none_has_an_effect(scene: Scene, face: Any) -> None:
    desk, _, _, chat, _ = scene
    socket = await desk.connect(face)
    before = await db.run(written)
    for do in FACES[face]:
        if do != "hello":
            fields = {"topic": f"conversation:{chat}"} if do == "refresh" else {}
            fields = fields or fields_of(do, face, conversation=chat)
            assert await socket.refused(do, **fields) == UNKNOWN[type(socket)], do
    assert await db.run(written) == before
    assert all('"error"' in frame for frame in socket.received)


def names_to_try() -> list[str]:
    """What else might be called: our own methods and events, Python's, and five hundred others."""
    ours = [name for face in FACES for name in dir(face)]
    known = [
        *(
            "base",
            "__class__",
            "websocket.disconnect",
            "websocket_connect",
            "welcome",
            "_x",
            "",
            "HELLO",
            "hello ",
        ),
        *("entry_added", "inbox_changed", "hint", "hints", "publish", "x" * 64, "post_message\n", "../hello"),
    ]
    chance = random.Random(6)
    letters = string.ascii_letters + "_.-"
    return [*ours, *known, *("".join(chance.choices(letters, k=chance.randint(1, 20))) for _ in range(200))]


@pytest.mark.parametrize("face", FACES)
async def test_nothing_that_is_not_in_the_table_can_be_called(scene: Scene, face: Any) -> None:
    _, _, visitor, _, agent = scene
    socket = {VisitorConsumer: visitor, StaffConsumer: agent}[face]
    before, told = await db.run(written), len(replies(socket))
    names = sorted(set(names_to_try()) - set(FACES[face]))
    answers = {name: await socket.ask(name) for name in names}
    assert {answer["error"]["code"] for answer in answers.values()} == {"unknown_command"}
    assert len({json.dumps(answer["error"]) for answer in answers.values()}) == 1, "one answer, fixed words"
    assert await socket.ok("beat")
    assert len(replies(socket)) == told + len(names) + 1
    assert await db.run(written) == before


# What may come instead of a text frame that is a command. None is told by `id`, or the socket would not know.
POISON = {
    "no JSON": "{",
    "an array": '["post_message"]',
    "a name that is a list": '{"id":900,"do":["hello"]}',
    "a name that is too long": '{"id":900,"do":"' + "x" * 10_000 + '"}',
    "no id": '{"do":"beat"}',
    "an id below zero": '{"id":-1,"do":"beat"}',
    "an id beyond counting": '{"id":1180591620717411303424,"do":"beat"}',
    "five thousand digits": '{"id":900,"do":"beat","with":' + "9" * 5_000 + "}",
    "NaN": '{"id":NaN,"do":"beat"}',
    "a hundred thousand brackets": "[" * 100_000,
    "nested too deep": '{"id":900,"do":"beat","with":' + '{"a":' * 30 + "1" + "}" * 31,
    "a field of no command": '{"id":900,"do":"beat","with":{},"as":"owner"}',
}
FIELDS: dict[str, tuple[str, Any]] = {
    "NUL": ("body", '"a\\u0000b"'),
    "a lone surrogate": ("body", '"\\ud800"'),
    "a number": ("body", "7"),
    "a list": ("body", '["a"]'),
    "an object": ("body", '{"$ne":""}'),
    "nothing but space": ("body", '" \\n\\t "'),
    "empty": ("body", '""'),
    "too long": ("body", '"' + "x" * 8_001 + '"'),
    "an id that is none": ("client_id", '"1"'),
    "an id in capitals": ("client_id", '"00000000-0000-4000-8000-00000000000A"'),
    "a chat that is a number": ("conversation", "1"),
    "a chat that is a path": ("conversation", '"../1"'),
    "a chat that is everything": ("conversation", '"%"'),
    "another field": ("as_agent", "true"),
}


@pytest.mark.parametrize("face", FACES)
async def test_what_cannot_be_read_is_refused_and_changes_nothing(scene: Scene, face: Any) -> None:
    _, _, visitor, chat, agent = scene
    socket, other = (visitor, agent) if face is VisitorConsumer else (agent, visitor)
    await nothing_comes(visitor, agent)  # that they are here is written down, too
    before, told = await db.run(written), len(other.received)
    for name, text in POISON.items():
        heard = len(replies(socket))
        socket.send_text(text)
        await socket.until(lambda heard=heard: len(replies(socket)) > heard)
        code = replies(socket)[-1]["error"]["code"]
        assert code in ("bad_frame", "too_big", "bad_field"), (name, code)
        await socket.ok("beat")
    for name, (field, value) in FIELDS.items():
        good = {"conversation": f'"{chat}"', "client_id": f'"{uuid4()}"', "body": '"Hello"'}
        fields = ",".join(f'"{key}":{each}' for key, each in {**good, field: value}.items())
        heard = len(replies(socket))
        socket.send_text(f'{{"id":901,"do":"post_message","with":{{{fields}}}}}')
        await socket.until(lambda heard=heard: len(replies(socket)) > heard)
        error = replies(socket)[-1]["error"]
        assert error["code"] in ("bad_field", "bad_frame"), (name, error)
        assert error.get("field", field) == field or name == "another field", (name, error)
        await socket.ok("beat")
    assert await db.run(written) == before
    assert len(other.received) == told, "nobody else heard of it"
    posted = {"conversation": chat, "client_id": str(uuid4()), "body": " still\r\nhere\u2028 "}
    assert await socket.ok("post_message", **posted)
    heard_entry = (await other.event("entry_added"))["entry"]
    assert heard_entry["body"] == {"text": " still\r\nhere\u2028 "}, "byte for byte"


@pytest.mark.parametrize(
    ("field", "value"), [("after", -1), ("after", 2**53), ("after", 1.5), ("after", "1"), ("mark", "")]
)
async def test_a_position_that_is_none_is_refused_by_name(scene: Scene, field: str, value: object) -> None:
    _, _, visitor, chat, agent = scene
    for socket, do in ((visitor, "resume"), (agent, "open_conversation")):
        reply = await socket.ask(do, **{"conversation": chat, "after": 1, field: value})
        assert (reply["error"]["code"], reply["error"]["field"]) == ("bad_field", field)


async def test_each_wrong_hello_has_an_answer_of_its_own_and_makes_nothing(scene: Scene) -> None:
    desk, shop, visitor, _, agent = scene
    elsewhere = await db.run(house, "Elsewhere")
    before = await db.run(written)
    for face, fields, code in [
        (VisitorConsumer, {"site": "nowhere"}, "unknown_site"),
        (VisitorConsumer, {"site": shop.site.public_key, "token": "wrong"}, "unknown_token"),
        (VisitorConsumer, {"site": elsewhere.site.public_key, "token": visitor.token}, "unknown_token"),
        (VisitorConsumer, {"site": shop.site.public_key, "token": agent.token}, "unknown_token"),
        (VisitorConsumer, {}, "bad_field"),
        (StaffConsumer, {"token": "wrong"}, "unknown_token"),
        (StaffConsumer, {"token": visitor.token}, "unknown_token"),
        (StaffConsumer, {}, "unknown_token"),
    ]:
        socket = await desk.connect(face)
        assert await socket.refused("hello", **fields) == code, fields
    assert await db.run(written) == before
