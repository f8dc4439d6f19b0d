"""Everything that can fail. Each fault is a coroutine that returns when what it broke is whole again."""

import asyncio
import random
import signal
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import psycopg

from tests.chaos.proxy import Proxy
from tests.chaos.rig import Rig, Server

OPEN_CHATS = (
    "SELECT id FROM desk_conversation WHERE state <> 'closed' ORDER BY random() LIMIT %s FOR NO KEY UPDATE"
)


@dataclass(frozen=True)
class Kind:
    """`hides`: while it lasts nobody can read, so that nothing can be noticed either."""

    strike: Callable[["Faults"], Awaitable[None]]
    hides: bool = False


class Faults:
    def __init__(self, rig: Rig, chance: random.Random, commits: tuple[float, float]) -> None:
        self.rig, self.chance, self.commits = rig, chance, commits
        self.slowest_leaving = 0.0  # seconds from SIGTERM to gone

    async def server_killed(self) -> None:
        server = self._server()
        await server.end(signal.SIGKILL)
        await self._some(0.3, 1.5)
        await server.start()

    async def server_ended(self) -> None:
        """SIGTERM, as in a rolling restart."""
        server, loop = self._server(), asyncio.get_running_loop()
        began = loop.time()
        await server.end(signal.SIGTERM)
        self.slowest_leaving = max(self.slowest_leaving, loop.time() - began)
        await server.start()

    async def redis_killed(self) -> None:
        """It comes back empty."""
        await asyncio.to_thread(self.rig.redis.kill)
        await self._some(1, 4)
        await asyncio.to_thread(self.rig.redis.start)

    async def redis_frozen(self) -> None:
        self.rig.redis.freeze()
        try:
            await self._some(2, 5)
        finally:
            self.rig.redis.thaw()

    async def redis_clients_killed(self) -> None:
        kinds = self.chance.choice((("pubsub",), ("normal",), ("pubsub", "normal")))
        await asyncio.to_thread(self._tell_redis, [f"CLIENT KILL TYPE {kind}" for kind in kinds])

    async def postgres_killed(self) -> None:
        await asyncio.to_thread(self.rig.postgres.kill)
        await self._some(0.2, 1.5)
        await asyncio.to_thread(self.rig.postgres.start)

    async def postgres_ended_at_once(self) -> None:
        """As `pg_ctl -m immediate` does: it recovers when it starts."""
        await asyncio.to_thread(self.rig.postgres.stop, signal.SIGQUIT)
        await asyncio.to_thread(self.rig.postgres.start)

    async def both_stores_killed(self) -> None:
        await asyncio.gather(
            asyncio.to_thread(self.rig.postgres.kill), asyncio.to_thread(self.rig.redis.kill)
        )
        await self._some(1, 3)
        starts = [self.rig.postgres.start, self.rig.redis.start]
        for start in self.chance.sample(starts, 2):
            await asyncio.to_thread(start)

    async def rows_held(self) -> None:
        """Somebody holds some open chats, or all, and mostly longer than anybody waits for them."""
        connection = await psycopg.AsyncConnection.connect(self.rig.url)
        async with connection:
            await connection.execute(OPEN_CHATS, [self.chance.choice((3, 100))])
            await self._some(1, 4)

    async def commits_slow(self) -> None:
        """Many commits take up to a second more, so that later ones overtake them."""
        await self.slow_commits(0.4, 1.0)
        try:
            await self._some(3, 6)
        finally:
            await self.slow_commits(*self.commits)

    async def late_and_unheard(self) -> None:
        """Commits overtake each other while no hint gets through."""
        self.rig.losses.hints = 1.0
        await self.commits_slow()
        self.rig.losses.hints = 0.0

    async def commits_unclear(self) -> None:
        """Committed, and the line to PostgreSQL cut before the answer."""
        self.rig.losses.commits = self.chance.randint(3, 8)
        await self._some(2, 3)
        self.rig.losses.commits = 0

    async def answers_lost(self) -> None:
        """Answered, and the client's line cut before the answer came."""
        self.rig.losses.answers = self.chance.randint(4, 10)
        await self._some(2, 3)
        self.rig.losses.answers = 0

    async def hints_lost(self) -> None:
        await self._losing("hints", self.chance.choice((0.3, 1.0)))

    async def frames_lost(self) -> None:
        await self._losing("frames", 0.6)

    async def clients_cut(self) -> None:
        for door in (self.rig.door, self.rig.lossy):
            lines = list(door.lines)
            door.cut(self.chance.sample(lines, round(len(lines) * self.chance.choice((0.5, 1)))))

    async def clients_refused(self) -> None:
        """A tunnel: everybody's link is gone, and there is no other."""
        await self._cut(self.rig.door)

    async def clients_slow(self) -> None:
        await self._slowed(self.rig.door, 0.3)

    async def clients_unheard(self) -> None:
        """A black hole between everybody and the servers."""
        await self._held(self.rig.door)

    async def redis_unreachable(self) -> None:
        """For one server alone."""
        proxy = self._server().to_redis
        await self.chance.choice((self._held, self._cut))(proxy)

    async def postgres_unreachable(self) -> None:
        proxy = self._server().to_postgres
        await self.chance.choice((self._held, self._cut))(proxy)

    async def postgres_slow(self) -> None:
        await self._slowed(self._server().to_postgres, 0.05)

    async def _cut(self, proxy: Proxy) -> None:
        proxy.cut()
        await self._mended(proxy)

    async def _held(self, proxy: Proxy) -> None:
        proxy.hold()
        await self._mended(proxy)

    async def _slowed(self, proxy: Proxy, delay: float) -> None:
        proxy.slow(delay)
        await self._mended(proxy)

    async def _mended(self, proxy: Proxy) -> None:
        try:
            await self._some(1, 4)
        finally:
            proxy.heal()

    async def _losing(self, what: str, share: float) -> None:
        setattr(self.rig.losses, what, share)
        try:
            await self._some(3, 6)
        finally:
            setattr(self.rig.losses, what, 0.0)

    async def slow_commits(self, share: float, seconds: float) -> None:
        connection = await psycopg.AsyncConnection.connect(self.rig.url, autocommit=True)
        async with connection:
            await connection.execute("UPDATE chaos_slow SET share = %s, seconds = %s", [share, seconds])

    async def _some(self, least: float, most: float) -> None:
        await asyncio.sleep(self.chance.uniform(least, most))

    def _server(self) -> Server:
        return self.chance.choice(self.rig.servers)

    def _tell_redis(self, commands: list[str]) -> None:
        with socket.create_connection(("127.0.0.1", self.rig.redis.port), timeout=2) as line:
            for command in commands:
                line.sendall(f"{command}\r\n".encode())
                line.recv(64)


