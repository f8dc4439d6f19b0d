"""The end of a whole server process, and a house whose readers are too slow."""

import asyncio
import json
import time
from collections.abc import Callable
from itertools import count
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.server.odd_server import LATE
from tests.server.peers import Peer, read_to_end
from tests.services.open_house import OpenHouse

BODY = "x" * 8_000
POSTS = 400  # in all 3 MiB, three times what may wait for a reader
numbers = count(1)


async def test_a_reader_slower_than_what_it_is_told_learns_it_and_one_that_never_reads_is_cut(
    house: OpenHouse,
) -> None:
    peer = Peer(house.served)
    async with (
        house.visitor() as writer,
        peer.socket("/ws/visitor") as slow,
        peer.socket("/ws/visitor") as deaf,
    ):
        before, most = peer.memory, peer.sockets - 2
        chat = await writer.start_conversation("the first words")
        for client in (slow, deaf):
            await hello(client, house.key, writer.token)
        await asyncio.gather(*(writer.post_message(chat, BODY) for _ in range(POSTS)))
        code, cut = await asyncio.gather(code_after_reading_all(slow), cut_without_reading(peer, most))
    assert code == 4408
    assert cut < 12
    assert peer.memory - before < 24


async def test_sigterm_says_4012_to_every_socket_and_is_gone_in_time(house: OpenHouse) -> None:
    peer = Peer(house.served)
    sockets = [await peer.socket("/ws/visitor") for _ in range(20)]
    for client in sockets[:10]:
        await hello(client, house.key)
    codes, (status, took) = await asyncio.gather(
        asyncio.gather(*map(code_after_reading_all, sockets)), ended(house)
    )
    assert set(codes) == {4012}
    assert status == 0
    assert took < 10


async def test_sigterm_lets_a_request_that_has_begun_complete(start_odd_server: Callable[[], Peer]) -> None:
    peer = start_odd_server()
    with peer.raw(b"GET /takes-long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") as line:
        await asyncio.sleep(LATE / 3)
        status = await asyncio.to_thread(peer.served.stop)
        assert b"here it is\r\n0\r\n" in read_to_end(line)
    assert status == 0


async def hello(client: ClientConnection, site: str, token: str | None = None) -> dict[str, Any]:
    command = {"site": site} | ({"token": token} if token else {})
    await client.send(json.dumps({"id": next(numbers), "do": "hello", "with": command}))
    return dict(json.loads(await client.recv())["ok"])


async def code_after_reading_all(client: ClientConnection) -> int | None:
    try:
        while True:
            await client.recv()
    except ConnectionClosed:
        return client.close_code


async def cut_without_reading(peer: Peer, most: int) -> float:
    """The seconds until the server holds no more than so many sockets open."""
    started = time.monotonic()
    while peer.sockets > most and time.monotonic() - started < 15:
        await asyncio.sleep(0.1)
    return time.monotonic() - started


async def ended(house: OpenHouse) -> tuple[int, float]:
    """The status of an ended server, and the seconds that its end took."""
    started = time.monotonic()
    status = await asyncio.to_thread(house.served.stop)
    return status, time.monotonic() - started
