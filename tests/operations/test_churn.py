"""Many come, chat and go, half of them with a reset: what they took is free again when they are gone."""

import asyncio
import json
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import psycopg
import pytest
import redis
from websockets.asyncio.client import ClientConnection, connect

from tests.promises.talking import eventually
from tests.server.peers import Peer
from tests.services.open_house import build_house_in
from tests.services.served import ServedProcess

CROWD = 50  # at once: twice until all is made that is kept, then twice to be counted
GROWTH = (
    3.0  # MiB, of which a heap that settles takes some; where each leaves something behind it is 3.3 more
)
WINDOWS = 3  # in which it may have settled at last; what is left behind grows in each
RESET = struct.pack("ii", 1, 0)  # linger, for no time: the end is a reset
SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
LATE = 3  # of the lanes' threads at most; a crowd that left something behind would be seen by fifty
LANES = 24  # files that its connections to a database take, once all are in use


class Level(NamedTuple):
    """What a server holds, here and in its stores."""

    open_files: int
    threads: int
    sessions: int
    keys: int

    def is_within(self, other: "Level") -> bool:
        """But for lanes whose threads, each with its connection, are first needed now."""
        late = Level(open_files=2 * LATE, threads=LATE, sessions=LATE, keys=0)
        return all(mine <= theirs + more for mine, theirs, more in zip(self, other, late, strict=True))


def level_of(served: ServedProcess) -> Level:
    threads = Peer(served).threads
    return Level(files(served), threads, sessions(served.database_url), keys(served.redis_url))


def files(served: ServedProcess) -> int:
    return len(list(Path(f"/proc/{served.pid}/fd").iterdir()))


def sessions(url: str) -> int:
    if url.startswith("sqlite"):
        return 0
    with psycopg.connect(url) as connection:
        return int((connection.execute(SESSIONS, [connection.info.dbname]).fetchone() or (0,))[0])


def keys(url: str | None) -> int:
    """Of Redis, and channels that somebody subscribes to."""
    if url is None:
        return 0
    with redis.Redis.from_url(url) as client:
        return int(client.dbsize()) + len(client.pubsub_channels())


@pytest.fixture(params=["sqlite", "postgresql and redis"])
def served(request: pytest.FixtureRequest, serve_process: Callable[..., ServedProcess]) -> ServedProcess:
    if request.param == "sqlite":
        return serve_process(request.getfixturevalue("sqlite_url"), THROTTLE="off")
    urls = [request.getfixturevalue(name) for name in ("postgres_url", "redis_url")]
    return serve_process(*urls, THROTTLE="off")


async def test_what_many_took_who_came_and_went_is_free_again(served: ServedProcess) -> None:
    key = await asyncio.to_thread(build_house_in, served.database_url)
    crowd = [Visitor(served, key) for _ in range(CROWD)]
    nobody = files(served) + LANES
    for _ in range(2):
        await come_and_go(crowd)
        await eventually(lambda: files(served) <= nobody)
    before = level_of(served)
    grown = [await grown_by(crowd, served, before)]
    while grown[-1] >= GROWTH and len(grown) < WINDOWS:
        grown.append(await grown_by(crowd, served, before))
    assert grown[-1] < GROWTH, grown
    assert served.child.poll() is None


async def grown_by(crowd: "list[Visitor]", served: ServedProcess, before: Level) -> float:
    """MiB, over two times that all come and go."""
    memory = Peer(served).memory
    for _ in range(2):
        await come_and_go(crowd)
        await eventually(lambda: level_of(served).is_within(before))
    return Peer(served).memory - memory


async def come_and_go(crowd: "list[Visitor]") -> None:
    """All come, and begin to chat or go on with it. Then half of them are reset, and the others end."""
    lines = await asyncio.gather(*(each.come() for each in crowd))
    for line in lines[::2]:
        line.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    for line in lines:
        line.transport.abort()
    await asyncio.gather(*(line.wait_closed() for line in lines))


@dataclass
class Visitor:
    """One who comes again and again."""

    served: ServedProcess
    site: str
    token: str | None = None
    chat: str | None = None

    async def come(self) -> ClientConnection:
        url = f"{self.served.ws_url}/ws/visitor"
        line = await connect(url, compression=None, ping_interval=None, proxy=None)
        known = {"token": self.token} if self.token else {}
        self.token = (await ask(line, "hello", site=self.site, **known)).get("token", self.token)
        if self.chat is None:
            started = await ask(line, "start_conversation", client_id=str(uuid4()), body="Hello")
            self.chat = started["conversation"]
        else:
            await ask(line, "resume", conversation=self.chat, after=0)
        return line


async def ask(line: ClientConnection, do: str, **fields: Any) -> dict[str, Any]:
    """One command; what was told before its answer is passed over."""
    await line.send(json.dumps({"id": 1, "do": do, "with": fields}))
    while "re" not in (frame := json.loads(await line.recv())):
        pass
    return dict(frame["ok"])
