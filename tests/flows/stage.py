"""What the stories share: a desk that runs, its shop, and people who say what they do."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from support_chat.desk import db
from tests.desk.people import House, house
from tests.desk.running import Running, Socket


class Stage:
    """A shop of its own, and whoever comes there."""

    def __init__(self, desk: Running, shop: House) -> None:
        self.desk, self.shop = desk, shop

    async def agent(self, name: str, *, status: str | None = "online", capacity: int = 4) -> Socket:
        return await self.desk.staff(await db.run(self.shop.staff, name, capacity=capacity), status=status)

    async def visitor(self, token: str | None = None) -> Socket:
        return await self.desk.visitor(self.shop.site, token)


async def set_stage(desk: Running) -> Stage:
    return Stage(desk, await db.run(house))


async def asks(visitor: Socket, body: str = "Hello") -> str:
    """Starts a chat; its id."""
    started = await visitor.ok("start_conversation", client_id=str(uuid4()), body=body)
    return str(started["conversation"])


async def says(person: Socket, chat: str, body: str) -> dict[str, Any]:
    return await person.ok("post_message", conversation=chat, client_id=str(uuid4()), body=body)


async def does(person: Socket, do: str, chat: str) -> dict[str, Any]:
    return await person.ok(do, conversation=chat, client_id=str(uuid4()))


async def hears(person: Socket, body: str) -> dict[str, Any]:
    """Waits for a message; its entry."""
    await person.until(lambda: any(entry["body"].get("text") == body for entry in person.entries()))
    return next(entry for entry in person.entries() if entry["body"].get("text") == body)


def kinds(person: Socket) -> list[str]:
    return [entry["kind"] for entry in person.entries()]


def row_of(console: Socket, chat: str) -> dict[str, Any] | None:
    """The chat's row as this console has it: the newest that it was told."""
    rows = [row for event in console.events if event["event"] == "inbox_changed" for row in event["rows"]]
    told = [row for row in [*console.welcome["inbox"], *rows] if row["conversation"] == chat]
    return max(enumerate(told), key=lambda pair: (pair[1]["position"], pair[0]))[1] if told else None


async def row(console: Socket, chat: str, holds: Callable[[dict[str, Any]], bool]) -> None:
    """Waits until the chat's row in this console is as it should be."""
    await console.until(lambda: (found := row_of(console, chat)) is not None and holds(found))
