"""The best test of an event: the state before, and the events since, are the state fetched afresh."""

import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.access import Staff
from tests.desk.people import House, house
from tests.desk.running import Running, Socket, running

pytestmark = pytest.mark.django_db(transaction=True)
AGEING = {"waited", "closed_ago", "since", "given", "looking", "idle"}  # seconds, which pass by themselves


class Console:
    """A console's lists, kept by events alone, as the protocol tells any client to keep them."""

    def __init__(self, socket: Socket) -> None:
        self.socket, self.heard = socket, 0
        self.me = socket.welcome["agent"]
        self.rows = {row["conversation"]: row for row in socket.welcome["inbox"]}
        self.queues = {queue["id"]: queue["waiting"] for queue in socket.welcome["queues"]}
        self.online = {queue["id"]: queue["online"] for queue in socket.welcome["queues"]}
        self.mates = {card["id"]: card for card in socket.welcome["teammates"]}

    async def shown(self) -> dict[str, Any]:
        """All that was told before this moment."""
        await self.socket.ok("beat")
        self.catch_up()
        return lists(self)

    def catch_up(self) -> None:
        events = self.socket.events
        for event in events[self.heard :]:
            getattr(self, event["event"], lambda event: None)(event)
        self.heard = len(events)

    def inbox_changed(self, event: dict[str, Any]) -> None:
        for row in event["rows"]:
            known = self.rows.get(row["conversation"])
            if known is not None and known["position"] > row["position"]:
                continue
            mine = row["agent"] is not None and row["agent"]["id"] == self.me["id"]
            offered = row["offered"] is not None and row["offered"]["to"]["id"] == self.me["id"]
            if row["sort"] is not None or mine or offered:
                self.rows[row["conversation"]] = row
            else:
                self.rows.pop(row["conversation"], None)

    def conversation_left(self, event: dict[str, Any]) -> None:
        row = self.rows.get(event["conversation"])
        if row is not None and row["agent"] is not None:
            del self.rows[event["conversation"]]

    def read(self, event: dict[str, Any]) -> None:
        row = self.rows.get(event["conversation"])
        if row is not None and event["by"]["role"] == "agent":
            row["seen"] = max(row["seen"], event.get("seen", 0))

    def queue_changed(self, event: dict[str, Any]) -> None:
        self.queues[event["queue"]] = event["waiting"]

    def queue_staffed(self, event: dict[str, Any]) -> None:
        self.online[event["queue"]] = event["online"]

    def teammate_changed(self, event: dict[str, Any]) -> None:
        self.mates[event["agent"]["id"]] = event["agent"]

    def agent_changed(self, event: dict[str, Any]) -> None:
        self.me = {**self.me, **event["agent"]}


def lists(console: Console) -> dict[str, Any]:
    """What the console shows, without what ages."""
    rows = {chat: settled(row) for chat, row in console.rows.items()}
    return {
        "rows": rows,
        "queues": dict(console.queues),
        "online": dict(console.online),
        "mates": dict(console.mates),
        "me": console.me,
    }


def settled(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in AGEING}
    last = {name: value for name, value in (row["last"] or {}).items() if name != "ago"}
    visitor = {name: value for name, value in row["visitor"].items() if name not in AGEING}
    return {**kept, "last": last, "visitor": visitor, "waits": row["waited"] is not None}


