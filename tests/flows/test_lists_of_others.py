"""Who looks at what colleagues have is told when it changes, and nobody of chats that they may not read."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from support_chat.desk import db
from support_chat.desk.models import Queue
from tests.desk.running import Socket, running
from tests.flows.stage import asks, does, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


def changes(person: Socket) -> int:
    return sum(event["event"] == "lists_changed" for event in person.events)


async def listed(person: Socket, view: str, holds: Callable[[list[dict[str, Any]]], bool]) -> None:
    """Waits until the view holds what it should: read again when it is said to have changed, only then."""
    while True:
        known = changes(person)
        if holds((await person.ok("list_conversations", which={"view": view}))["rows"]):
            return
        await person.until(partial(has_changed, person, known))


def has_changed(person: Socket, known: int) -> bool:
    return changes(person) > known


async def test_a_supervisor_who_looks_at_the_team_sees_it_as_it_is(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        other = await db.run(lambda: Queue.objects.create(site=stage.shop.site, name="Returns"))
        sue = await desk.staff(await db.run(stage.shop.staff, "sue", role="supervisor", answers=False))
        ben, cleo = await stage.agent("ben"), await stage.agent("cleo", status="away")
        eve = await desk.staff(await db.run(lambda: stage.shop.staff("eve", queue=other)))
        assert "lists" in sue.welcome["features"]
        for person in (sue, eve):
            await person.ok("watch_lists")
        vera = await stage.visitor()
        chat = await asks(vera)
        await listed(sue, "team", lambda rows: [each["waited"] is None for each in rows] == [False])
        await says(ben, chat, "I shall look.")
        await listed(sue, "team", lambda rows: [each["waited"] is None for each in rows] == [True])
        await does(ben, "close_conversation", chat)
        await listed(sue, "team", lambda rows: rows == [])
        assert (await sue.ok("list_conversations", which={"view": "closed"}))["total"] == 1
        assert (changes(cleo), changes(eve)) == (0, 0), "who does not look, and who may not read it"
        await sue.ok("leave_lists")
        before = changes(sue)
        await row(ben, await asks(await stage.visitor()), lambda each: each["state"] == "active")
        assert changes(sue) == before
