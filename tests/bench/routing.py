"""From a cause to the agent's screen, chats given in a second, and places told to a long line."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psycopg

from tests.bench.ground import Ground, database, ground
from tests.bench.house import House, build_for
from tests.bench.options import Options
from tests.bench.spread import Spread
from tests.bench.table import show
from tests.bench.wire import Socket
from tests.services.served import ROOT, own_environment

AGENTS, WAITING, CLOSES = 100, 1_000, 200
PACE = 0.05  # seconds between two closes: what comes of the one is over before the next
MANY, ROOM = 2_000, 40  # chats given as fast as it goes, and the room of each agent
READY = 20.0  # seconds until all processes have come up
LINES = (1_250, 2_500, 5_000)
INSIDE = "import json; from tests.bench import line; print(json.dumps(line.{call}))"


def run(options: Options) -> None:
    """On PostgreSQL: its locks are the ones that can stand in the way."""
    to_screen, cpu = _to_screen()
    show(
        f"From a close to the next chat on the agent's screen; {AGENTS} agents, {WAITING} waiting",
        ("closes", "p50 ms", "p95 ms", "p99 ms", "server's CPU ms"),
        [(len(to_screen.seconds), *(to_screen.at(share) for share in (0.5, 0.95, 0.99)), cpu)],
    )
    show("Chats given, as fast as it goes", ("processes", "chats", "a second", "deadlocks"), _given())
    show("Places told after the first one left", ("waiting", "told", "ms", "µs each"), _looked_at())


def _inside(url: str, *calls: str) -> list[Any]:
    """What these functions of line.py return, called at once, each by a process that is on that database."""
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "--command"]
    started = [
        subprocess.Popen(
            [*command, INSIDE.format(call=call)],
            env=own_environment(url),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for call in calls
    ]
    return [json.loads(child.communicate()[0]) for child in started]


def _to_screen() -> tuple[Spread, float]:
    with database("postgresql") as (url, _):
        house = build_for(url, AGENTS * 50)
        _inside(url, f"wait({house.key!r}, {AGENTS + WAITING}, 1)")
        with ground("postgresql", "daphne", url, None) as there:
            return asyncio.run(_close_and_be_given(there, house))


@dataclass
class Screen:
    """An agent's console: which chat they have, as far as it was told them."""

    socket: Socket
    chats: set[str] = field(default_factory=set)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        mine = f'"agent":{{"id":"{self.socket.me}"'
        async for frame in self.socket.connection:
            text = str(frame)
            if text.startswith('{"event":"inbox_changed"') and mine in text:
                self._take(json.loads(text)["rows"])

    def _take(self, rows: Sequence[dict[str, Any]]) -> None:
        mine = {row["conversation"] for row in rows if (row["agent"] or {}).get("id") == self.socket.me}
        if mine - self.chats:
            self.chats |= mine
            self.came.set()

    async def close_one(self) -> float:
        """Close the chat they have; seconds until the next one is there."""
        self.came.clear()
        chat, began = self.chats.copy().pop(), time.perf_counter()
        what = {"conversation": chat, "client_id": str(uuid4())}
        await self.socket.connection.send(json.dumps({"id": 9, "do": "close_conversation", "with": what}))
        await self.came.wait()
        seconds = time.perf_counter() - began
        self.chats.discard(chat)
        return seconds


async def _close_and_be_given(there: Ground, house: House) -> tuple[Spread, float]:
    """The times, and the processor time of one, in milliseconds."""
    screens = [await _screen(there, token) for token in house.tokens]
    readers = [asyncio.create_task(screen.read()) for screen in screens]
    for screen in screens:
        await screen.came.wait()
    await asyncio.sleep(2.0)
    spread, used = Spread(), there.agents.cpu
    for number in range(CLOSES):
        spread.seconds.append(await screens[number % len(screens)].close_one())
        await asyncio.sleep(PACE)
    used = 1000 * (there.agents.cpu - used) / CLOSES
    for reader in readers:
        reader.cancel()
    for screen in screens:
        await screen.socket.close()
    return spread, used


async def _screen(there: Ground, token: str) -> Screen:
    socket = await Socket.open(f"{there.agents.url}/ws/agent")
    socket.me = (await socket.ask("hello", token=token))["agent"]["id"]
    screen = Screen(socket)
    await socket.ask("set_status", status="online")
    for event in socket.events:
        screen._take(event.get("rows", ()))
    return screen


def _given() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for processes in (1, 3):
        with database("postgresql") as (url, _):
            house = build_for(url, AGENTS * 50)
            _inside(url, f"wait({house.key!r}, {MANY}, {ROOM})")
            _inside(url, "come()")
            began = time.time() + READY
            done = _inside(url, *[f"give({house.key!r}, {began})"] * processes)
            seconds = max(each["ended"] for each in done) - began
            given = sum(each["given"] for each in done)
            rows.append((processes, given, given / seconds, _deadlocks(url)))
    return rows


def _deadlocks(url: str) -> int:
    asks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    with psycopg.connect(url) as connection:
        return int((connection.execute(asks).fetchone() or (0,))[0])


def _looked_at() -> list[tuple[object, ...]]:
    with database("postgresql") as (url, _):
        house = build_for(url, AGENTS * 50)
        _inside(url, "come()")
        found = _inside(url, f"looks({house.key!r}, {LINES})")[0]
    return [(size, told, 1000 * seconds, 1e6 * seconds / size) for size, told, seconds in found]
