"""Between the clients and a real server stands a proxy that knows nothing of WebSockets."""

import asyncio
import ctypes
import json
import socket
import struct
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from support_chat.live.client import Backoff, ChatClient, StaffClient, VisitorClient
from support_chat.live.fallback.events import HEADS_EVERY, LINGER
from support_chat.server.limits import UNACKNOWLEDGED
from support_chat.settings.chat import AGENT_GRACE, CLOCK_EVERY
from tests.live.blocking_proxy import BlockingProxy, Mood, blocking_proxy
from tests.promises.talking import bodies, eventually, take, whole_log
from tests.server.peers import memory_of, small_socket
from tests.services.house import token_of
from tests.services.open_house import OpenHouse, build_house_in, quick
from tests.services.served import ServedProcess

GROWTH = 24  # MiB; without bounds it is all that is said
NEVER = Backoff(first=600.0, most=600.0)
SO_ATTACH_FILTER = 26  # Linux


@pytest.fixture
def house(database_url: str, serve_process: Callable[..., ServedProcess]) -> OpenHouse:
    key = build_house_in(database_url)
    return OpenHouse(key, serve_process(database_url, THROTTLE="off"), serve_process)


@asynccontextmanager
async def behind(
    proxy: BlockingProxy, house: OpenHouse, look: Backoff = NEVER
) -> AsyncIterator[tuple[VisitorClient, StaffClient, str]]:
    """A visitor and an agent, both through the proxy, and their chat."""
    options = quick({"look": look, "proxy": None})
    url = f"ws://127.0.0.1:{proxy.port}/ws"
    visitor = VisitorClient(f"{url}/visitor", site=house.key, **options)
    ana = StaffClient(f"{url}/agent", token=token_of("ana"), **options)
    async with visitor, ana:
        chat = await visitor.start_conversation("Hello")
        await ana.set_status("online")
        await take(ana, chat)
        yield visitor, ana, chat


async def is_whole(chat: str, said: list[str], *clients: ChatClient) -> None:
    """Both have heard all that was said, each once, in one order and without a gap."""
    for client in clients:
        await eventually(lambda client=client: set(said) <= set(bodies(client.logs[chat].entries)))
        entries = client.logs[chat].entries
        assert sorted(bodies(entries)) == sorted(said)
        assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
        assert client.logs[chat].doubled == 0
        assert entries == await whole_log(client, chat)


async def test_two_failed_sockets_are_enough_to_go_another_way(house: OpenHouse) -> None:
    async with blocking_proxy(house.served.port) as proxy, behind(proxy, house) as (visitor, ana, chat):
        assert visitor.link.by_http
        assert ana.link.by_http
        assert proxy.handshakes == 4
        said = [f"{n}" for n in range(30)]
        posts = [ana if int(n) % 3 else visitor for n in said]
        await asyncio.gather(*(who.post_message(chat, n) for who, n in zip(posts, said, strict=True)))
        await is_whole(chat, ["Hello", *said], visitor, ana)
        for who in (visitor, ana):
            own = [n for n, author in zip(said, posts, strict=True) if author is who]
            assert [body for body in bodies(visitor.logs[chat].entries) if body in own] == own


async def test_streams_that_are_cut_again_and_again_lose_nothing(house: OpenHouse) -> None:
    async with blocking_proxy(house.served.port) as proxy, behind(proxy, house) as (visitor, ana, chat):
        cuts = 0
        for n in range(12):
            posts = asyncio.gather(visitor.post_message(chat, f"v{n}"), ana.post_message(chat, f"a{n}"))
            if n % 3 == 0:
                cuts += proxy.cut_streams()
            if n % 5 == 0:
                proxy.cut_all()
            await posts
        await is_whole(chat, ["Hello", *(f"{who}{n}" for n in range(12) for who in "va")], visitor, ana)
        assert cuts >= 4


