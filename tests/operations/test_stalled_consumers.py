"""Who stalls while much is told: a process that stands still for a while, and a client that does not read."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
import redis

from support_chat.live.client import ChatClient, VisitorClient
from tests.chaos.proxy import Proxy
from tests.operations.scrape import scrape
from tests.promises.talking import bodies, eventually, take
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.redis import RedisServer
from tests.services.served import ServedProcess

STALL = 5.0  # seconds
EVENTS = 500
SAID = [f"{n:03}" for n in range(EVENTS)]


async def say(visitor: VisitorClient, chat: str, said: Iterable[str], more: str = "") -> None:
    """All at once, in this order."""
    post = partial(visitor.request, "post_message", conversation=chat)
    await asyncio.gather(*(post(client_id=str(uuid4()), body=words + more) for words in said))


def heard(client: ChatClient, chat: str) -> list[str]:
    """What was told of it after the first words."""
    return [words[:3] for words in bodies(client.logs[chat].entries)[1:]]


async def test_a_process_that_stood_still_tells_all_that_was_said_meanwhile_in_order(
    postgres_url: str, redis_server: RedisServer, serve_process: Callable[..., ServedProcess]
) -> None:
    key = build_house_in(postgres_url)
    start = [postgres_url, redis_server.url]
    served = [await asyncio.to_thread(serve_process, *start, THROTTLE="off") for _ in range(2)]
    here, there = [OpenHouse(key, each, serve_process) for each in served]
    async with here.visitor() as vera, there.staff("ana") as ana:
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        with ExitStack() as still:
            os.kill(there.served.pid, signal.SIGSTOP)
            still.callback(os.kill, there.served.pid, signal.SIGCONT)
            until = asyncio.get_running_loop().time() + STALL
            await say(vera, chat, SAID[: EVENTS // 2])
            lose_what_waits_for(redis_server)
            await say(vera, chat, SAID[EVENTS // 2 :])
            await asyncio.sleep(until - asyncio.get_running_loop().time())
            assert heard(ana, chat) == []
        await eventually(lambda: heard(ana, chat) == SAID)
        assert ana.link.losses == ana.logs[chat].doubled == 0, "over the same socket, and each once"


def lose_what_waits_for(redis_server: RedisServer) -> None:
    """Ends every subscription, as Redis does where more waits for one than may."""
    with redis.Redis.from_url(redis_server.url) as client:
        assert client.client_kill_filter(_type="pubsub") > 1


@asynccontextmanager
async def link_to(house: OpenHouse) -> AsyncIterator[tuple[Proxy, OpenHouse]]:
    """A link that can fall silent, and the house as it is seen through it."""
    proxy = Proxy([house.served.port], random.Random(13))
    await proxy.start()
    try:
        yield proxy, replace(house, served=replace(house.served, port=proxy.port))
    finally:
        await proxy.stop()


@pytest.mark.parametrize(
    ("more", "closed"), [("", False), ("x" * 5_000, True)], ids=["few bytes", "too many"]
)
async def test_a_client_that_did_not_read_has_all_that_was_said_meanwhile_in_order(
    open_house: Callable[..., OpenHouse], more: str, closed: bool
) -> None:
    house = open_house()
    async with (
        link_to(house) as (link, slow),
        house.visitor() as vera,
        house.staff("ben") as ben,
        slow.staff("ana", transport="socket") as ana,
    ):
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        await ben.open_conversation(chat)
        link.hold()
        await say(vera, chat, SAID, more)
        await eventually(lambda: heard(ben, chat) == SAID)
        assert heard(ana, chat) == []
        link.heal()
        await eventually(lambda: heard(ana, chat) == SAID)
        assert (ana.link.losses > 0) is closed
        assert (scrape(house.served).get(("closes_total", "4408"), 0) > 0) is closed
