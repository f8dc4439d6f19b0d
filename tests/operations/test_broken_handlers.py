"""Something of ours fails while it serves somebody: they are told, nobody else notices, nobody is a ghost."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from agents import staff_socket
from agents.consumers import StaffConsumer
from support_chat.desk import db
from support_chat.desk.models import Deadline, Presence
from support_chat.desk.sockets import DeskSocket
from support_chat.live.close_codes import CloseCode
from support_chat.live.measures import closes, refusals
from tests.desk.people import House, house
from tests.desk.running import Running, Socket, running
from widget.consumers import VisitorConsumer

pytestmark = pytest.mark.django_db(transaction=True)
FRAMES = Path(__file__).parents[2] / "fixtures" / "frames"
FACES: dict[str, type[DeskSocket]] = {"visitor": VisitorConsumer, "agent": StaffConsumer}


class OnPurposeError(Exception):
    """What no handler expects."""


async def breaks(*_: object, **__: object) -> Any:
    raise OnPurposeError


def breaks_too(*_: object, **__: object) -> Any:
    raise OnPurposeError


@dataclass
class Scene:
    """An agent and a visitor who chat."""

    desk: Running
    shop: House
    visitor: Socket
    agent: Socket
    chat: str

    async def goes_on(self) -> None:
        """Each says something that the other hears."""
        for author, hearer in ((self.visitor, self.agent), (self.agent, self.visitor)):
            said = {"conversation": self.chat, "body": f"Still here? {uuid4()}"}
            await author.ok("post_message", client_id=str(uuid4()), **said)
            await hearer.until(partial(tells, hearer, said["body"]))


def tells(socket: Socket, words: str) -> bool:
    """Whether this came by its socket."""
    return any(entry["body"].get("text") == words for entry in socket.entries())


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    shop = await db.run(house)
    ana = await db.run(shop.staff, "ana")
    async with running() as desk:
        agent, visitor = await desk.staff(ana, status="online"), await desk.visitor(shop.site)
        started = await visitor.ok("start_conversation", client_id=str(uuid4()), body="Hello")
        await agent.ok("open_conversation", conversation=started["conversation"])
        yield Scene(desk, shop, visitor, agent, started["conversation"])


def here() -> set[str]:
    """Who of the team is here, as the database has it."""
    return set(Presence.objects.values_list("agent__user__username", flat=True))


@pytest.mark.parametrize("role", FACES)
async def test_a_handler_that_breaks_is_answered_failed_and_costs_nobody_their_socket(
    scene: Scene, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    face, before = FACES[role], refusals["failed"]
    commands = [do for do in face.commands if do != "hello"]
    for number, do in enumerate(commands, start=1_000):
        ask = json.loads((FRAMES / f"{role}.command.{do}.json").read_text())["ask"]
        with monkeypatch.context() as patch:
            patch.setitem(face._table, do, face._table[do]._replace(handler=breaks))
            socket: Socket = getattr(scene, role)
            reply = await socket.reply_to(number, json.dumps({**ask, "id": number}))
        assert (reply["error"]["code"], reply["error"]["retry"]) == ("failed", True), do
        assert reply["error"].keys() <= {"code", "message", "retry", "trace"}, do
    assert refusals["failed"] - before == len(commands) >= 9, "as many as an operator can count"
    await scene.goes_on()


async def test_a_hello_that_breaks_may_be_said_again_and_leaves_nobody_here_who_goes(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = await scene.desk.staff(await db.run(scene.shop.staff, "ben"))
    await ben.leave()
    again = await scene.desk.connect(StaffConsumer)
    with monkeypatch.context() as patch:
        patch.setattr(staff_socket, "welcome_words", breaks_too)
        assert await again.refused("hello", token=ben.token) == "failed"
        gives_up = await scene.desk.connect(StaffConsumer)
        assert await gives_up.refused("hello", token=ben.token) == "failed"
    await gives_up.leave()
    await again.ok("hello", token=ben.token)
    assert await db.read(here) == {"ana", "ben"}
    await again.leave()
    assert await db.read(here) == {"ana"}
    await scene.goes_on()


async def test_a_socket_that_breaks_ends_alone_and_its_agent_is_released_though_their_leaving_broke_as_well(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_socket, "LEASE_RENEWED", 0.1)
    ben = await scene.desk.staff(await db.run(scene.shop.staff, "ben"), status="online")
    assert await db.read(here) == {"ana", "ben"}
    before = closes[CloseCode.FAILED]
    with monkeypatch.context() as patch:
        patch.setattr(staff_socket, "agent_left", breaks_too)
        patch.setattr(StaffConsumer, "_heed", breaks)
        ben.send("beat")
        assert await ben.closed() == CloseCode.FAILED
    assert closes[CloseCode.FAILED] - before == 1, "an operator sees it"
    assert not scene.desk.engine.hub.listens_to(f"agent:{ben.welcome['agent']['id']}")
    assert await db.read(here) == {"ana", "ben"}, "a ghost so far"
    keeping = asyncio.create_task(StaffConsumer.keep_presence())
    async with asyncio.timeout(10):
        while await db.read(here) != {"ana"}:
            await asyncio.sleep(0.05)
    keeping.cancel()
    assert await db.read(Deadline.objects.filter(kind="release_agent").count) == 1, "in the grace"
    await scene.goes_on()
