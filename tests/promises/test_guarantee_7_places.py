"""Guarantee 7: an honest place, and who came first is taken first."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

from support_chat.live.client import VisitorClient
from tests.promises.talking import eventually, take
from tests.services.open_house import OpenHouse


def told_places(visitor: VisitorClient) -> list[int]:
    """The places that a visitor is told from now on, as they come."""
    places: list[int] = []

    def hear(event: dict[str, Any]) -> None:
        if event["event"] == "queue_moved":
            places.append(event["place"])

    visitor.on_event.append(hear)
    return places


async def test_those_who_wait_are_told_their_true_place_and_move_up_in_the_order_they_came(
    open_house: Callable[..., OpenHouse],
) -> None:
    house = open_house(capacity=1)
    async with AsyncExitStack() as opened:
        ana = await opened.enter_async_context(house.staff("ana"))
        visitors = [await opened.enter_async_context(house.visitor()) for _ in range(4)]
        told = [told_places(visitor) for visitor in visitors]
        chats = []
        for count, visitor in enumerate(visitors, 1):
            chats.append(await visitor.start_conversation("Hello"))
            await eventually(lambda count=count: told[count - 1][-1:] == [count])
        await ana.set_status("online")
        for served, chat in enumerate(chats):
            await take(ana, chat)
            for waiting in range(served + 1, 4):
                await eventually(lambda n=waiting, served=served: told[n][-1:] == [n - served])
            await ana.close_conversation(chat)
    for places in told:
        assert places == sorted(places, reverse=True), "a place grew"
