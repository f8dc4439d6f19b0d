"""Guarantee 6 where many want the same: of eight who accept a chat at once one gets it, and the others are
told who; a crowd that is given chats and grabs at them, in three processes where the database allows it.

`RUSH=full` plays it with 50 agents and 1,000 chats.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from support_chat.live.client import LostError, RefusedError, StaffClient
from tests.promises.crowd import hire_into
from tests.promises.talking import eventually, whole_log
from tests.services.open_house import OpenHouse
from tests.services.served import ServedProcess

ROUNDS, RIVALS = 60, 8
AGENTS, CHATS = (50, 1_000) if os.environ.get("RUSH") == "full" else (8, 32)
PROCESSES = 3
REFUSALS = {"changed", "at_capacity", "not_next", "busy"}


@pytest.fixture
async def doors(
    open_house: Callable[..., OpenHouse], serve_process: Callable[..., ServedProcess]
) -> list[OpenHouse]:
    """A house with as many processes as its database may have."""
    house = open_house()
    url = house.served.database_url
    more = range(PROCESSES - 1) if url.startswith("postgres") else ()
    started = [await asyncio.to_thread(serve_process, url, THROTTLE="off") for _ in more]
    return [house, *(replace(house, served=served) for served in started)]


@pytest.fixture
async def opened() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def hired(doors: list[OpenHouse], opened: AsyncExitStack, capacities: list[int]) -> list[StaffClient]:
    names = await asyncio.to_thread(hire_into, doors[0], capacities)
    agents = [doors[at % len(doors)].staff(name) for at, name in enumerate(names)]
    for agent in agents:
        await opened.enter_async_context(agent)
    return agents


async def test_of_all_who_accept_a_chat_at_once_one_gets_it_and_the_others_are_told_who(
    doors: list[OpenHouse], opened: AsyncExitStack
) -> None:
    agents = await hired(doors, opened, [ROUNDS] * RIVALS)
    visitor = await opened.enter_async_context(doors[-1].visitor())
    for turn in range(ROUNDS):
        chat = await visitor.start_conversation(f"Hello {turn}")
        answers = await asyncio.gather(*(accepts(agent, chat) for agent in agents))
        winners = [agent.agent for agent, answer in zip(agents, answers, strict=True) if answer is None]
        assert len(winners) == 1
        told = [answer for answer in answers if answer is not None]
        assert [refused.code for refused in told] == ["changed"] * (RIVALS - 1)
        named = {"id": winners[0]["id"], "name": winners[0]["name"]}
        assert all(refused.details["agent"] == named for refused in told)
        await visitor.request("end_conversation", conversation=chat, client_id=str(uuid4()))
    await asyncio.to_thread(doors[0].check)


async def accepts(agent: StaffClient, chat: str) -> RefusedError | None:
    try:
        await agent.request("accept_conversation", conversation=chat, client_id=str(uuid4()))
    except RefusedError as refused:
        return refused
    return None


@dataclass
class Rush:
    """Agents who close what they are given at once, and grab at one chat after the other that waits."""

    closed: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    loads: list[tuple[int, int]] = field(default_factory=list)  # load and capacity, whenever they were told
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    over: bool = False

    def is_beyond(self, served: int) -> bool:
        return len(self.closed) > served

    def joined_by(self, agent: StaffClient) -> None:
        mine: set[str] = set()
        waiting: set[str] = set()

        def hear(event: dict[str, Any]) -> None:
            if event["event"] == "agent_changed":
                self.loads.append((event["agent"]["load"], event["agent"]["capacity"]))
            for row in event.get("rows", ()):
                chat = row["conversation"]
                (waiting.add if row["state"] == "queued" else waiting.discard)(chat)
                if row["agent"] is not None and row["agent"]["id"] == agent.agent["id"] and chat not in mine:
                    mine.add(chat)
                    self._go_on(self._do(agent, "close_conversation", chat))

        agent.on_event.append(hear)
        self._go_on(self._grab(agent, waiting))

    def _go_on(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _grab(self, agent: StaffClient, waiting: set[str]) -> None:
        while not self.over:
            if waiting:
                await self._do(agent, "accept_conversation", random.choice(sorted(waiting)))
            await asyncio.sleep(0.01)

    async def _do(self, agent: StaffClient, does: str, chat: str) -> None:
        client_id = str(uuid4())
        while True:
            try:
                await agent.request(does, conversation=chat, client_id=client_id)
            except LostError:
                continue  # too late in a crowd; asked again, it is the same command
            except RefusedError as refused:
                self.refused[refused.code] += 1
            else:
                self.closed |= {chat} if does == "close_conversation" else set()
            return


async def test_in_a_rush_every_chat_has_one_agent_and_no_agent_one_too_many(
    doors: list[OpenHouse], opened: AsyncExitStack
) -> None:
    agents = await hired(doors, opened, [1 + at % 3 for at in range(AGENTS)])
    rush = Rush()
    for agent in agents:
        rush.joined_by(agent)
    await asyncio.gather(*(agent.set_status("online") for agent in agents))
    visitors = [doors[at % len(doors)].visitor() for at in range(CHATS)]
    await asyncio.gather(*(opened.enter_async_context(visitor) for visitor in visitors))
    chats = await asyncio.gather(*(visitor.start_conversation("Hello") for visitor in visitors))
    await all_served(rush, set(chats))
    rush.over = True
    assert [told for told in rush.loads if told[0] > told[1]] == []
    assert set(rush.refused) <= REFUSALS
    for visitor, chat in list(zip(visitors, chats, strict=True))[:20]:
        kinds = [entry["kind"] for entry in await whole_log(visitor, chat)]
        assert kinds == ["opened", "message", "assigned", "closed"]
    await asyncio.to_thread(doors[0].check)


async def all_served(rush: Rush, chats: set[str]) -> None:
    """As long as it goes on: what has stopped is broken."""
    served = 0
    while served < len(chats):
        await eventually(partial(rush.is_beyond, served))
        served = len(rush.closed)
    assert rush.closed == chats
