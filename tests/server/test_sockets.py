"""What a socket may cost, and how it ends. The clients here are loopback peers of a real process."""

import asyncio
import contextlib
import struct
import time
from collections.abc import AsyncIterator, Callable

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.server.odd_server import LATE, PIECE, PIECES
from tests.server.peers import Peer, read_to_end

GROWTH = 24  # MiB; without bounds it is hundreds
FRAMES = 4_000
FRAME_BYTES = 20_000
UPGRADE = (
    b"GET %b HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


async def test_a_sender_faster_than_the_application_waits_and_loses_nothing(odd: Peer) -> None:
    before = odd.memory
    async with odd.socket("/late", max_queue=16) as client:
        sending = asyncio.create_task(send_numbered(client))
        await asyncio.sleep(LATE - 0.3)
        assert not sending.done()
        assert odd.memory - before < GROWTH
        heard = [int(await client.recv()) for _ in range(FRAMES)]
        await sending
    assert heard == list(range(FRAMES))
    assert odd.memory - before < GROWTH


async def test_an_application_faster_than_the_reader_waits_and_loses_nothing(odd: Peer) -> None:
    before = odd.memory
    async with odd.socket("/loud") as client:
        await asyncio.sleep(1)
        assert odd.memory - before < GROWTH
        heard = sum([len(piece) async for piece in all_of(client)])
    assert heard == PIECES * len(PIECE)
    assert client.close_code == 4000


async def test_a_reader_that_never_reads_is_cut_and_its_application_ends(odd: Peer) -> None:
    before = odd.memory
    with odd.raw(UPGRADE % b"/loud") as line:
        await asyncio.sleep(1)
        assert b"/loud" in odd.get("/health/live")
        assert odd.memory - before < GROWTH
        await until(lambda: b"/loud" not in odd.get("/health/live"))
        assert len(read_to_end(line)) < PIECES * len(PIECE)


async def test_pings_of_a_client_that_never_reads_are_not_answered_into_memory(odd: Peer) -> None:
    before = odd.memory
    with odd.raw(UPGRADE % b"/late", timeout=1) as line, contextlib.suppress(OSError):
        line.sendall(client_frame(0x89, b"x" * 125) * 400_000)  # it may be cut, or no longer read
    assert odd.memory - before < GROWTH


@pytest.mark.parametrize("path", ["/raises", "/returns"])
async def test_a_socket_ends_with_its_application_whatever_ended_that(odd: Peer, path: str) -> None:
    async with odd.socket(path) as client:
        await client.send("anything")
        await asyncio.wait_for(client.wait_closed(), 5)
    assert client.close_code == 1011


@pytest.mark.parametrize("path", ["/broken-at-the-door", "/broken-inside"])
async def test_a_live_socket_that_breaks_says_so_and_leaves_no_ghost(odd: Peer, path: str) -> None:
    async with odd.socket(path) as client:
        with contextlib.suppress(ConnectionClosed):
            await client.send("anything")
        await asyncio.wait_for(client.wait_closed(), 5)
    assert client.close_code == 1011
    await until(lambda: b"registered: 0" in odd.get("/health/live"))
    assert path.encode() not in odd.get("/health/live")


async def test_what_many_clients_took_is_free_again_when_they_are_gone(odd: Peer) -> None:
    for _ in range(3):  # until the allocator has what such crowds need at once
        await come_and_go(odd)
    memory, sockets, threads = odd.memory, odd.sockets, odd.threads
    for _ in range(3):
        await come_and_go(odd)
    await until(lambda: odd.sockets <= sockets)
    assert odd.threads <= threads
    assert odd.memory - memory < GROWTH  # timers hold what is gone for a few seconds


def test_a_frame_or_message_over_the_limit_ends_the_socket_before_it_is_held(odd: Peer) -> None:
    before = odd.memory
    declared = client_header(0x81, 2**40)
    pieces = client_frame(0x01, b"x" * 60_000) + client_frame(0x00, b"x" * 60_000) * 20
    nothings = client_frame(0x01, b"") + client_frame(0x00, b"") * 100_000
    for flood in (declared, pieces, nothings):
        with odd.raw(UPGRADE % b"/late") as line:
            assert line.recv(12) == b"HTTP/1.1 101"
            with contextlib.suppress(ConnectionError):
                line.sendall(flood)
            started = time.monotonic()
            read_to_end(line)
            assert time.monotonic() - started < LATE
    assert odd.memory - before < GROWTH


async def all_of(client: ClientConnection) -> AsyncIterator[str | bytes]:
    """Every frame until the socket closes, with whatever code."""
    with contextlib.suppress(ConnectionClosed):
        while True:
            yield await client.recv()


async def come_and_go(odd: Peer) -> None:
    """Two hundred sockets that break off without a word, and as many halves of a request."""
    lines = [odd.raw(UPGRADE % b"/returns") for _ in range(200)]
    halves = [odd.raw(b"POST /counts HTTP/1.1\r\nContent-Le") for _ in range(200)]
    for line in lines:
        assert line.recv(12) == b"HTTP/1.1 101"
    for line in lines + halves:
        line.close()
    await until(lambda: b"/returns" not in odd.get("/health/live"))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.1)


async def send_numbered(client: ClientConnection) -> None:
    for number in range(FRAMES):
        await client.send(f"{number:8}" + "x" * FRAME_BYTES)


def client_frame(first: int, payload: bytes) -> bytes:
    """Masked with zeros, which leaves the payload as it is."""
    return client_header(first, len(payload)) + payload


def client_header(first: int, size: int) -> bytes:
    if size < 126:
        return bytes([first, 0x80 | size]) + bytes(4)
    if size < 2**16:
        return bytes([first, 0x80 | 126]) + struct.pack("!H", size) + bytes(4)
    return bytes([first, 0x80 | 127]) + struct.pack("!Q", size) + bytes(4)
