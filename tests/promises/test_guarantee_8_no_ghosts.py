"""Guarantee 8: who is gone without a word is released in 45 s; their visitors wait in front of later ones.

Nothing says goodbye here: links turn into black holes that stay open, and a process gets a SIGKILL.
"""

import asyncio
import contextlib
import random
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg

from support_chat.live.client import Entry, Event, StaffClient, VisitorClient
from support_chat.server.limits import PING
from support_chat.settings.chat import AGENT_GRACE, CLOCK_EVERY
from tests.chaos.proxy import Proxy
from tests.promises.crowd import hire_into
from tests.promises.talking import eventually, owner_of, take
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.served import ServedProcess

RELEASED = 45.0  # seconds from the last sign of life, at most
IN_GRACE = "SELECT subject FROM desk_deadline WHERE kind = 'release_agent'"
GONE = ("entry_added", "left")  # the connection dropped: told before anything moves
RETURNED = [GONE, ("entry_added", "returned_to_queue"), ("conversation_changed", "queued")]


def now() -> float:
    return asyncio.get_running_loop().time()


@dataclass
class Guest:
    """A visitor with a chat, and what their socket has heard, from the last look on."""

    client: VisitorClient
    chat: str
    heard: list[Event] = field(default_factory=list)

    def kinds(self) -> list[str]:
        return [entry["kind"] for entry in self.client.logs[self.chat].entries]

    def place(self) -> tuple[int, int] | None:
        moved = [each for each in self.heard if each["event"] == "queue_moved"]
        return (moved[-1]["place"], moved[-1]["of"]) if moved else None

    def changes(self) -> list[tuple[str, str]]:
        """The entries and states they were told, in order."""
        told = [each for each in self.heard if each["event"] in {"entry_added", "conversation_changed"}]
        return [(each["event"], each["entry"]["kind"] if "entry" in each else each["state"]) for each in told]

    async def waits_again(self, died: float) -> float:
        """Seconds from the death of their agent until they were told. TimeoutError when it is too late."""
        async with asyncio.timeout_at(died + RELEASED):
            while ("conversation_changed", "queued") not in self.changes():
                await asyncio.sleep(0.02)
        return now() - died


@dataclass
class Scene:
    """A house, the people in it, and the doors by which agents come."""

    house: OpenHouse
    opened: AsyncExitStack

    async def agent(self, name: str, served: ServedProcess | None = None) -> StaffClient:
        door = self.house if served is None else replace(self.house, served=served)
        agent = await self.opened.enter_async_context(door.staff(name, transport="socket"))
        await agent.set_status("online")
        return agent

    async def link(self) -> tuple[Proxy, ServedProcess]:
        """A link to the house that can fall silent, and the house as it is seen through it."""
        proxy = Proxy([self.house.served.port], random.Random(8))
        await proxy.start()
        self.opened.push_async_callback(proxy.stop)
        return proxy, replace(self.house.served, port=proxy.port)

    async def guest(self) -> Guest:
        client = await self.opened.enter_async_context(self.house.visitor(transport="socket"))
        guest = Guest(client, await client.start_conversation("Hello"))
        client.on_event.append(guest.heard.append)
        return guest

    async def guest_of(self, agent: StaffClient) -> Guest:
        guest = await self.guest()
        await take(agent, guest.chat)
        await eventually(lambda: "assigned" in guest.kinds())
        guest.heard.clear()
        return guest


@asynccontextmanager
async def scene(database_url: str, serve: Callable[..., ServedProcess]) -> AsyncIterator[Scene]:
    """Everybody in it holds one chat at most, so that it is known who gets which."""
    house = OpenHouse(build_house_in(database_url, capacity=1), serve(database_url), serve)
    async with AsyncExitStack() as opened:
        yield Scene(house, opened)


