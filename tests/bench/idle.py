"""Visitors who are connected and say nothing: memory for each, and what their beats cost."""

import asyncio
import itertools
import json
import statistics
import time
import uuid
from dataclasses import dataclass

from tests.bench.ground import Running, Server, database, echo, ground
from tests.bench.house import House, build_for
from tests.bench.options import Options
from tests.bench.table import show
from tests.bench.wire import Socket

BEAT_EVERY = 60.0  # seconds: what an idle visitor is told
AT_ONCE = 100  # being connected
MESSAGES = 21  # to one of them, one after the other; the median counts
SETTLED = 3.0  # seconds until what a handshake needed is given back
HEADS = (
    "server",
    "sockets",
    "KiB each",
    "bare KiB each",
    "more KiB",
    "CPU %",
    "bare CPU %",
    "times",
    "a message ms",
)


@dataclass(frozen=True)
class Idle:
    """One server with its sockets open."""

    kib: float  # for each socket
    cpu: float  # of a core, in per cent
    reached: float = float("nan")  # milliseconds from an agent's post to one of them


def run(options: Options) -> None:
    """The product on SQLite against a bare application, under each server."""
    rows = []
    for server in options.servers:
        bare = asyncio.run(_bare(server, options))
        product = _product(server, options)
        more, times = product.kib - bare.kib, product.cpu / bare.cpu
        figures = (product.kib, bare.kib, more, product.cpu, bare.cpu, times, product.reached)
        rows.append((server, options.sockets, *figures))
    show("Idle visitors, beating every 60 s", HEADS, rows)


async def _bare(server: Server, options: Options) -> Idle:
    with echo(server) as there:
        return await _measure(there, f"{there.url}/ws", options, hello=None)


def _product(server: Server, options: Options) -> Idle:
    with database("sqlite") as (database_url, redis_url):
        house = build_for(database_url, 1)
        with ground("sqlite", server, database_url, redis_url) as there:
            return asyncio.run(
                _measure(there.visitors, f"{there.visitors.url}/ws/visitor", options, hello=house)
            )


async def _measure(server: Running, url: str, options: Options, hello: House | None) -> Idle:
    warm = [await _connect(url, hello) for _ in range(20)]  # what is made once is not counted
    before = server.memory
    gate = asyncio.Semaphore(AT_ONCE)

    async def one() -> Socket:
        async with gate:
            return await _connect(url, hello)

    sockets = await asyncio.gather(*(one() for _ in range(options.sockets)))
    await asyncio.sleep(SETTLED)
    kib = (server.memory - before) / options.sockets
    cpu = await _beat(server, sockets, options.seconds)
    reached = await _reach(server, hello) if hello else float("nan")
    for socket in [*warm, *sockets]:
        socket.connection.transport.abort()
    return Idle(kib, cpu, reached)


async def _connect(url: str, hello: House | None) -> Socket:
    socket = await Socket.open(url)
    if hello is not None:
        await socket.ask("hello", site=hello.key)
    return socket


async def _beat(server: Running, sockets: list[Socket], seconds: float) -> float:
    """Each beats once in BEAT_EVERY, evenly; the processor time that takes, in per cent of a core."""
    beats = itertools.cycle(sockets)
    cpu, began, sent = server.cpu, time.perf_counter(), 0
    while (passed := time.perf_counter() - began) < seconds:
        while sent < passed * len(sockets) / BEAT_EVERY:
            socket = next(beats)
            await socket.connection.send(f'{{"id":{1000 + sent},"do":"beat","with":{{}}}}')
            sent += 1
        await asyncio.sleep(0.02)
    return 100 * (server.cpu - cpu) / (time.perf_counter() - began)


async def _reach(server: Running, house: House) -> float:
    """With all of them there: from an agent's post to one visitor."""
    visitor = await _connect(f"{server.url}/ws/visitor", house)
    agent = await Socket.open(f"{server.url}/ws/agent")
    await agent.ask("hello", token=house.tokens[0])
    await agent.ask("set_status", status="online")
    chat = (await visitor.ask("start_conversation", client_id=str(uuid.uuid4()), body="Hello?"))[
        "conversation"
    ]
    await agent.ask("open_conversation", conversation=chat)
    await visitor.listen(1.0)
    return 1000 * statistics.median([await _said(agent, visitor, chat, turn) for turn in range(MESSAGES)])


async def _said(agent: Socket, visitor: Socket, chat: str, turn: int) -> float:
    """Seconds from the agent's post until the visitor has it."""
    words = f"Here you are. {turn}."
    post = {"conversation": chat, "client_id": str(uuid.uuid4()), "body": words}
    began = time.perf_counter()
    await agent.connection.send(json.dumps({"id": 100 + turn, "do": "post_message", "with": post}))
    while words not in str(await visitor.connection.recv()):
        pass
    passed = time.perf_counter() - began
    await asyncio.sleep(0.1)
    return passed