class Day:
    """People who do what they like, one after the other, without asking whether it makes sense."""

    def __init__(self, desk: Running, shop: House, team: list[Socket], chance: random.Random) -> None:
        self.desk, self.shop, self.team, self.chance = desk, shop, team, chance
        self.visitors: list[tuple[Socket, str]] = []

    async def step(self) -> None:
        steps: list[Callable[[], Awaitable[object]]] = [
            *(self.arrives, self.arrives, self.writes, self.writes, self.ends, self.goes),
            *(self.accepts, self.answers, self.answers, self.notes, self.closes, self.reopens, self.reads),
            self.changes_status,
        ]
        await self.chance.choice(steps if self.visitors else [self.arrives])()

    async def arrives(self) -> None:
        visitor = await self.desk.visitor(self.shop.site)
        started = await visitor.ok("start_conversation", client_id=str(uuid4()), body="Hello")
        self.visitors.append((visitor, started["conversation"]))

    async def writes(self) -> None:
        visitor, chat = self.chance.choice(self.visitors)
        await visitor.ask("post_message", conversation=chat, client_id=str(uuid4()), body="And?")

    async def ends(self) -> None:
        visitor, chat = self.chance.choice(self.visitors)
        await visitor.ask("end_conversation", conversation=chat, client_id=str(uuid4()))

    async def goes(self) -> None:
        visitor, chat = self.chance.choice(self.visitors)
        await visitor.leave()
        back = await self.desk.visitor(self.shop.site, visitor.token)
        self.visitors[self.visitors.index((visitor, chat))] = (back, chat)

    async def by_somebody(self, do: str, **fields: Any) -> None:
        _, chat = self.chance.choice(self.visitors)
        await self.chance.choice(self.team).ask(do, conversation=chat, **fields)

    async def accepts(self) -> None:
        await self.by_somebody("accept_conversation", client_id=str(uuid4()))

    async def answers(self) -> None:
        await self.by_somebody("post_message", client_id=str(uuid4()), body="So.")

    async def notes(self) -> None:
        await self.by_somebody("add_note", client_id=str(uuid4()), body="Hm.")

    async def closes(self) -> None:
        await self.by_somebody("close_conversation", client_id=str(uuid4()))

    async def reopens(self) -> None:
        await self.by_somebody("reopen_conversation", client_id=str(uuid4()))

    async def reads(self) -> None:
        await self.read_by_all(self.chance.choice(self.visitors)[1])

    async def read_by_all(self, chat: str) -> None:
        """Whose chat it is marks it as read; of the others it is nobody's business."""
        for socket in self.team:
            for position in (2, 4, 6):
                await socket.ok("mark_read", conversation=chat, position=position)

    async def changes_status(self) -> None:
        status = self.chance.choice(["online", "online", "away", "finishing"])
        await self.chance.choice(self.team).ok("set_status", status=status)


async def is_as_afresh(console: Console, desk: Running, who: Staff) -> None:
    """Nothing was lost on the way: it shows what somebody sees who comes now. What the clock does between the
    two (who is finishing is offline at last) is another reason to differ, for that once."""
    for _ in range(3):
        before = await console.shown()
        afresh = lists(Console(await desk.staff(who)))
        if await console.shown() == before:
            break
    assert before == afresh


@pytest.mark.parametrize("seed", range(3))
async def test_the_lists_as_they_were_and_all_that_was_told_since_are_the_lists_as_they_are(
    seed: int,
) -> None:
    shop = await db.run(house)
    people: list[Staff] = [await db.run(shop.staff, f"agent{n}", capacity=2) for n in range(3)]
    async with running() as desk:
        team = [await desk.staff(who) for who in people]
        consoles = [Console(await desk.staff(who)) for who in people]
        day = Day(desk, shop, team, random.Random(seed))
        for _ in range(4):
            await day.arrives()
            for _ in range(15):
                await day.step()
            for _, chat in day.visitors:
                await day.read_by_all(chat)
            for who, console in zip(people, consoles, strict=True):
                await is_as_afresh(console, desk, who)


async def test_what_lost_hints_left_behind_is_made_good_by_reading_each_topic_again() -> None:
    shop = await db.run(house)
    people: list[Staff] = [await db.run(shop.staff, f"agent{n}", capacity=2) for n in range(2)]
    async with running() as desk:
        day = Day(desk, shop, [await desk.staff(who) for who in people], random.Random(5))
        for _ in range(6):
            await day.arrives()
        await day.team[0].ok("set_status", status="online")
        consoles = [Console(await desk.staff(who)) for who in people]
        for _ in range(60):
            await day.step()
        for who, console in zip(people, consoles, strict=True):
            topics = (await console.socket.ok("beat"))["heads"]
            console.heard = len(console.socket.events)  # all that was told meanwhile was lost
            for topic in topics:
                await console.socket.ok("refresh", topic=topic)
            await is_as_afresh(console, desk, who)
