"""What one of the team is writing in a chat is read by colleagues who may, while they do, and never kept."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.actions.own_settings import change_own_settings
from support_chat.desk.models import Queue, User
from tests.desk.running import PATIENCE, Socket, running
from tests.flows.stage import Stage, asks, row, set_stage
from tests.flows.test_card_numbers_are_hidden import everything_kept

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "I am afraid the teapot broke"


async def chat_of_ana(stage: Stage) -> tuple[Socket, Socket, str]:
    """Hers, with its visitor."""
    ana = await stage.agent("ana")
    chat = await asks(vera := await stage.visitor())
    await row(ana, chat, lambda row: row["state"] == "active")
    await ana.ok("open_conversation", conversation=chat)
    return ana, vera, chat


async def supervisor(stage: Stage, name: str = "sue", queue: Queue | None = None) -> Socket:
    return await stage.desk.staff(await db.run(stage.shop.staff, name, role="supervisor", queue=queue))


def id_of(console: Socket) -> str:
    return str(console.welcome["agent"]["id"])


def drafts(console: Socket) -> list[str]:
    return [event["text"] for event in console.events if event["event"] == "draft_shared"]


async def read_by(reader: Socket, writer: Socket, chat: str, text: str, **more: Any) -> str:
    """What the reader sees of it. It is fleeting: it is told until it is heard."""
    before = len(drafts(reader))
    fields = {"conversation": chat, "mode": "reply", "text": text, "readers": [id_of(reader)], **more}
    async with asyncio.timeout(PATIENCE):
        while len(drafts(reader)) == before:
            await writer.ok("share_draft", **fields)
            await asyncio.sleep(0.05)
    return drafts(reader)[-1]


async def test_a_supervisor_reads_along_the_writer_knows_it_and_nobody_else_hears_a_word(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, vera, chat = await chat_of_ana(stage)
        sue, ben = await supervisor(stage), await stage.agent("ben", status="away")
        for colleague in (sue, ben):
            await colleague.ok("open_conversation", conversation=chat)
        assert "share_draft" in sue.welcome["features"]
        await ana.ok("look_at", conversation=chat)
        await sue.event("viewing", shares=True)
        await sue.ok("look_at", conversation=chat, reads=id_of(ana))
        await ana.event("viewing", reads=True)
        assert await read_by(sue, ana, chat, WORDS) == WORDS
        assert await read_by(sue, ana, chat, "") == ""
        for other in (vera, ben):
            await other.ok("beat")
            assert WORDS not in str(other.frames)
            assert not any(event.get("reads") for event in other.events)
        assert WORDS not in await db.read(everything_kept)


async def test_who_may_neither_write_in_the_chat_nor_supervises_its_queue_reads_nothing() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        bills = await db.run(Queue.objects.create, site=stage.shop.site, name="Bills")
        ana, _, chat = await chat_of_ana(stage)
        sue, ben = await supervisor(stage), await stage.agent("ben", status="away")
        pam = await supervisor(stage, "pam", bills)
        await ana.ok("invite_agent", conversation=chat, client_id=str(uuid4()), agent=id_of(pam))
        for other in (sue, ben, pam):
            await other.ok("open_conversation", conversation=chat)
        everybody = [id_of(each) for each in (ana, ben, pam, sue)]
        for other in (ben, pam):
            assert await other.refused("look_at", conversation=chat, reads=id_of(ana)) == "not_allowed"
        assert await read_by(sue, ana, chat, WORDS, readers=everybody) == WORDS
        await pam.ok("join_conversation", conversation=chat, client_id=str(uuid4()))
        assert await read_by(pam, ana, chat, "A guest", readers=everybody) == "A guest"
        await ben.ok("beat")
        assert (drafts(ben), WORDS in drafts(pam), drafts(ana)) == ([], False, [])
        assert await read_by(ana, pam, chat, "Shall I?", readers=everybody) == "Shall I?"


async def test_who_lets_nobody_read_along_is_read_by_nobody() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana, _, chat = await chat_of_ana(stage)
        sue = await supervisor(stage)
        await sue.ok("open_conversation", conversation=chat)
        user = await db.read(User.objects.get, username="ana")
        await db.run(change_own_settings, user=user, share_drafts=False)
        await ana.ok("look_at", conversation=chat)
        assert "shares" not in await sue.event("viewing")
        draft = {"conversation": chat, "mode": "reply", "text": WORDS, "readers": [id_of(sue)]}
        assert await ana.refused("share_draft", **draft) == "not_allowed"
        await db.run(change_own_settings, user=user, share_drafts=True)
        assert await read_by(sue, ana, chat, WORDS) == WORDS, "at once"


async def test_a_reply_is_shared_by_who_may_send_it_and_a_note_by_whoever_may_write_one() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana, vera, chat = await chat_of_ana(stage)
        ben = await stage.agent("ben", status="away")
        draft = {"conversation": chat, "mode": "reply", "text": WORDS, "readers": [id_of(ana)]}
        assert await ben.refused("share_draft", **draft) == "not_allowed"
        assert await read_by(ana, ben, chat, "She asked before", mode="note") == "She asked before"
        assert await vera.refused("share_draft", **draft) == "unknown_command"


async def test_a_card_number_is_hidden_before_its_last_digit_is_typed() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana, _, chat = await chat_of_ana(stage)
        sue = await supervisor(stage)
        await sue.ok("open_conversation", conversation=chat)
        for typed in ("4242 4242 4", "4242 4242 4242 424", "4242424242424242"):
            assert "4242 4" not in (seen := await read_by(sue, ana, chat, f"Your card {typed}"))
            assert "••••" in seen
