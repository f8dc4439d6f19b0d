"""Sockets on which nothing is said for a while, on servers that share a Redis."""

import asyncio
import time
from collections.abc import Callable

from tests.promises.talking import bodies, eventually, take
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.redis import RedisServer
from tests.services.served import ServedProcess

QUIET = 7.0  # seconds; clients of Redis have given up reading after five


async def test_what_comes_after_a_silence_comes_at_once_and_over_the_same_sockets(
    postgres_url: str, redis_server: RedisServer, serve_process: Callable[..., ServedProcess]
) -> None:
    key = build_house_in(postgres_url)
    served = [await asyncio.to_thread(serve_process, postgres_url, redis_server.url) for _ in range(2)]
    here, there = [OpenHouse(key, each, serve_process) for each in served]
    async with here.visitor() as vera, there.staff("ana") as ana:
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        await asyncio.sleep(QUIET)
        began = time.monotonic()
        await vera.post_message(chat, "Still there?")
        await eventually(lambda: "Still there?" in bodies(ana.logs[chat].entries))
        assert time.monotonic() - began < 1
        assert vera.link.losses == ana.link.losses == 0, "nobody had to come back"
