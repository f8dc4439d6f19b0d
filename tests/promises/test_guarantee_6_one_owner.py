"""Guarantee 6 under real concurrency: twelve agents race for eight chats, in two processes where the
database allows it; nobody shares a chat, and nobody ever holds one too many."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import pytest

from support_chat.live.client import ChatClient, RefusedError, StaffClient, VisitorClient
from tests.promises.crowd import hire_into
from tests.promises.talking import eventually, owner_of, whole_log
from tests.services.open_house import OpenHouse
from tests.services.served import ServedProcess

CAPACITIES = [1, 2, 3] * 4
CHATS = 8


@dataclass
class Race:
    house: OpenHouse
    agents: list[StaffClient]
    visitors: list[VisitorClient]
    manager: StaffClient
    loads: list[tuple[str, int, int]] = field(
        default_factory=list
    )  # all that was ever told: who, load, capacity

    def hear(self, event: dict[str, Any]) -> None:
        if event["event"] == "teammate_changed":
            card = event["agent"]
            self.loads.append((card["name"], card["load"], card["capacity"]))

    async def starts(self) -> list[str]:
        return list(await asyncio.gather(*(each.start_conversation("Hello") for each in self.visitors)))

    async def ends(self) -> None:
        asked = [ask(each, "end_conversation", str(each.conversation)) for each in self.visitors]
        await asyncio.gather(*asked)

    async def all_say(self, status: str) -> None:
        await asyncio.gather(*(agent.set_status(status) for agent in self.agents))


@pytest.fixture
async def race(
    open_house: Callable[..., OpenHouse], serve_process: Callable[..., ServedProcess]
) -> AsyncIterator[Race]:
    house = open_house()
    names = await asyncio.to_thread(hire_into, house, CAPACITIES)
    doors = [house]
    if house.served.database_url.startswith("postgres"):
        second = await asyncio.to_thread(serve_process, house.served.database_url, THROTTLE="off")
        doors.append(replace(house, served=second))
    async with AsyncExitStack() as opened:
        agents = [doors[n % len(doors)].staff(name) for n, name in enumerate(names)]
        visitors = [doors[n % len(doors)].visitor() for n in range(CHATS)]
        manager = house.staff("mia")
        for client in (*agents, *visitors, manager):
            await opened.enter_async_context(client)
        race = Race(house, agents, visitors, manager)
        manager.on_event.append(race.hear)
        yield race
        await eventually(lambda: len(race.loads) > 0)
        assert [told for told in race.loads if told[1] > told[2]] == []
        await asyncio.to_thread(house.check)


async def ask(client: ChatClient, do: str, chat: str) -> str:
    """One command, one attempt: "ok" or the code of the refusal."""
    try:
        await client.request(do, conversation=chat, client_id=str(uuid4()))
    except RefusedError as refused:
        return refused.code
    return "ok"


async def grab(agent: StaffClient, chats: list[str]) -> dict[str, str]:
    """All of them, in any order: again where another chat comes first."""
    answers = dict.fromkeys(chats, "not_next")
    while left := [chat for chat, code in answers.items() if code == "not_next"]:
        answers |= {chat: await ask(agent, "accept_conversation", chat) for chat in left}
    return answers


async def test_nobody_shares_a_chat_and_nobody_holds_one_too_many(race: Race) -> None:
    await everybody_accepts_everything(race)
    await everything_happens_at_once(race)


async def everybody_accepts_everything(race: Race) -> None:
    """Of twelve who want each chat exactly one gets it."""
    chance = random.Random(6)
    for _ in range(2):
        chats = await race.starts()
        orders = [chance.sample(chats, len(chats)) for _ in race.agents]
        grabbed = await asyncio.gather(*(grab(*pair) for pair in zip(race.agents, orders, strict=True)))
        for chat in chats:
            takers = [
                agent.agent["name"]
                for agent, answers in zip(race.agents, grabbed, strict=True)
                if answers[chat] == "ok"
            ]
            assert len(takers) == 1
            assert await owner_of(race.manager, chat) == takers[0]
        codes = {code for answers in grabbed for code in answers.values()}
        assert codes <= {"ok", "changed", "at_capacity"}
        await race.ends()


async def everything_happens_at_once(race: Race) -> None:
    """Chats are taken, given, closed, reopened and written to, all without waiting for each other."""
    chance = random.Random(7)

    async def meddle(agent: StaffClient, chats: list[str]) -> None:
        for _ in range(8):
            do = chance.choice(["accept_conversation", "close_conversation", "reopen_conversation"])
            await ask(agent, do, chance.choice(chats))

    async def write_again(visitor: VisitorClient) -> None:
        for n in range(4):
            await visitor.post_message(str(visitor.conversation), f"And {n}")

    await race.all_say("away")
    chats = await race.starts()
    online = race.agents[:4]  # 1 + 2 + 3 + 1 places: not everybody is served at once
    await asyncio.gather(
        *(agent.set_status("online") for agent in online),
        *(meddle(agent, chats) for agent in race.agents),
        *(write_again(visitor) for visitor in race.visitors),
    )
    holders = Counter([await owner_of(race.manager, chat) for chat in chats])
    holders.pop(None, None)
    room = {agent.agent["name"]: agent.agent["capacity"] for agent in race.agents}
    assert all(held <= room[str(name)] for name, held in holders.items())
    for visitor, chat in zip(race.visitors, chats, strict=True):
        kinds = [entry["kind"] for entry in await whole_log(visitor, chat)]
        held = [kind for kind in kinds if kind in ("assigned", "closed", "returned_to_queue")]
        assert "assigned assigned" not in " ".join(held), "given away while somebody had it"
