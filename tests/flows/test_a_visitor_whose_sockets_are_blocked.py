"""What is of the fallback's own: streams that end and go on, and who is here meanwhile."""

from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.actions.visits import Move, move_visitors
from support_chat.desk.models import Visitor
from support_chat.live.fallback import events
from tests.desk.by_http import ByHttp, Request, bearing
from tests.desk.running import Socket, running
from tests.flows.stage import Stage, asks, does, hears, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


def here_by(person: Socket) -> list[bool]:
    """As an agent was told, one after the other, whether the visitor is here."""
    return [event["here"] for event in person.events if event["event"] == "visitor_changed"]


async def a_chat(stage: Stage) -> tuple[ByHttp, Socket, str]:
    ana, visitor = await stage.agent("ana"), await stage.visitor()
    chat = await asks(visitor)
    await ana.ok("open_conversation", conversation=chat)
    assert isinstance(visitor, ByHttp)
    return visitor, ana, chat


async def test_whoever_goes_on_with_another_stream_has_not_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "LINGER", 0.3)
    async with running(ByHttp) as desk:
        stage = await set_stage(desk)
        visitor, ana, chat = await a_chat(stage)
        for _ in range(2):
            await visitor.go_on()
        await says(visitor, chat, "Still here")
        await hears(ana, "Still here")
        await visitor.leave()
        await ana.event("visitor_changed", here=False)
        assert here_by(ana).count(False) == 1


async def test_a_stream_that_was_cut_goes_on_with_nothing_lost_and_nothing_twice() -> None:
    async with running(ByHttp) as desk:
        stage = await set_stage(desk)
        visitor, ana, chat = await a_chat(stage)
        for n in range(5):
            await visitor.cut()
            await says(ana, chat, f"{n} while away")
            await visitor.go_on()
            await says(ana, chat, f"{n} again")
        await hears(visitor, "4 again")
        told = [entry["position"] for entry in visitor.entries()]
        assert told == list(range(told[0], told[0] + len(told)))
        assert [entry["body"]["text"] for entry in visitor.entries() if entry["kind"] == "message"] == [
            f"{n} {words}" for n in range(5) for words in ("while away", "again")
        ]


async def test_a_stream_ends_by_itself_with_how_far_it_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "LASTS", 0.4)
    monkeypatch.setattr(events, "HEADS_EVERY", 0.1)
    monkeypatch.setattr(events, "LINGER", 0.0)
    async with running(ByHttp) as desk:
        stage = await set_stage(desk)
        visitor, ana, chat = await a_chat(stage)
        stream = visitor.stream
        assert stream is not None
        await says(ana, chat, "Before the end")
        await stream.until(stream.serving.done)
        lines = stream.lines
        assert [line["event"] for line in lines].count("heads") >= 4
        assert lines[-1]["event"] == "heads"
        await says(ana, chat, "After it")
        await visitor.go_on()
        await hears(visitor, "After it")
        assert [entry["body"].get("text") for entry in visitor.entries()][-2:] == [
            "Before the end",
            "After it",
        ]


async def test_a_stream_told_to_go_on_from_long_ago_begins_at_the_end_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("support_chat.desk.going_on.STEPS", 3)
    async with running(ByHttp) as desk:
        stage = await set_stage(desk)
        visitor, ana, chat = await a_chat(stage)
        for n in range(5):
            await says(ana, chat, f"{n}")
        topic = f"conversation:{chat}"
        for known, beginning in ((1, 8), (6, 6), (99, 8)):
            stream = Request("/live/events", f'{{"heads":{{"{topic}":{known}}}}}', *bearing(visitor.token))
            await stream.until(lambda stream=stream: stream.body)
            assert stream.lines[0] == {"event": "heads", "heads": {topic: beginning}}
            stream.leave()


async def test_a_topic_that_is_behind_is_told_whole() -> None:
    async with running(ByHttp) as desk:
        stage = await set_stage(desk)
        visitor, ana, chat = await a_chat(stage)
        await visitor.cut()
        await does(ana, "close_conversation", chat)
        await ana.ok("set_status", status="offline")
        await visitor.go_on()
        await visitor.event("conversation_changed", state="closed")
        await visitor.event("availability_changed", available=False)


async def test_who_has_arrived_elsewhere_meanwhile_does_not_leave_here() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        visitor = await stage.visitor()
        await visitor.ok("start_conversation", client_id=str(uuid4()), body="Hello")
        row = await db.read(Visitor.objects.get)
        await db.run(move_visitors, [Move(visitor=row.pk, here=True)])
        await db.run(move_visitors, [Move(visitor=row.pk, here=False, ago=2.0)])
        assert (await db.read(Visitor.objects.get)).here
        await db.run(move_visitors, [Move(visitor=row.pk, here=False)])
        assert not (await db.read(Visitor.objects.get)).here
