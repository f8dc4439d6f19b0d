import pytest

from tests.desk.running import Socket, running
from tests.flows.stage import asks, does, hears, kinds, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_chat_is_asked_answered_read_and_closed_and_goes_on_with_the_same_agent(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        visitor = await stage.visitor()
        chat = await asks(visitor, "Where is my order?")
        await visitor.event("queue_moved", place=1, of=1)
        ana = await stage.agent("ana")
        assigned = await visitor.event("conversation_changed", state="active")
        assert assigned["agent"]["name"] == "Ana"
        await row(ana, chat, lambda row: row["state"] == "active" and row["messages"] - row["seen"] == 1)

        opened = await ana.ok("open_conversation", conversation=chat)
        assert [entry["kind"] for entry in opened["snapshot"]["entries"]] == ["opened", "message", "assigned"]
        await ana.ok("mark_read", conversation=chat, position=3)
        await visitor.event("read", by={"role": "agent"}, position=3)
        await ana.ok("set_typing", conversation=chat, typing=True, mode="reply")
        typing = await visitor.event("typing", typing=True)
        assert typing["author"]["name"] == "Ana"
        await says(ana, chat, "On its way.")
        answer = await hears(visitor, "On its way.")
        await visitor.ok("mark_read", conversation=chat, position=answer["position"])
        await ana.event("read", by={"role": "visitor"}, position=4)

        await does(ana, "close_conversation", chat)
        await visitor.event("conversation_changed", state="closed")
        await stage.agent("ben", capacity=9)
        await says(visitor, chat, "Thank you! One more thing …")
        await hears(ana, "Thank you! One more thing …")
        await visitor.until(lambda: kinds(visitor)[-3:] == ["reopened", "message", "assigned"])
        await row(ana, chat, lambda row: row["state"] == "active" and row["agent"]["name"] == "Ana Costa")


async def test_when_that_agent_is_full_the_chat_waits_in_front_and_is_the_next_one_served(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana = await stage.agent("ana", capacity=1)
        first, second, third = [await stage.visitor() for _ in range(3)]
        chat, busy, waiting = [await asks(each) for each in (first, second, third)]
        await does(ana, "close_conversation", chat)
        await second.event("conversation_changed", state="active")
        await third.event("queue_moved", place=1, of=1)

        await says(first, chat, "One more thing")
        await first.event("conversation_changed", state="queued")
        await first.event("queue_moved", place=1, of=2)
        await third.event("queue_moved", place=2, of=2)
        await does(ana, "close_conversation", busy)
        await first.until(lambda: kinds(first)[-1] == "assigned")
        assert "assigned" not in kinds(third)
        await row(ana, waiting, lambda row: row["state"] == "queued")
