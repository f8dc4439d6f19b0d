"""Guarantee 5: the channel layer is a doorbell, the database the letterbox."""

import time
from collections.abc import Callable

from tests.promises.talking import bodies, eventually, take
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.redis import RedisServer
from tests.services.served import ServedProcess

STALE = 2.0  # seconds that words may take without Redis


async def test_with_redis_stopped_words_cross_from_process_to_process_in_time_and_nothing_needs_a_restart(
    postgres_url: str, redis_server: RedisServer, serve_process: Callable[..., ServedProcess]
) -> None:
    key = build_house_in(postgres_url)
    served = [serve_process(postgres_url, redis_server.url) for _ in range(2)]
    here, there = [OpenHouse(key, each, serve_process) for each in served]
    async with here.visitor() as vera, there.staff("ana") as ana:
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        await vera.post_message(chat, "with Redis")
        redis_server.stop()
        took = []
        for speaker, listener, words in ((vera, ana, "from here"), (ana, vera, "from there")):
            await speaker.post_message(chat, words)
            said = time.monotonic()
            await eventually(lambda log=listener.logs[chat], words=words: words in bodies(log.entries))
            took.append(time.monotonic() - said)
        redis_server.start()
        await vera.post_message(chat, "with Redis again")
        await eventually(lambda: "with Redis again" in bodies(ana.logs[chat].entries))
        assert bodies(ana.logs[chat].entries) == bodies(vera.logs[chat].entries)
    assert max(took) < STALE
