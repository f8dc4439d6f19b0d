"""The links of both sides go again and again while they write: all is there once, and nobody has left."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from support_chat.live.client import ChatClient
from tests.chaos.proxy import Proxy
from tests.promises.talking import bodies, eventually, take, whole_log
from tests.services.open_house import OpenHouse

MESSAGES = 30  # of each side
CUTS = 6
BETWEEN = 0.25  # seconds from one cut to the next


async def test_what_both_write_while_their_links_flap_is_there_once_and_nobody_is_said_to_have_left(
    open_house: Callable[..., OpenHouse],
) -> None:
    house = open_house()
    proxy = Proxy([house.served.port], random.Random(18))
    await proxy.start()
    shaky = replace(house, served=replace(house.served, port=proxy.port))
    told: list[dict[str, Any]] = []
    async with (
        shaky.visitor(transport="socket") as vera,
        shaky.staff("ana", transport="socket") as ana,
        house.visitor() as onlooker,
    ):
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        onlooker.on_event.append(told.append)
        writing = asyncio.gather(write(vera, chat, "v"), write(ana, chat, "a"))
        for _ in range(CUTS):
            proxy.cut(list(proxy.lines))
            await asyncio.sleep(BETWEEN)
        await writing
        entries = await whole_log(vera, chat)
        for each in (vera, ana):
            await eventually(lambda client=each: bodies(client.logs[chat].entries) == bodies(entries))
        assert vera.link.losses > CUTS / 2 < ana.link.losses, "they really went"
    for who in "va":
        assert [body for body in bodies(entries) if body[0] == who] == [f"{who}{n}" for n in range(MESSAGES)]
    assert len(bodies(entries)) == 1 + 2 * MESSAGES
    assert [entry["kind"] for entry in entries if entry["kind"] != "message"] == ["opened", "assigned"]
    assert [event for event in told if event["event"] == "availability_changed"] == []
    await proxy.stop()


async def write(client: ChatClient, chat: str, who: str) -> None:
    for n in range(MESSAGES):
        await client.post_message(chat, f"{who}{n}")
        await asyncio.sleep(CUTS * BETWEEN / MESSAGES)
