"""The engine and both faces' sockets within the test's own process, on the test's own database."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from agents.consumers import StaffConsumer
from support_chat.desk import db, telling
from support_chat.desk.access import Staff
from support_chat.desk.ids import fingerprint, secret_token
from support_chat.desk.models import ApiToken, Site
from support_chat.desk.sockets import DeskSocket
from support_chat.engine import Engine
from support_chat.live.throttle import Throttle
from tests.live.wire import Client
from widget import departures
from widget.consumers import VisitorConsumer

PATIENCE = 30.0  # seconds; what takes longer is broken, also on busy cores


class Socket(Client):
    """One person's socket, welcomed."""

    welcome: dict[str, Any]
    token: str | None = None

    def __init__(self, face: type[DeskSocket]) -> None:
        super().__init__(face)
        self._read: list[dict[str, Any]] = []

    @property
    def frames(self) -> list[dict[str, Any]]:
        self._read += map(json.loads, self.received[len(self._read) :])
        return self._read

    async def until(self, holds: Any) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await asyncio.sleep(0.002)

    async def leave(self) -> None:
        if not self._serving.done():
            self._to_server.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self._serving, PATIENCE)

    async def event(self, name: str, **fields: Any) -> dict[str, Any]:
        """The first event of this name with these fields, heard already or soon."""
        wanted = {"event": name, **fields}
        await self.until(lambda: any(wanted.items() <= each.items() for each in self.events))
        return next(each for each in self.events if wanted.items() <= each.items())

    def entries(self) -> list[dict[str, Any]]:
        """The entries that were told live."""
        return [each["entry"] for each in self.events if each["event"] == "entry_added"]


@dataclass
class Running:
    """A running desk. Sockets opened here are closed with it."""

    engine: Engine
    kind: type[Socket] = Socket  # how people come
    opened: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def visitor(self, site: Site, token: str | None = None, **fields: Any) -> Socket:
        socket = await self.connect(VisitorConsumer)
        known = {"token": token} if token else {}
        socket.welcome = await socket.ok("hello", site=site.public_key, **known, **fields)
        socket.token = token or socket.welcome["token"]
        return socket

    async def staff(self, who: Staff, *, status: str | None = None) -> Socket:
        socket = await self.connect(StaffConsumer)
        socket.token = await db.run(token_for, who)
        socket.welcome = await socket.ok("hello", token=socket.token)
        if status is not None:
            await socket.ok("set_status", status=status)
        return socket

    async def connect(self, face: type[DeskSocket]) -> Socket:
        """A socket that has not said hello."""
        socket = self.kind(face)
        await socket.open()
        self.opened.push_async_callback(socket.leave)
        return socket


def token_for(who: Staff) -> str:
    token = secret_token()
    ApiToken.objects.create(user=who.user, name="tests", sha256=fingerprint(token), scopes=["chat"])
    return token


async def _never(*_: object) -> None:
    await asyncio.Event().wait()


@asynccontextmanager
async def running(
    kind: type[Socket] = Socket, *, settles: float = 0.2, clock: bool = True
) -> AsyncIterator[Running]:
    """Runs a desk while the block runs. Needs a database with real transactions. `settles`: seconds without a
    socket until a visitor has left. Without `clock` nothing is read or written but what sockets ask for."""
    telling._here.__dict__.clear()  # an earlier test's writer went with its database
    engine = Engine()
    DeskSocket.bind(hub=engine.hub, publisher=engine.publisher, throttle=Throttle(enabled=False))
    DeskSocket.journal, DeskSocket.places = engine.journal, engine.places
    with ExitStack() as stopped:
        for name in () if clock else ("run_clock", "run_outbox", "Letterbox.run"):
            stopped.enter_context(patch(f"support_chat.engine.{name}", _never))
        await engine.start()
    desk = Running(engine, kind)
    try:
        with patch.object(departures, "VISITOR_SETTLES", settles):
            async with desk.opened:
                yield desk
    finally:
        await engine.stop()
