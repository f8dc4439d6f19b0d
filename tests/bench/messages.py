"""Messages a second, as a share of what a bare echo under the same server does in the same run."""

import asyncio
import itertools
from dataclasses import dataclass

from tests.bench.chats import gather_crowd
from tests.bench.closed_loop import Rate, closed_loop
from tests.bench.ground import Server, Stores, database, echo, ground
from tests.bench.house import build_for
from tests.bench.options import Options
from tests.bench.table import show
from tests.bench.yardsticks import echoes_a_second

HEADS = ("server", "stores", "chats", "messages/s", "E/s", "share of E, %", "CPU us", "E's CPU us")


@dataclass(frozen=True)
class Figure:
    """One set-up, measured."""

    server: Server
    stores: Stores
    chats: int
    product: Rate
    echo: Rate
    after: Rate  # E, measured last

    @property
    def share(self) -> float:
        return 100 * self.product.a_second / self.echo.a_second


def run(options: Options) -> list[Figure]:
    """Measure every set-up that is asked for, each between two measurements of E."""
    figures = [
        measure(server, stores, chats, options.seconds)
        for server, stores, chats in itertools.product(options.servers, options.stores, options.chats)
    ]
    show(
        "Durable, acknowledged and delivered messages a second (closed loop, window 4)",
        HEADS,
        [
            (
                f.server,
                f.stores,
                f.chats,
                f.product.a_second,
                f.echo.a_second,
                f.share,
                f.product.cpu,
                f.echo.cpu,
            )
            for f in figures
        ],
    )
    return figures


def measure(server: Server, stores: Stores, chats: int, seconds: float, before: Rate | None = None) -> Figure:
    """One set-up, between two measurements of E; `before` is one that has just been made."""
    before = before or _echo(server, chats, seconds)
    with database(stores) as (database_url, redis_url):
        house = build_for(database_url, chats)
        with ground(stores, server, database_url, redis_url) as there:

            async def load() -> Rate:
                crowd = await gather_crowd(there, house, chats)
                try:
                    return await closed_loop(crowd, there, seconds)
                finally:
                    await crowd.close()

            rate = asyncio.run(load())
    after = _echo(server, chats, seconds)
    mean = Rate((before.a_second + after.a_second) / 2, (before.cpu + after.cpu) / 2)
    return Figure(server, stores, chats, rate, mean, after)


def _echo(server: Server, chats: int, seconds: float) -> Rate:
    with echo(server) as there:
        return asyncio.run(echoes_a_second(there, chats, seconds))
