"""What one client may do to a process: bounded, and refused by name before it is closed."""

import asyncio
import json
import time
from uuid import uuid4

import pytest

from support_chat.live import throttle
from support_chat.live.decoder import MAX_FRAME_BYTES
from support_chat.live.news import Fleeting, News
from support_chat.live.throttle import Rate, Throttle, TokenBucket, source_of
from tests.live.fakes import LOG, face
from tests.live.wire import Client, connected


async def test_a_bad_frame_is_refused_and_the_socket_lives() -> None:
    async with connected(face()) as client:
        reply = await client.reply_to(None, text="[" * 100_000)
        assert reply["error"]["code"] == "bad_frame"
        assert await client.ok("hello", site="shop") == {"position": 0}


async def test_a_frame_that_is_not_text_is_a_bad_frame() -> None:
    async with connected(face()) as client:
        client.send_bytes(b'{"id":1,"do":"beat"}')
        await client.until(lambda: client.frames)
        assert client.frames[0] == {"re": None, "error": client.frames[0]["error"]}


async def test_ten_bad_frames_in_a_row_close_with_4400() -> None:
    async with connected(face()) as client:
        for _ in range(10):
            client.send_text("{")
        assert await client.closed() == 4400
        assert len(client.received) == 10


async def test_bad_frames_between_good_ones_are_forgiven() -> None:
    async with connected(face()) as client:
        await client.ok("hello", site="shop")
        for _ in range(3):
            for _ in range(9):
                client.send_text("{")
            await client.ok("beat")


async def test_the_third_frame_too_big_closes_with_4413() -> None:
    async with connected(face()) as client:
        for _ in range(3):
            client.send_text("x" * (MAX_FRAME_BYTES + 1))
        assert await client.closed() == 4413
        assert {frame["error"]["code"] for frame in client.frames} == {"too_big"}


@pytest.mark.parametrize(
    "name",
    [
        "base",
        "__class__",
        "__init__",
        "_take",
        "serve",
        "welcome",
        "listen",
        "identify",
        "close_with",
        "hear",
        "left",
        "admit",
        "bind",
        "websocket.disconnect",
        "hint",
        "chat.message",
        "Hello",
        "HELLO",
        "hello ",
        "",
        "x" * 64,
        "\u0000",
    ],
)
async def test_only_the_commands_of_the_table_can_be_reached(name: str) -> None:
    async with connected(face()) as client:
        await client.ok("hello", site="shop")
        reply = await client.ask(name)
        assert reply["error"] == {
            "code": "unknown_command",
            "message": "There is no such command.",
            "retry": False,
        }


async def test_five_hundred_unknown_names_are_refused_and_the_socket_lives() -> None:
    async with connected(face(limits=True)) as client:
        await client.ok("hello", site="shop")
        numbers = [client.send(f"name_{n}") for n in range(500)]
        assert (await client.reply_to(numbers[-1]))["error"]["code"] == "unknown_command"
        assert "heads" in await client.ok("beat")


async def test_posts_beyond_the_burst_are_refused_too_fast_and_hold_back_the_later_ones() -> None:
    async with connected(face(limits=True)) as client:
        await client.ok("hello", site="shop")
        began = time.monotonic()
        numbers = [
            client.send("post_message", conversation="abc", client_id=str(uuid4()), body=str(n))
            for n in range(60)
        ]
        replies = [await client.reply_to(number) for number in numbers]
        regained = 5 * (time.monotonic() - began)  # on a busy machine they take a while
        codes = [reply.get("error", {}).get("code", "ok") for reply in replies]
        first = codes.index("too_fast")
        assert 30 <= first <= 30 + regained
        assert codes == ["ok"] * first + ["too_fast"] + ["out_of_turn"] * (59 - first)
        assert 0 < replies[first]["error"]["after"] <= 0.2


async def test_the_limits_of_a_sender_are_shared_by_their_sockets() -> None:
    own = face(limits=True)
    async with connected(own) as one, connected(own) as two:
        await one.ok("hello", site="shop")
        await two.ok("hello", site="shop")
        for client in (one, two):
            numbers = [
                client.send("post_message", conversation="abc", client_id=str(uuid4()), body="x")
                for _ in range(20)
            ]
            await client.reply_to(numbers[-1])
        assert len(own.source.logs[LOG]) == 30


async def test_typing_beyond_its_limit_is_answered_and_not_told() -> None:
    own = face(limits=True)
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        for _ in range(20):
            assert await client.ok("set_typing", conversation="abc", typing=True) == {}
        assert 10 <= len(own.done) <= 12


