"""Send to receive at a pace that nobody feels, against a plain echo and a plain commit of the same run."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field

from tests.bench.chats import Chat, Crowd, gather_crowd
from tests.bench.closed_loop import EVENT
from tests.bench.ground import Ground, Running, Server, Stores, database, echo, ground
from tests.bench.house import House, build_for
from tests.bench.options import Options
from tests.bench.spread import Spread
from tests.bench.table import show
from tests.bench.wire import Socket
from tests.bench.yardsticks import paced_commits, paced_echoes

PACE = 10.0  # messages a second, in all
TURNS = 5
TEXT = '"body":{"text":"'
HEADS = ("server", "stores", "chats", "p50 ms", "E+C p50", "times", "p99 ms", "E+C p99", "times")


def run(options: Options) -> None:
    """One chat and fifty, on every set-up that is asked for."""
    rows = [
        _row(server, stores, chats, _measure(server, stores, chats, options.seconds))
        for server, stores, chats in itertools.product(options.servers, options.stores, (1, 50))
    ]
    show("Send to receive at 10 messages a second, in all", HEADS, rows)


@dataclass
class Times:
    """What the product took, and its yardsticks at the same pace."""

    product: Spread = field(default_factory=Spread)
    echo: Spread = field(default_factory=Spread)
    commit: Spread = field(default_factory=Spread)


def _measure(server: Server, stores: Stores, chats: int, seconds: float) -> Times:
    with database(stores) as (database_url, redis_url):
        house = build_for(database_url, chats)
        with echo(server) as bare, ground(stores, server, database_url, redis_url) as there:
            return asyncio.run(_in_turn(bare, there, house, chats, database_url, seconds=seconds / TURNS))


async def _in_turn(
    bare: Running, there: Ground, house: House, chats: int, database_url: str, *, seconds: float
) -> Times:
    """Product and yardsticks, again and again: what else the machine does meanwhile moves all three."""
    crowd, times = await gather_crowd(there, house, chats), Times()
    try:
        for _ in range(TURNS):
            times.echo.add(await paced_echoes(bare, chats, PACE, seconds))
            times.commit.add(await asyncio.to_thread(paced_commits, database_url, PACE, seconds))
            times.product.add(await _paced(crowd, seconds))
    finally:
        await crowd.close()
    return times


def _row(server: Server, stores: Stores, chats: int, times: Times) -> tuple[object, ...]:
    figures: list[object] = []
    for share in (0.5, 0.99):
        base = times.echo.at(share) + times.commit.at(share)
        figures += [times.product.at(share), base, times.product.at(share) / base]
    return (server, stores, chats, *figures)


async def _paced(crowd: Crowd, seconds: float) -> Spread:
    spread = Spread()
    names = crowd.by_name()
    readers = [asyncio.create_task(_drain(chat)) for chat in crowd.chats]
    readers += [asyncio.create_task(_hear(agent, names, spread)) for agent in crowd.agents]
    for number in range(round(PACE * seconds)):
        chat = crowd.chats[number % len(crowd.chats)]
        chat.times[chat.sent + 1] = time.perf_counter()
        await chat.post()
        await asyncio.sleep(1 / PACE)
    await asyncio.sleep(1.0)
    for reader in readers:
        reader.cancel()
    if len(spread.seconds) < round(PACE * seconds):
        raise RuntimeError("not every message was heard")
    return spread


async def _drain(chat: Chat) -> None:
    async for _ in chat.visitor.connection:
        pass


async def _hear(agent: Socket, names: dict[str, Chat], spread: Spread) -> None:
    async for frame in agent.connection:
        text = str(frame)
        if text.startswith(EVENT):
            now, start = time.perf_counter(), len(EVENT)
            chat = names[text[start : text.index('"', start)]]
            said = text.index(TEXT) + len(TEXT)
            spread.seconds.append(now - chat.times[int(text[said : said + 8])])
