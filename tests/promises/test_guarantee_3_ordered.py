"""Guarantee 3: every reader sees positions 1..n, each once; a sender's own order is kept."""

import asyncio
from collections.abc import Callable
from typing import Any

from support_chat.live.client import ChatClient
from tests.promises.talking import bodies, eventually, take
from tests.services.open_house import OpenHouse

EACH = 60  # messages of each writer, all under way at once


def told_positions(client: ChatClient) -> list[int]:
    """The positions that a socket is told from now on, as they come."""
    told: list[int] = []

    def hear(event: dict[str, Any]) -> None:
        if event["event"] == "entry_added":
            told.append(event["entry"]["position"])

    client.on_event.append(hear)
    return told


async def post_all(writer: ChatClient, chat: str, name: str) -> None:
    await asyncio.gather(*(writer.post_message(chat, f"{name}{n}") for n in range(EACH)))


async def test_three_writers_at_once_are_read_by_all_in_one_order_without_a_gap(
    open_house: Callable[..., OpenHouse],
) -> None:
    house = open_house()
    async with house.visitor() as vera, house.staff("ana") as ana, house.staff("ben") as ben:
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        await ben.open_conversation(chat)
        async with house.visitor(token=vera.token) as elsewhere:
            clients: list[ChatClient] = [vera, elsewhere, ana, ben]
            told = [told_positions(client) for client in clients]
            starts = [client.logs[chat].position for client in clients]
            writers = {"v": vera, "e": elsewhere, "a": ana}
            await asyncio.gather(*(post_all(writer, chat, name) for name, writer in writers.items()))
            await eventually(lambda: all(len(each) >= EACH * 3 for each in told))
            logs = [bodies(client.logs[chat].entries) for client in clients]
    for positions, start in zip(told, starts, strict=True):
        assert positions == list(range(start + 1, start + 1 + EACH * 3))
    assert all(log == logs[0] for log in logs)
    for name in writers:
        assert [words for words in logs[0] if words[0] == name] == [f"{name}{n}" for n in range(EACH)]