async def test_a_flood_is_closed_with_4429() -> None:
    async with connected(face(limits=True)) as client:
        await client.ok("hello", site="shop")
        for _ in range(400):
            client.send("beat")
        assert await client.closed() == 4429


async def test_lifted_limits_limit_nothing() -> None:
    async with connected(face(limits=False)) as client:
        await client.ok("hello", site="shop")
        for _ in range(30_000):
            client.send_text('{"id":9,"do":"beat"}')  # more than 1 MiB of replies
        await client.until(lambda: len(client.received) == 30_001)


async def test_the_ninth_socket_of_a_visitor_closes_the_oldest_with_4409() -> None:
    own = face()
    clients = [Client(own) for _ in range(9)]
    for client in clients:
        await client.open()
        await client.ok("hello", site="shop", token="same")
    assert await clients[0].closed() == 4409
    assert "heads" in await clients[8].ok("beat")
    for client in clients[1:]:
        await client.leave()


async def test_a_source_with_too_many_hellos_outstanding_is_closed_with_4429_and_others_are_let_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(throttle, "HELLOS_A_SOURCE", 2)
    own = face(limits=True)
    async with connected(own) as first, connected(own), connected(own) as third:
        assert await third.closed() == 4429
        async with connected(own, client=("198.51.100.9", 1)) as elsewhere:
            await elsewhere.ok("hello", site="shop")
        await first.ok("hello", site="shop")
        async with connected(own) as fourth:
            await fourth.ok("hello", site="shop", token="other")


async def test_a_reader_too_slow_for_what_it_is_told_is_closed_with_4408() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        client.slow.clear()
        for _ in range(40):
            own.hub.publish([own.source.add("x" * 32_000)])
        await asyncio.sleep(0.01)
        client.slow.set()
        assert await client.closed() == 4408


async def test_who_does_not_take_their_replies_is_not_read_any_further() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        client.slow.clear()
        for _ in range(30_000):
            client.send_text('{"id":9,"do":"beat"}')
        await asyncio.sleep(0.3)
        assert client._to_server.qsize() > 20_000
        client.slow.set()
        await client.until(lambda: len(client.received) == 30_001)


async def test_what_is_fleeting_is_dropped_before_a_reader_is() -> None:
    own = face()
    async with connected(own) as client:
        await client.ok("hello", site="shop")
        client.slow.clear()
        await asyncio.sleep(0)
        consumer = next(iter(own.registry._open))
        typing = json.dumps({"event": "typing", "preview": "x" * 1_000})
        consumer.hear(Fleeting([typing] * 900))
        own.hub.publish([own.source.add("x" * 30_000) for _ in range(6)])
        own.hub.publish([own.source.add("last")])
        client.slow.set()
        await client.until(lambda: client.events and client.events[-1].get("text") == "last")
        assert len([event for event in client.events if event["event"] == "typing"]) <= 1
        assert client.close_code is None


async def test_a_reader_that_takes_nothing_is_cut_and_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("support_chat.live.outgoing.CLOSE_WITHIN", 0.05)
    own = face()
    client = Client(own)
    await client.open()
    await client.ok("hello", site="shop")
    client.slow.clear()
    own.hub.publish([News(topic=LOG, version=1, frames={"visitor": ("{}",)}, visible=1)])
    await asyncio.sleep(0.01)
    own.registry.close_all(4012)
    started = time.perf_counter()
    await asyncio.wait_for(client._serving, 1)
    assert time.perf_counter() - started < 0.5
    assert len(own.registry) == 0


def test_a_bucket_fills_with_time() -> None:
    bucket = TokenBucket(Rate(2, 4.0))
    assert [bucket.take(100.0) for _ in range(3)] == [0.0, 0.0, 0.25]
    assert bucket.take(100.25) == 0.0
    assert bucket.take(100.25) > 0
    assert not bucket.is_full(100.25)
    assert bucket.is_full(101.0)


def test_senders_at_rest_are_forgotten() -> None:
    limits = Throttle()
    for n in range(2_500):
        limits.sender(str(n), now=1_000.0 + n)
    assert len(limits._senders) <= 1_000


@pytest.mark.parametrize(
    ("host", "source"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("not an address", "not an address"),
    ],
)
def test_a_source_is_an_address_or_its_network(host: str, source: str) -> None:
    assert source_of({"client": (host, 4711)}) == source
    assert source_of({"client": None}) == ""
