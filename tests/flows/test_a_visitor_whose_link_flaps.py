"""A visitor goes and comes, again and again: their agent is told once, when they stay away."""

import asyncio

import pytest
from django.db import OperationalError

from support_chat.desk import db
from support_chat.desk.actions.visits import Move
from support_chat.desk.models import Visitor
from tests.desk.running import Socket, running
from tests.flows.stage import asks, set_stage
from widget import whereabouts

pytestmark = pytest.mark.django_db(transaction=True)


def here_by(person: Socket) -> list[bool]:
    return [event["here"] for event in person.events if event["event"] == "visitor_changed"]


async def test_a_link_that_flaps_is_no_news_and_a_visitor_who_stays_away_is_told_once() -> None:
    async with running(settles=0.5) as desk:
        stage = await set_stage(desk)
        ana = await stage.agent("ana")
        visitor = await stage.visitor()
        await ana.ok("open_conversation", conversation=await asks(visitor))
        for _ in range(8):
            await visitor.leave()
            await asyncio.sleep(0.1)
            visitor = await stage.visitor(visitor.token)
        await ana.ok("beat")
        assert False not in here_by(ana)
        await visitor.leave()
        await ana.event("visitor_changed", here=False)
        assert here_by(ana).count(False) == 1


async def test_that_a_visitor_left_is_written_down_once_the_database_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask, failed = whereabouts.moves.ask, asyncio.Event()

    async def fails_once(move: Move) -> None:
        if move.here is False and not failed.is_set():
            failed.set()
            raise OperationalError
        await ask(move)

    monkeypatch.setattr(whereabouts.moves, "ask", fails_once)
    async with running() as desk:
        stage = await set_stage(desk)
        ana = await stage.agent("ana")
        visitor = await stage.visitor()
        await ana.ok("open_conversation", conversation=await asks(visitor))
        await visitor.leave()
        await ana.event("visitor_changed", here=False)
        assert failed.is_set()
        assert not (await db.read(Visitor.objects.get)).here
