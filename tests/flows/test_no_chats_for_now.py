"""A site closes, is paused and opens: visitors hear it at once, and nothing that they type is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk import db
from support_chat.desk.models import Queue, Site
from tests.desk.running import Running, Socket, running
from tests.flows.stage import Stage, asks, does, hears, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)

VERA = {"email": "vera@shop.example", "name": "Vera"}


async def supervisor(stage: Stage) -> Socket:
    return await stage.desk.staff(await db.run(stage.shop.staff, "sam", role="supervisor"))


async def refused(visitor: Socket, **fields: Any) -> dict[str, Any]:
    """What a start is answered with."""
    number = visitor.send("start_conversation", client_id=str(uuid4()), body="Hello", **fields)
    await visitor.until(lambda: any(frame.get("re") == number for frame in visitor.frames))
    reply = next(frame for frame in visitor.frames if frame.get("re") == number)
    error: dict[str, Any] = reply["error"]
    return error


async def paused(desk: Running) -> tuple[Stage, Socket, Socket]:
    """A shop whose supervisor has paused it, and somebody who was there."""
    stage = await set_stage(desk)
    sam, vera = await supervisor(stage), await stage.visitor()
    key = stage.shop.site.public_key
    await sam.ok("pause", site=key, text="We are moving.", until=600)
    await vera.event("availability_changed", why="paused", available=False, text="We are moving.")
    return stage, sam, vera


async def test_whoever_comes_is_told_how_it_stands_and_why(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        nobody = (await stage.visitor()).welcome["site"]
        assert (nobody["available"], nobody["why"]) == (False, "away")
        await db.run(Site.objects.update, hours={}, notice="Parcels are late.")
        closed = (await stage.visitor()).welcome["site"]
        assert (closed["why"], closed["notice"], "opens_in" in closed) == (
            "closed",
            "Parcels are late.",
            False,
        )
        ana = await stage.agent("ana")
        site = {"id": stage.shop.site.public_key, "name": "Shop", "notice": "Parcels are late."}
        assert ana.welcome["sites"] == [{**site, "available": False, "why": "closed"}]


async def test_a_pause_is_heard_by_both_sides_and_ends_by_the_clock(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage, sam, vera = await paused(desk)
        await sam.event("availability_changed", why="paused", site=stage.shop.site.public_key)
        late = (await stage.visitor()).welcome["site"]
        assert (late["why"], late["text"], late["until"] <= 600) == ("paused", "We are moving.", True)
        await sam.ok("pause", site=stage.shop.site.public_key, text="Almost there.", until=1)
        await vera.event("availability_changed", why="away")


async def test_during_a_pause_a_start_is_refused_and_a_message_with_an_address_is_taken(
    kind: type[Socket], settings: Any
) -> None:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    async with running(kind) as desk:
        stage, sam, vera = await paused(desk)
        await db.run(Site.objects.update, mail_works_at=timezone.now())
        error = await refused(vera)
        assert (error["code"], error["retry"], error["why"]) == ("closed_for_now", True, "paused")
        assert 0 < error["after"] <= 600
        assert (await refused(vera, form={"email": "vera"}))["code"] == "bad_field"
        assert (await refused(vera, form={"name": "Ve\0ra"}))["code"] == "bad_field"
        started = await vera.ok("start_conversation", client_id=str(uuid4()), body="Where is it?", form=VERA)
        chat = started["conversation"]
        told = {"email": VERA["email"], "verified": False}
        await row(sam, chat, lambda row: row["reply_to"] == told)
        ana = await stage.agent("ana")
        await row(ana, chat, lambda row: row["state"] == "active")
        assert (await ana.ok("open_conversation", conversation=chat))["about"]["reply_to"] == told
        await says(ana, chat, "On its way.")
        await hears(vera, "On its way.")


async def test_before_mail_works_a_message_is_taken_that_is_answered_here(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage, sam, vera = await paused(desk)
        assert "answered_here" in vera.welcome["features"]
        assert (await refused(vera, form=VERA))["code"] == "closed_for_now"
        start = {"client_id": str(uuid4()), "body": "Where is it?", "form": {"here": True}}
        chat = (await vera.ok("start_conversation", **start))["conversation"]
        await row(sam, chat, lambda row: row["reply_to"] is None)
        ana = await stage.agent("ana")
        await row(ana, chat, lambda row: row["state"] == "active")
        await says(ana, chat, "On its way.")
        await hears(vera, "On its way.")


async def test_a_full_queue_says_so_and_takes_chats_again_when_it_is_shorter(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        first, vera = await stage.visitor(), await stage.visitor()
        await db.run(Queue.objects.update, closes_at_waiting=1)
        chat = await asks(first)
        await vera.event("availability_changed", why="busy", available=False)
        error = await refused(vera)
        assert (error["code"], error["why"], "after" in error) == ("closed_for_now", "busy", False)
        await does(first, "end_conversation", chat)
        await vera.event("availability_changed", why="away")
        await asks(vera)


async def test_a_notice_reaches_who_is_there_and_only_supervisors_may_say_one(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        sam, ana, vera = await supervisor(stage), await stage.agent("ana"), await stage.visitor()
        key = stage.shop.site.public_key
        assert await ana.refused("set_notice", site=key, text="Hello") == "not_allowed"
        assert await ana.refused("pause", site=key, text="") == "not_allowed"
        assert await sam.refused("resume_chats", site="x") == "not_found"
        answer = await sam.ok("set_notice", site=key, text="Parcels are late.")
        assert answer == {"available": True, "why": "open", "notice": "Parcels are late."}
        await vera.event("availability_changed", notice="Parcels are late.", available=True)
