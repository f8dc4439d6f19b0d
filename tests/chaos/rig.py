"""The machines: PostgreSQL, Redis, server processes, and the fault proxy in every link between them."""

import asyncio
import random
import signal
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.proxy import Line, Proxy
from tests.chaos.taps import CommitTap, FrameTap, HintTap, Tap, Verdict
from tests.services.postgres import PostgresServer
from tests.services.process import end_process, free_port, wait_until
from tests.services.redis import RedisServer
from tests.services.served import answers, own_environment, start_serve

PRODUCT = ("manage.py", "serve")


@dataclass
class Losses:
    """What the proxies lose just now."""

    chance: random.Random
    hints: float = 0.0  # share of the messages from Redis
    frames: float = 0.0  # share of the entries told through the lossy door
    answers: int = 0  # so many next answers cut their line instead of arriving
    commits: int = 0  # so many next answers to COMMIT do the same

    def loses_hint(self) -> bool:
        return self.chance.random() < self.hints

    def judge(self, payload: bytes) -> Verdict:
        if self.answers and payload.startswith(b'{"re":') and b'"position":' in payload[:120]:
            self.answers -= 1
            return "cut"
        return "pass"

    def judge_lossily(self, payload: bytes) -> Verdict:
        lost = b'"event":"entry_added"' in payload[:40] and self.chance.random() < self.frames
        return "drop" if lost else "pass"

    def deafen(self, line: Line) -> None:
        if self.commits:
            self.commits -= 1
            line.is_deaf = True


@dataclass
class Server:
    """One server process on a port of its own, with proxies towards PostgreSQL and Redis."""

    folder: Path
    database: str
    to_postgres: Proxy
    to_redis: Proxy
    command: Sequence[str]
    port: int = field(default_factory=free_port)
    child: "subprocess.Popen[bytes] | None" = None

    async def start(self) -> None:
        """Returns when it answers."""
        environment = own_environment(
            f"postgresql://postgres@127.0.0.1:{self.to_postgres.port}/{self.database}",
            f"redis://127.0.0.1:{self.to_redis.port}/0",
            THROTTLE="off",
        )
        self.child, log = start_serve(self.folder, self.port, environment, self.command)
        address = f"http://127.0.0.1:{self.port}/health/live"
        await asyncio.to_thread(wait_until, lambda: answers(address), self.child, log)

    async def end(self, how: signal.Signals) -> int:
        """Its exit status; it is killed when it does not go within 15 s."""
        return await asyncio.to_thread(end_process, self.child, how) if self.child else 0


@dataclass
class Rig:
    """`door` leads to whichever server accepts; `lossy` does too, and loses what `losses` says."""

    postgres: PostgresServer
    redis: RedisServer
    database: str
    losses: Losses
    door: Proxy
    lossy: Proxy
    servers: list[Server]

    @property
    def url(self) -> str:
        """Of the database, past every proxy."""
        return self.postgres.url(self.database)

    @property
    def proxies(self) -> list[Proxy]:
        inner = [proxy for each in self.servers for proxy in (each.to_postgres, each.to_redis)]
        return [self.door, self.lossy, *inner]

    async def start(self) -> None:
        for proxy in self.proxies:
            await proxy.start()
        await asyncio.gather(*(server.start() for server in self.servers))

    async def stop(self) -> None:
        await asyncio.gather(*(server.end(signal.SIGKILL) for server in self.servers))
        for proxy in self.proxies:
            await proxy.stop()


@asynccontextmanager
async def running_rig(
    postgres: PostgresServer,
    redis: RedisServer,
    database: str,
    folder: Path,
    *,
    servers: int,
    chance: random.Random,
    command: Sequence[str] = PRODUCT,
) -> AsyncIterator[Rig]:
    """Runs the servers and the proxies while the block runs."""
    losses = Losses(chance)

    def hints(_: Line) -> Tap:
        return HintTap(losses.loses_hint)

    def commits(line: Line) -> Tap:
        return CommitTap(lambda: losses.deafen(line))

    made = [
        Server(
            folder,
            database,
            Proxy([postgres.port], chance, outward=commits),
            Proxy([redis.port], chance, inward=hints),
            command,
        )
        for _ in range(servers)
    ]
    ports = [server.port for server in made]
    door = Proxy(ports, chance, inward=lambda _: FrameTap(losses.judge))
    lossy = Proxy(ports, chance, inward=lambda _: FrameTap(losses.judge_lossily))
    rig = Rig(postgres, redis, database, losses, door, lossy, made)
    try:
        await rig.start()
        yield rig
    finally:
        await rig.stop()