@pytest.mark.parametrize("blocked", ["refuses", "swallows"])
async def test_as_soon_as_a_socket_answers_it_is_gone_back_to(
    house: OpenHouse, blocked: Mood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("support_chat.live.client.link.HELLO_PATIENCE", 0.3)
    monkeypatch.setattr("support_chat.live.client.ways.PATIENCE", 0.3)
    async with blocking_proxy(house.served.port) as proxy:
        proxy.sockets = blocked
        look = Backoff(first=0.2, most=0.2)
        async with behind(proxy, house, look) as (visitor, ana, chat):
            await asyncio.sleep(1.5)  # it looks, and finds nothing
            assert visitor.link.by_http
            await visitor.post_message(chat, "by HTTP")
            proxy.sockets = "lets pass"
            await eventually(lambda: not visitor.link.by_http and not ana.link.by_http)
            before = len(proxy.requests)
            await visitor.post_message(chat, "by socket")
            await is_whole(chat, ["Hello", "by HTTP", "by socket"], visitor, ana)
            assert len(proxy.requests) == before


async def test_commands_go_to_one_process_and_the_stream_comes_from_another(
    postgres_url: str, redis_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    key = build_house_in(postgres_url)
    one, other = (serve_process(postgres_url, redis_url, THROTTLE="off") for _ in range(2))
    house = OpenHouse(key, one, serve_process)
    async with blocking_proxy(one.port) as proxy:
        proxy.streams_to = other.port
        async with behind(proxy, house) as (visitor, ana, chat):
            for n in range(10):
                await asyncio.gather(visitor.post_message(chat, f"v{n}"), ana.post_message(chat, f"a{n}"))
            await is_whole(chat, ["Hello", *(f"{who}{n}" for n in range(10) for who in "va")], visitor, ana)
            proxy.target, proxy.streams_to = other.port, None
            assert one.stop() == 0  # with nobody's stream, and nobody's next command
            await visitor.post_message(chat, "to the other one")
            await eventually(lambda: bodies(ana.logs[chat].entries)[-1] == "to the other one")


async def test_a_server_that_is_stopped_ends_its_streams_at_once_and_all_goes_on_elsewhere(
    house: OpenHouse,
) -> None:
    async with blocking_proxy(house.served.port) as proxy, behind(proxy, house) as (visitor, ana, chat):
        other = await asyncio.to_thread(house.serve)
        proxy.target = other.port
        started = time.monotonic()
        assert await asyncio.to_thread(house.served.stop) == 0
        assert time.monotonic() - started < 10
        await visitor.post_message(chat, "Still there?")
        await is_whole(chat, ["Hello", "Still there?"], visitor, ana)


def test_within_45_seconds_the_agent_of_a_dead_line_is_released() -> None:
    assert HEADS_EVERY + UNACKNOWLEDGED + LINGER + AGENT_GRACE + 2 * CLOCK_EVERY <= 45


async def test_a_stream_that_is_not_read_is_ended_and_the_server_keeps_little_of_it(house: OpenHouse) -> None:
    async with house.visitor() as visitor, house.staff("ana") as ana:
        chat = await visitor.start_conversation("Hello")
        await ana.set_status("online")
        await take(ana, chat)
        line = stream_of(house, "visitor", visitor.token or "", {f"conversation:{chat}": 3})
        before, started = memory_of(house.served.pid), time.monotonic()
        while is_connected(house.served.port, line.getsockname()[1]):
            for _ in range(20):
                await ana.post_message(chat, "€" * 8_000)
            assert time.monotonic() - started < 15  # as long as it is cut after five
        assert memory_of(house.served.pid) - before < GROWTH
        line.close()
        await visitor.post_message(chat, "I do read")
        assert visitor.link.losses == ana.link.losses == 0


def test_a_stream_whose_reader_is_gone_without_a_word_ends_within_20_seconds(house: OpenHouse) -> None:
    with stream_of(house, "agent", token_of("ana"), {}) as line:
        time.sleep(0.5)
        take_nothing_more(line)
        started = time.monotonic()
        while is_connected(house.served.port, line.getsockname()[1]):
            assert time.monotonic() - started < 20
            time.sleep(0.1)
    assert time.monotonic() - started > UNACKNOWLEDGED / 2  # it was no goodbye that ended it


def stream_of(house: OpenHouse, who: str, token: str, heads: dict[str, int]) -> socket.socket:
    """A stream that has begun, on a connection that buffers little of its own."""
    line = small_socket(house.served.port)
    body = json.dumps({"heads": heads})
    head = f"POST /live/events?as={who} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
    line.sendall(
        f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    assert line.recv(1024).startswith(b"HTTP/1.1 200")
    return line


def take_nothing_more(line: socket.socket) -> None:
    """From now on the kernel drops what comes, and acknowledges nothing: a cable that was pulled."""
    drop_all = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
    line.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", 1, ctypes.addressof(drop_all)))


def is_connected(server: int, client: int) -> bool:
    """Whether the server's end of this connection is still open."""
    established = "01"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, here, there, state = line.split()[:4]
        if here.endswith(f":{server:04X}") and there.endswith(f":{client:04X}"):
            return state == established
    return False
