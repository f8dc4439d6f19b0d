"""The fault proxy does to a link what a network does."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.chaos.proxy import Proxy

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Awaitable[Ends]]


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(1024):
        writer.write(piece)
    writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    """In front of a server that says everything again."""
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    proxy = Proxy([server.sockets[0].getsockname()[1]], random.Random(1))
    await proxy.start()
    yield proxy
    await proxy.stop()
    server.close()
    await asyncio.sleep(0.02)  # for the server's own ends of the lines to be noticed


@pytest.fixture
async def connect(proxy: Proxy) -> AsyncIterator[Connect]:
    """Opens lines through it."""
    opened: list[Ends] = []

    async def one() -> Ends:
        opened.append(await asyncio.open_connection("127.0.0.1", proxy.port))
        return opened[-1]

    yield one
    for _, writer in opened:
        writer.transport.abort()


async def said(ends: Ends, words: bytes) -> bytes:
    """What came back within a moment; b"" when the line is cut."""
    reader, writer = ends
    try:
        writer.write(words)
        async with asyncio.timeout(0.3):
            return await reader.read(1024)
    except ConnectionError:
        return b""


async def test_a_cut_ends_every_line_and_lets_none_through_until_it_is_healed(
    proxy: Proxy, connect: Connect
) -> None:
    ends = await connect()
    assert await said(ends, b"one") == b"one"
    proxy.cut()
    assert await said(ends, b"two") == b""
    assert await said(await connect(), b"three") == b""
    proxy.heal()
    assert await said(await connect(), b"four") == b"four"


async def test_a_black_hole_keeps_lines_open_and_gives_everything_back(
    proxy: Proxy, connect: Connect
) -> None:
    old = await connect()
    assert await said(old, b"one") == b"one"
    proxy.hold()
    new = await connect()
    for ends in (old, new):
        with pytest.raises(TimeoutError):
            await said(ends, b"two")
    proxy.heal()
    assert [await ends[0].read(1024) for ends in (old, new)] == [b"two", b"two"]


async def test_a_slow_line_keeps_the_order(proxy: Proxy, connect: Connect) -> None:
    ends = await connect()
    proxy.slow(0.05)
    began = time.monotonic()
    assert await said(ends, b"one") == b"one"
    assert time.monotonic() - began >= 0.1, "there and back"


async def test_a_line_goes_to_whichever_server_accepts(proxy: Proxy, connect: Connect) -> None:
    dead = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = dead.sockets[0].getsockname()[1]
    dead.close()
    await dead.wait_closed()
    proxy._targets.append(port)
    assert [await said(await connect(), b"there?") for _ in range(6)] == [b"there?"] * 6


async def test_what_a_deaf_line_is_told_is_lost_with_it(proxy: Proxy, connect: Connect) -> None:
    ends = await connect()
    assert await said(ends, b"one") == b"one"
    for line in proxy.lines:
        line.is_deaf = True
    assert await said(ends, b"two") == b""
