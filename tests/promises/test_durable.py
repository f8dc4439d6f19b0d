"""Guarantee 1: `ok` to a post means committed; a kill the instant after loses nothing answered."""

import asyncio
from collections.abc import Callable

from tests.promises.talking import bodies, eventually, whole_log
from tests.services.open_house import OpenHouse
from tests.services.served import ServedProcess


async def test_what_was_answered_outlives_a_kill_of_the_server_and_nothing_is_doubled(
    open_house: Callable[..., OpenHouse], serve_process: Callable[..., ServedProcess]
) -> None:
    house = open_house()
    answered: list[str] = []
    visitor = house.visitor()
    await visitor.start()
    chat = await visitor.start_conversation()

    async def post(words: str) -> None:
        await visitor.post_message(chat, words)
        answered.append(words)

    posting = [asyncio.create_task(post(f"word {n}")) for n in range(2_000)]
    await eventually(lambda: len(answered) >= 200)
    house.served.kill()
    for post_task in posting:
        post_task.cancel()
    await asyncio.gather(*posting, return_exceptions=True)
    await visitor.stop()

    house.served = serve_process(house.served.database_url)
    async with house.visitor(token=visitor.token) as again:
        kept = bodies(await whole_log(again, chat))
    assert len(answered) < 2_000
    assert set(answered) <= set(kept)
    assert kept == [f"word {n}" for n in range(len(kept))]
