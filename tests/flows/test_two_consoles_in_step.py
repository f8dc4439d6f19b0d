from typing import Any

import pytest

from support_chat.desk import db
from tests.desk.running import Socket, running
from tests.flows.stage import asks, does, row, row_of, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


def last(console: Socket, name: str, **fields: Any) -> dict[str, Any] | None:
    """The newest event of this name with these fields, at whatever depth of its first level."""
    found = [each for each in console.events if each["event"] == name and fields.items() <= each.items()]
    return found[-1] if found else None


def mate(console: Socket, name: str) -> dict[str, Any]:
    cards = [each["agent"] for each in console.events if each["event"] == "teammate_changed"]
    return [card for card in [*console.welcome["teammates"], *cards] if card["name"] == name][-1]


def waiting(console: Socket) -> int:
    told = last(console, "queue_changed")
    return int((told or console.welcome["queues"][0])["waiting"])


async def test_two_agents_see_the_same_queue_and_each_other(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, ben = [await stage.agent(name, status="away") for name in ("ana", "ben")]
        visitors = [await stage.visitor() for _ in range(2)]
        first, second = [await asks(each) for each in visitors]
        for console in (ana, ben):
            await row(console, first, lambda row: row["state"] == "queued")
            await console.until(lambda console=console: waiting(console) == 2)
        assert row_of(ana, second)["sort"] > row_of(ana, first)["sort"]

        await does(ana, "accept_conversation", first)
        await row(ben, first, lambda row: row["state"] == "active" and row["agent"]["name"] == "Ana Costa")
        await ben.until(lambda: waiting(ben) == 1 and mate(ben, "Ana Costa")["load"] == 1)
        await ben.ok("set_status", status="online")
        await row(ana, second, lambda row: row["agent"] is not None and row["agent"]["name"] == "Ben Costa")
        await ana.until(lambda: waiting(ana) == 0 and mate(ana, "Ben Costa")["status"] == "online")

        await does(ana, "close_conversation", first)
        await ben.until(lambda: mate(ben, "Ana Costa")["load"] == 0)
        carl = await stage.agent("carl")
        afresh = {card["name"]: (card["status"], card["load"]) for card in carl.welcome["teammates"]}
        for console in (ana, ben):
            for name in ("Ana Costa", "Ben Costa"):
                card = mate(console, name)
                assert (card["status"], card["load"]) == afresh[name]


async def test_two_windows_of_one_agent_agree_on_what_is_unread(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        person = await db.run(stage.shop.staff, "ana")
        one, other = await desk.staff(person, status="online"), await desk.staff(person)
        visitor = await stage.visitor()
        chat = await asks(visitor)
        await says(visitor, chat, "And this?")
        for window in (one, other):
            await row(window, chat, lambda row: row["messages"] - row["seen"] == 2)
        await one.ok("mark_read", conversation=chat, position=4)
        for window in (one, other):
            read = await window.event("read", conversation=chat, position=4)
            assert (read["by"], read["seen"]) == ({"role": "agent"}, 2)
        await one.ok("open_conversation", conversation=chat)
        await says(one, chat, "Like this.")
        await row(other, chat, lambda row: row["last"]["text"] == "Like this." and row["waited"] is None)
        assert not any(event["event"] == "entry_added" for event in other.events), "it has a row alone"
