"""Guarantee 1, of commands that add an entry: answered is committed, whatever happens to the process."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from support_chat.live.client import ChatClient, ClientError, StaffClient, VisitorClient
from tests.promises.talking import eventually
from tests.services.open_house import OpenHouse
from tests.services.served import ServedProcess

CHATS = 12
ENTRIES = "SELECT client_id, visible, position FROM desk_entry WHERE client_id IS NOT NULL"


@dataclass(frozen=True)
class Answer:
    """One command that was answered ok, with all it takes to send it again."""

    client: ChatClient
    do: str
    fields: dict[str, Any]
    position: int


@dataclass
class Notebook:
    """What was asked, and what of it was answered before the end."""

    answered: list[Answer] = field(default_factory=list)

    async def ask(self, client: ChatClient, do: str, **fields: Any) -> dict[str, Any]:
        given = {"client_id": str(uuid4()), **fields}
        reply = await client.request(do, **given)
        self.answered.append(Answer(client, do, given, reply["position"]))
        return reply


async def visitor_talks(notebook: Notebook, visitor: VisitorClient) -> None:
    while True:
        reply = await notebook.ask(visitor, "start_conversation", body="Hello")
        chat = reply["conversation"]
        posts = [notebook.ask(visitor, "post_message", conversation=chat, body=f"{n}") for n in range(8)]
        await asyncio.gather(*posts)
        await notebook.ask(visitor, "end_conversation", conversation=chat)
        await notebook.ask(visitor, "post_message", conversation=chat, body="One more thing")


async def agent_works(notebook: Notebook, agent: StaffClient) -> None:
    taken: set[str] = set()

    def hear(event: dict[str, Any]) -> None:
        for row in event.get("rows", ()):
            if row["agent"] and row["agent"]["id"] == agent.agent["id"]:
                taken.add(row["conversation"])

    agent.on_event.append(hear)
    while True:
        for chat in list(taken):
            with contextlib.suppress(ClientError):  # it was ended meanwhile
                await notebook.ask(agent, "add_note", conversation=chat, body="Mind this.")
                await notebook.ask(agent, "post_message", conversation=chat, body="Yes.")
        await asyncio.sleep(0.005)


def stored(url: str) -> dict[str, set[int]]:
    """client_id, without dashes → the positions it has, as either side counts."""
    if url.startswith("sqlite:///"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            rows = connection.execute(ENTRIES).fetchall()
    else:
        with psycopg.connect(url) as connection:
            rows = connection.execute(ENTRIES).fetchall()
    assert len({row[0] for row in rows}) == len(rows), "something was written twice"
    return {str(row[0]).replace("-", ""): {row[1], row[2]} for row in rows}


async def until_killed(talks: list[Coroutine[Any, Any, None]], house: OpenHouse, notebook: Notebook) -> None:
    running = [asyncio.create_task(talk) for talk in talks]
    kinds = {"start_conversation", "post_message", "end_conversation", "add_note"}
    await eventually(
        lambda: len(notebook.answered) > 300 and {answer.do for answer in notebook.answered} >= kinds
    )
    house.served.kill()
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_whatever_was_answered_is_there_after_a_kill_and_asking_again_gets_the_same_answer(
    open_house: Callable[..., OpenHouse], serve_process: Callable[..., ServedProcess], transport: str
) -> None:
    house, notebook = open_house(capacity=50, transport=transport), Notebook()
    async with contextlib.AsyncExitStack() as opened:
        visitors = [await opened.enter_async_context(house.visitor()) for _ in range(CHATS)]
        ana = await opened.enter_async_context(house.staff("ana"))
        await ana.set_status("online")
        talks = [visitor_talks(notebook, visitor) for visitor in visitors]
        await until_killed([*talks, agent_works(notebook, ana)], house, notebook)
    known = stored(house.served.database_url)
    lost = [
        answer
        for answer in notebook.answered
        if answer.position not in known.get(answer.fields["client_id"].replace("-", ""), ())
    ]
    assert lost == []

    house.served = serve_process(house.served.database_url, THROTTLE="off")
    again = {client: await back(house, client) for client in (*visitors, ana)}
    for answer in notebook.answered[:: max(1, len(notebook.answered) // 60)]:
        reply = await again[answer.client].request(answer.do, **answer.fields)
        assert reply["position"] == answer.position, answer.do
    for client in again.values():
        await client.stop()
    assert stored(house.served.database_url).keys() == known.keys()
    await asyncio.to_thread(house.check)


async def back(house: OpenHouse, client: ChatClient) -> ChatClient:
    """The same person, at the new process."""
    new = house.visitor(token=client.token) if isinstance(client, VisitorClient) else house.staff("ana")
    await new.start()
    return new
