"""Two of the team in one chat: seen by each other, let in, told to the visitor, and gone."""

import asyncio
from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.models import Queue
from tests.desk.running import PATIENCE, running
from tests.flows.stage import asks, hears, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_colleague_helps_in_a_chat_and_its_visitor_sees_them_come_write_and_go() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana, ben = await stage.agent("ana"), await stage.agent("ben", status="away")
        chat = await asks(vera := await stage.visitor())
        await row(ana, chat, lambda row: row["state"] == "active")
        mine = {"conversation": chat, "agent": ben.welcome["agent"]["id"]}
        await ana.ok("invite_agent", **mine, client_id=str(uuid4()))
        await row(ben, chat, lambda row: row["participants"] == {mine["agent"]: "invited"})
        assert await ben.refused("post_message", conversation=chat, client_id=str(uuid4()), body="Hi") == (
            "not_allowed"
        )
        await ben.ok("join_conversation", conversation=chat, client_id=str(uuid4()))
        await says(ben, chat, "I packed it.")
        await says(ana, chat, "There you are.")
        await hears(vera, "There you are.")
        await ben.ok("end_participation", **mine, client_id=str(uuid4()))
        await vera.until(lambda: vera.entries()[-1]["kind"] == "left")
        come, said, _, gone = vera.entries()[-4:]
        assert [each["author"]["name"] for each in (come, said, gone)] == ["Ben"] * 3
        assert [each["body"] for each in (come, gone)] == [{"guest": True}] * 2
        assert len({each["author"]["id"] for each in (come, said, gone)}) == 1


async def test_who_looks_at_a_chat_is_seen_by_whoever_else_does_until_they_turn_away_or_go() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana, ben = await stage.agent("ana"), await stage.agent("ben", status="away")
        chat = await asks(vera := await stage.visitor())
        await row(ana, chat, lambda row: row["state"] == "active")
        for console in (ana, ben):
            await console.ok("open_conversation", conversation=chat)
            await console.ok("look_at", conversation=chat, asks=True)
        seen = await ana.event("viewing", conversation=chat, viewing=True, asks=True)
        assert seen["agent"]["name"] == "Ben Costa"
        await ben.ok("look_at")
        await ana.event("viewing", conversation=chat, viewing=False)
        await ben.ok("look_at", conversation=chat)
        await ana.event("viewing", viewing=True)
        heard = len(ana.events)
        await ben.leave()
        await ana.until(lambda: any(each["event"] == "viewing" for each in ana.events[heard:]))
        assert not any(each["event"] == "viewing" for each in vera.events)


async def test_who_looks_at_a_chat_is_seen_in_the_lists_that_it_stands_in() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana, ben = await stage.agent("ana"), await stage.agent("ben", status="away")
        chat = await asks(await stage.visitor())
        await row(ana, chat, lambda row: row["state"] == "active")
        await ben.ok("open_conversation", conversation=chat)
        await ben.ok("look_at", conversation=chat, asks=True)
        seen = await ana.event("viewing", conversation=chat, viewing=True)
        assert (seen["agent"]["name"], "asks" in seen) == ("Ben Costa", False)
        await ben.leave()
        await ana.event("viewing", conversation=chat, viewing=False)
        assert not any(each["event"] == "viewing" for each in ben.events)


async def test_who_looks_at_a_chat_that_waits_is_seen_by_all_in_whose_queue_it_does() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana, ben = [await stage.agent(name, status="away") for name in ("ana", "ben")]
        chat = await asks(await stage.visitor())
        await row(ana, chat, lambda row: row["state"] == "queued")
        await ben.ok("open_conversation", conversation=chat)
        await ben.ok("look_at", conversation=chat)
        await ana.event("viewing", conversation=chat, viewing=True)


async def test_nobody_is_seen_where_they_did_not_open_the_chat() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana, ben = await stage.agent("ana"), await stage.agent("ben", status="away")
        chat = await asks(await stage.visitor())
        await row(ana, chat, lambda row: row["state"] == "active")
        await ana.ok("open_conversation", conversation=chat)
        await ben.ok("look_at", conversation=chat)
        await ana.ok("beat")
        assert not any(each["event"] == "viewing" for each in ana.events)


async def test_help_reaches_every_free_supervisor_and_a_whisper_whoever_has_the_chat() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana = await stage.agent("ana")
        chat = await asks(await stage.visitor())
        await row(ana, chat, lambda row: row["state"] == "active")
        who = await db.run(stage.shop.staff, "sue", role="supervisor")
        sue = await desk.staff(who, status="online")
        await ana.ok("call_help", conversation=chat, client_id=str(uuid4()), reason="He threatens us.")
        me = sue.welcome["agent"]["id"]
        await row(sue, chat, lambda row: row["participants"].get(me) == "called")
        await sue.ok("whisper", conversation=chat, client_id=str(uuid4()), body="Stay calm.")
        told = await ana.event("mentions_changed", unread=1)
        assert (told["mentions"][0]["text"], told["mentions"][0]["kind"]) == ("Stay calm.", "whisper")


async def test_a_blocked_visitor_is_told_so_at_once_and_when_they_come_back() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana = await stage.agent("ana")
        chat = await asks(vera := await stage.visitor())
        await row(ana, chat, lambda row: row["state"] == "active")
        how = {"by": "visitor", "lasts": "always"}
        await ana.ok("block_visitor", conversation=chat, client_id=str(uuid4()), **how)
        post = {"conversation": chat, "client_id": str(uuid4()), "body": "You!"}
        assert await vera.refused("post_message", **post) == "blocked"
        again = await stage.visitor(vera.token)
        assert again.welcome["visitor"]["blocked"] is True
        assert "blocked" not in vera.welcome["visitor"]


async def test_who_may_not_read_a_chat_any_more_does_not_hear_it_any_more() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        bills = await db.run(Queue.objects.create, site=stage.shop.site, name="Bills")
        ana = await stage.agent("ana")
        pam = await desk.staff(await db.run(stage.shop.staff, "pam", queue=bills))
        chat = await asks(vera := await stage.visitor())
        await row(ana, chat, lambda row: row["state"] == "active")
        await ana.ok("open_conversation", conversation=chat)
        mine = {"conversation": chat, "agent": pam.welcome["agent"]["id"]}
        await ana.ok("invite_agent", **mine, client_id=str(uuid4()))
        await pam.ok("open_conversation", conversation=chat)
        await ana.ok("end_participation", **mine, client_id=str(uuid4()))
        async with asyncio.timeout(PATIENCE):
            while f"conversation:{chat}" in (await pam.ok("beat"))["heads"]:
                await asyncio.sleep(0.05)
        await says(vera, chat, "Just between us.")
        await hears(ana, "Just between us.")
        await pam.ok("beat")
        assert "Just between us." not in str(pam.frames)
        assert await pam.refused("open_conversation", conversation=chat) == "not_found"