async def test_behind_a_silent_link_an_agent_is_released_and_one_who_is_back_in_the_grace_keeps_the_chat(
    sqlite_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    async with scene(sqlite_url, serve_process) as stage:
        links = [await stage.link() for _ in range(2)]
        ana, ben = [
            await stage.agent(name, door) for name, (_, door) in zip(("ana", "ben"), links, strict=True)
        ]
        lost, kept = await guests_of(stage, ana, ben)
        later = await stage.guest()
        await eventually(lambda: later.place() == (1, 1))
        for link, _ in links:
            link.hold()
        died = now()
        async with asyncio.TaskGroup() as both:
            told = both.create_task(lost.waits_again(died))
            returns = both.create_task(comes_back(stage, "ben", ben))
        back = returns.result()
        assert lost.changes() == RETURNED
        await eventually(lambda: (lost.place(), later.place()) == ((1, 2), (2, 2)))
        await is_still_with(back, kept)
        await serves_next(back, kept, first=lost, second=later)
    assert told.result() > AGENT_GRACE + PING / 2, "a goodbye would have been noticed at once"


async def test_agents_of_a_killed_process_and_of_a_silent_link_are_released_and_visitors_elsewhere_are_told(
    postgres_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    async with scene(postgres_url, serve_process) as stage:
        there = stage.house.serve()
        names = await asyncio.to_thread(hire_into, stage.house, [1])
        link, silent = await stage.link()
        ana, ben = await stage.agent("ana", there), await stage.agent("ben", silent)
        first, second = await guests_of(stage, ana, ben)
        cleo = await stage.agent(names[0], there)
        kept = await stage.guest_of(cleo)
        later = await stage.guest()
        await eventually(lambda: later.place() == (1, 1))
        there.kill()
        link.hold()
        died = now()
        for gone in (ana, cleo):
            await gone.link.stop()  # the port they would try again may be another server's soon
        async with asyncio.TaskGroup() as all_at_once:
            for guest in (first, second):
                all_at_once.create_task(guest.waits_again(died))
            returns = all_at_once.create_task(comes_back(stage, names[0], cleo))
        back = returns.result()
        assert first.changes() == second.changes() == RETURNED
        sent_back = {(1, 3), (2, 3)}  # whoever was released last goes on in front
        await eventually(lambda: {first.place(), second.place()} == sent_back and later.place() == (3, 3))
        await is_still_with(back, kept)
        in_turn = sorted((first, second), key=lambda guest: guest.place() or (0, 0))
        await serves_next(back, kept, first=in_turn[0], second=in_turn[1])
        await eventually(lambda: later.place() == (2, 2))


async def guests_of(stage: Scene, *agents: StaffClient) -> list[Guest]:
    """A visitor for each of them, who came in this order."""
    return [await stage.guest_of(agent) for agent in agents]


async def comes_back(stage: Scene, name: str, gone: StaffClient) -> StaffClient:
    """The same agent by another link, once the server counts them as gone; not online by their own word."""
    url = stage.house.served.database_url
    async with asyncio.timeout(RELEASED - AGENT_GRACE):
        while gone.agent["id"] not in await asyncio.to_thread(in_grace, url):
            await asyncio.sleep(0.2)
    back = await stage.opened.enter_async_context(stage.house.staff(name))
    await asyncio.sleep(AGENT_GRACE + 2 * CLOCK_EVERY)  # until they would have been released
    return back


def in_grace(url: str) -> set[str]:
    """The agents whose release is due, as the database has it."""
    if url.startswith("sqlite:///"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return {subject for (subject,) in connection.execute(IN_GRACE).fetchall()}
    with psycopg.connect(url) as connection:
        return {subject for (subject,) in connection.execute(IN_GRACE).fetchall()}


async def is_still_with(back: StaffClient, guest: Guest) -> None:
    assert await owner_of(back, guest.chat) == back.agent["name"]
    assert guest.changes() in ([], [GONE, ("entry_added", "joined")])
    assert "returned_to_queue" not in guest.kinds()
    await back.open_conversation(guest.chat)
    await guest.client.post_message(guest.chat, "Are you there?")
    await eventually(lambda: said(back.logs[guest.chat].entries) == ["Hello", "Are you there?"])


def said(entries: list[Entry]) -> list[Any]:
    return [entry["body"]["text"] for entry in entries if entry["kind"] == "message"]


async def serves_next(agent: StaffClient, done: Guest, *, first: Guest, second: Guest) -> None:
    """Whoever was sent back is taken before whoever came later."""
    await agent.close_conversation(done.chat)
    await take(agent, first.chat)
    await eventually(lambda: (second.place() or (0, 0))[0] == 1)
    assert ("entry_added", "assigned") not in second.changes()
