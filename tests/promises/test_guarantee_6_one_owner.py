"""Guarantee 6: at most one agent holds a chat, and nobody is given more than they can take."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack

from support_chat.live.client import ClientError, StaffClient
from tests.promises.talking import eventually, owner_of
from tests.services.open_house import OpenHouse

CAPACITY, VISITORS = 2, 7
FULL = {"Ana Costa": CAPACITY, "Ben Costa": CAPACITY}


async def grab(agent: StaffClient, chat: str) -> None:
    """Accepts a chat, or is told why not."""
    try:
        await agent.accept_conversation(chat)
    except ClientError:
        return


async def loads(staff: StaffClient, chats: Sequence[str]) -> Counter[str | None]:
    """How many of some chats each agent holds; under None, how many nobody does."""
    return Counter([await owner_of(staff, chat) for chat in chats])


async def test_two_agents_who_grab_everything_at_once_get_each_chat_once_and_no_more_than_they_can_take(
    open_house: Callable[..., OpenHouse],
) -> None:
    house = open_house(capacity=CAPACITY)
    async with AsyncExitStack() as opened:
        visitors = [await opened.enter_async_context(house.visitor()) for _ in range(VISITORS)]
        ana, ben, mia = [
            await opened.enter_async_context(house.staff(name)) for name in ("ana", "ben", "mia")
        ]
        chats = await asyncio.gather(*(visitor.start_conversation("Hello") for visitor in visitors))
        arrivals = [agent.set_status("online") for agent in (ana, ben)]
        await asyncio.gather(*arrivals, *(grab(agent, chat) for chat in chats for agent in (ana, ben)))

        async def both_are_full() -> bool:
            return await loads(mia, chats) == FULL | {None: VISITORS - 2 * CAPACITY}

        await eventually(both_are_full)
        owners = {await owner_of(mia, chat): chat for chat in chats}
        closed = owners["Ana Costa"]
        await ana.open_conversation(closed)
        await ana.close_conversation(closed)
        chats.remove(closed)

        async def both_are_full_again() -> bool:
            return await loads(mia, chats) == FULL | {None: VISITORS - 2 * CAPACITY - 1}

        await eventually(both_are_full_again)
        await asyncio.to_thread(house.check)
