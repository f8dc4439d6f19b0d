"""What both sides see when time passes: it does so in the rows, and the running clock takes the steps."""

import asyncio

import pytest

from support_chat.desk import db
from support_chat.desk.models import Conversation, Visitor
from tests.desk.running import PATIENCE, Socket, running
from tests.desk.time_passes import goes_by
from tests.flows.stage import asks, hears, kinds, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def passes(chat: str, seconds: float) -> None:
    await db.run(lambda: goes_by(Conversation.objects.get(public_id=chat), seconds))


async def is_gone(chat: str) -> None:
    """Waits until the visitor of this chat is not here any more."""
    here = Visitor.objects.filter(conversations__public_id=chat, here=True)
    async with asyncio.timeout(PATIENCE):
        while await db.read(here.exists):
            await asyncio.sleep(0.01)


async def test_an_agent_who_does_not_answer_loses_the_chat_to_the_next(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        visitor, ana = await stage.visitor(), await stage.agent("ana", capacity=1)
        chat = await asks(visitor)
        await row(ana, chat, lambda row: row["state"] == "active")
        ben = await stage.agent("ben")
        await passes(chat, 180)
        await ana.event("conversation_left", conversation=chat, reason="unanswered")
        await row(ben, chat, lambda row: row["agent"] is not None and row["agent"]["name"] == "Ben Costa")
        await visitor.until(lambda: kinds(visitor)[-2:] == ["returned_to_queue", "assigned"])
        assert visitor.entries()[-2]["body"] == {}


async def test_supervisors_hear_of_an_agent_who_has_been_silent_for_five_minutes(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        visitor, ana = await stage.visitor(), await stage.agent("ana")
        sue = await desk.staff(await db.run(stage.shop.staff, "sue", role="supervisor"))
        chat = await asks(visitor)
        await ana.event("inbox_changed")
        await row(ana, chat, lambda row: row["state"] == "active")
        await says(ana, chat, "Which one?")
        await says(visitor, chat, "The red one")
        await passes(chat, 300)
        heard = await sue.event("unanswered", conversation=chat)
        assert heard["agent"]["name"] == "Ana Costa"
        assert heard["waited"] >= 300
        await row(ana, chat, lambda row: row["state"] == "active")


async def test_a_quiet_chat_makes_room_is_asked_after_ends_and_goes_on(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        visitor, other = await stage.visitor(), await stage.visitor()
        ana = await stage.agent("ana", capacity=1)
        chat = await asks(visitor)
        await row(ana, chat, lambda row: row["state"] == "active")
        await says(ana, chat, "Which one?")
        waiting = await asks(other)

        await passes(chat, 300)
        await row(ana, chat, lambda row: row["idle"] is not None)
        await row(ana, waiting, lambda row: row["state"] == "active")
        await passes(chat, 600)
        asked = await hears(visitor, "Are you still there? Just write, and we go on.")
        assert (asked["author"]["role"], asked["body"]["about"]) == ("bot", "still_there")
        await passes(chat, 900)
        await visitor.event("conversation_changed", state="closed")
        assert visitor.entries()[-1]["body"] == {"quiet": True}

        await says(visitor, chat, "The red one")
        await visitor.event("conversation_changed", state="queued")
        await visitor.event("queue_moved", place=1)


async def test_a_visitor_who_is_gone_for_a_minute_is_a_line_and_another_when_they_are_back(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        visitor, ana = await stage.visitor(), await stage.agent("ana")
        chat = await asks(visitor)
        await row(ana, chat, lambda row: row["state"] == "active")
        await says(ana, chat, "Which one?")
        await ana.ok("open_conversation", conversation=chat)
        await visitor.leave()
        await ana.event("visitor_changed", conversation=chat, here=False)
        await passes(chat, 60)
        await ana.until(lambda: kinds(ana) == ["left"])
        await stage.visitor(visitor.token)
        await passes(chat, 60)
        await ana.until(lambda: kinds(ana) == ["left", "joined"])


async def test_a_visitor_who_was_passed_over_is_served_as_soon_as_they_are_back(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        first, second = await stage.visitor(), await stage.visitor()
        chat, later = await asks(first), await asks(second)
        await first.leave()
        await is_gone(chat)
        await passes(chat, 300)
        ana = await stage.agent("ana", capacity=1)
        await row(ana, later, lambda row: row["state"] == "active")
        await stage.visitor(first.token)
        ben = await stage.agent("ben", capacity=1)
        await row(ben, chat, lambda row: row["state"] == "active")
