from datetime import timedelta

import pytest
from django.utils import timezone

from support_chat.desk import db
from support_chat.desk.models import Deadline
from support_chat.desk.team import RELEASE
from support_chat.server.limits import PING
from support_chat.settings.chat import AGENT_GRACE, CLOCK_EVERY
from tests.desk.running import Socket, running
from tests.flows.stage import asks, hears, kinds, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


def the_grace_is_over() -> None:
    """Their deadline has come; the running clock takes it."""
    soon = timezone.now() + timedelta(seconds=AGENT_GRACE)
    assert Deadline.objects.get(kind=RELEASE).due_at <= soon
    Deadline.objects.update(due_at=timezone.now())


def test_within_45_seconds_a_dead_line_is_noticed_and_its_chats_are_released() -> None:
    noticed = PING + PING  # a ping comes at the latest after PING, and its pong is missed after PING
    assert noticed + AGENT_GRACE + 2 * CLOCK_EVERY <= 45


async def test_the_visitor_of_an_agent_who_is_gone_waits_ahead_of_later_arrivals(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana = await stage.agent("ana", capacity=1)
        first, second = await stage.visitor(), await stage.visitor()
        chat, later = await asks(first), await asks(second)
        await second.event("queue_moved", place=1, of=1)
        await ana.leave()
        await says(first, chat, "Are you still there?")
        assert "returned_to_queue" not in kinds(first)

        await db.run(the_grace_is_over)
        returned = await first.event("conversation_changed", state="queued")
        assert returned["agent"] is None
        await first.event("queue_moved", place=1, of=2)
        await second.event("queue_moved", place=2, of=2)

        ben = await stage.agent("ben", capacity=1)
        await row(ben, chat, lambda row: row["state"] == "active")
        opened = await ben.ok("open_conversation", conversation=chat)
        texts = [entry["body"].get("text") for entry in opened["snapshot"]["entries"]]
        assert "Are you still there?" in texts
        await says(ben, chat, "I am here now.")
        await hears(first, "I am here now.")
        await row(ben, later, lambda row: row["state"] == "queued")


async def test_an_agent_who_comes_back_in_time_goes_on_as_if_nothing_had_happened(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        person = await db.run(stage.shop.staff, "ana")
        ana, visitor = await desk.staff(person, status="online"), await stage.visitor()
        chat = await asks(visitor)
        await ana.leave()
        await says(visitor, chat, "Hello?")
        back = await desk.staff(person)
        assert back.welcome["agent"]["status"] == "online"
        assert [row["conversation"] for row in back.welcome["inbox"]] == [chat]
        missed = await back.ok("open_conversation", conversation=chat, after=3)
        assert [entry["body"].get("text") for entry in missed["entries"]] == ["Hello?"]
        await says(back, chat, "Yes!")
        await hears(visitor, "Yes!")
        assert "returned_to_queue" not in kinds(visitor)
        assert not await db.run(Deadline.objects.exists)
