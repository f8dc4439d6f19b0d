"""What any server in Python could do here: E, a bare echo in three frames; C, one durable commit."""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.bench.chats import WORDS
from tests.bench.closed_loop import WARM, WINDOW, Rate, measured
from tests.bench.ground import Running
from tests.bench.spread import Spread
from tests.bench.wire import Socket

Commit = Callable[[], object]
FRAMES = 3  # out, for one in
FRAME = (
    '{{"id":{0},"do":"post_message","with":{{"conversation":"{1}","client_id":"{2}","body":"{3}{0:08d}"}}}}'
)


@dataclass(eq=False)
class EchoLine:
    """One socket of the echo, in the place of one chat."""

    socket: Socket
    sent: int = 0
    frames: int = 0
    open: bool = True
    times: deque[float] = field(default_factory=deque)  # of what is on its way
    spread: Spread = field(default_factory=Spread)

    @property
    def done(self) -> int:
        return self.frames // FRAMES

    async def post(self) -> None:
        self.sent += 1
        self.times.append(time.perf_counter())
        await self.socket.connection.send(FRAME.format(self.sent, "c" * 22, "i" * 36, WORDS))

    async def read(self, window: int) -> None:
        async for frame in self.socket.connection:
            if not str(frame):
                continue
            self.frames += 1
            if self.frames % FRAMES == 0:
                self.spread.seconds.append(time.perf_counter() - self.times.popleft())
            while self.open and self.sent - self.done < window:
                await self.post()


async def echoes_a_second(server: Running, sockets: int, seconds: float) -> Rate:
    """E's messages a second, with the same window in as many sockets."""
    lines = [EchoLine(await Socket.open(f"{server.url}/ws")) for _ in range(sockets)]
    readers = [asyncio.create_task(line.read(WINDOW)) for line in lines]
    for line in lines:
        await line.post()
    await asyncio.sleep(WARM)
    rate = await measured(lambda: sum(line.done for line in lines), server, seconds)
    for line, reader in zip(lines, readers, strict=True):
        reader.cancel()
        await line.socket.close()
    return rate


async def paced_echoes(server: Running, sockets: int, a_second: float, seconds: float) -> Spread:
    """How long E takes from a frame sent to its third answer, at a pace that nobody feels."""
    lines = [EchoLine(await Socket.open(f"{server.url}/ws"), open=False) for _ in range(sockets)]
    readers = [asyncio.create_task(line.read(0)) for line in lines]
    for number in range(round(a_second * seconds)):
        await lines[number % sockets].post()
        await asyncio.sleep(1 / a_second)
    await asyncio.sleep(0.5)
    for line, reader in zip(lines, readers, strict=True):
        reader.cancel()
        await line.socket.close()
    return Spread.of(line.spread for line in lines)


def paced_commits(database_url: str, a_second: float, seconds: float) -> Spread:
    """How long the raw driver takes for one durable row, at the same pace."""
    commit = _sqlite(database_url) if database_url.startswith("sqlite") else _postgresql(database_url)
    spread = Spread()
    for _ in range(round(a_second * seconds)):
        began = time.perf_counter()
        commit()
        spread.seconds.append(time.perf_counter() - began)
        time.sleep(1 / a_second)
    return spread


def _sqlite(database_url: str) -> Commit:
    path = Path(urlsplit(database_url).path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS bench_commits (words TEXT)")
    return lambda: connection.execute("INSERT INTO bench_commits VALUES (?)", [WORDS])


def _postgresql(database_url: str) -> Commit:
    connection = psycopg.connect(database_url, autocommit=True)
    connection.execute("CREATE TABLE IF NOT EXISTS bench_commits (words TEXT)")
    return lambda: connection.execute("INSERT INTO bench_commits VALUES (%s)", [WORDS])