KINDS: dict[str, Kind] = {
    "server_killed": Kind(Faults.server_killed),
    "server_ended": Kind(Faults.server_ended),
    "redis_killed": Kind(Faults.redis_killed),
    "redis_frozen": Kind(Faults.redis_frozen),
    "redis_clients_killed": Kind(Faults.redis_clients_killed),
    "redis_unreachable": Kind(Faults.redis_unreachable),
    "postgres_killed": Kind(Faults.postgres_killed, hides=True),
    "postgres_ended_at_once": Kind(Faults.postgres_ended_at_once, hides=True),
    "postgres_unreachable": Kind(Faults.postgres_unreachable, hides=True),
    "postgres_slow": Kind(Faults.postgres_slow, hides=True),
    "both_stores_killed": Kind(Faults.both_stores_killed, hides=True),
    "rows_held": Kind(Faults.rows_held),
    "commits_slow": Kind(Faults.commits_slow),
    "late_and_unheard": Kind(Faults.late_and_unheard),
    "commits_unclear": Kind(Faults.commits_unclear),
    "answers_lost": Kind(Faults.answers_lost),
    "hints_lost": Kind(Faults.hints_lost),
    "frames_lost": Kind(Faults.frames_lost),
    "clients_cut": Kind(Faults.clients_cut),
    "clients_refused": Kind(Faults.clients_refused, hides=True),
    "clients_slow": Kind(Faults.clients_slow, hides=True),
    "clients_unheard": Kind(Faults.clients_unheard, hides=True),
}

SLOW_COMMITS = """
CREATE TABLE chaos_slow (share float NOT NULL, seconds float NOT NULL);
INSERT INTO chaos_slow VALUES (0, 0);
CREATE FUNCTION chaos_wait() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE slow chaos_slow; BEGIN
  SELECT * INTO slow FROM chaos_slow;
  IF random() < slow.share THEN PERFORM pg_sleep(slow.seconds * random()); END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER chaos_slow AFTER INSERT ON desk_change
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chaos_wait();
"""
