"""What a visitor types is seen by the team only on sites that want it, and kept nowhere."""

import asyncio
from typing import Any

import pytest

from support_chat.desk import db
from support_chat.desk.models import Site
from tests.desk.running import PATIENCE, Running, Socket, running
from tests.flows.stage import Stage, asks, set_stage
from tests.flows.test_card_numbers_are_hidden import everything_kept

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "I am thinking of a teapot"


async def chat_seen_by_ana(desk: Running, *, previews: bool) -> tuple[Stage, Socket, Socket, str]:
    stage = await set_stage(desk)
    await db.run(Site.objects.update, previews=previews)
    ana, visitor = await stage.agent("ana"), await stage.visitor()
    chat = await asks(visitor)
    await ana.ok("open_conversation", conversation=chat)
    return stage, ana, visitor, chat


async def previewed(visitor: Socket, ana: Socket, chat: str, preview: str) -> str:
    """What Ana sees of it. Typing is fleeting: it is told until it is heard."""
    before = len(typings(ana))
    async with asyncio.timeout(PATIENCE):
        while len(typings(ana)) == before:
            await visitor.ok("set_typing", conversation=chat, typing=True, preview=preview)
            await asyncio.sleep(0.05)
    return str(typings(ana)[-1].get("preview", ""))


def typings(ana: Socket) -> list[dict[str, Any]]:
    return [event for event in ana.events if event["event"] == "typing"]


async def test_a_site_that_wants_it_sees_it_and_keeps_nothing(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage, ana, visitor, chat = await chat_seen_by_ana(desk, previews=True)
        again = await stage.visitor(visitor.token)
        assert "previews" in again.welcome["features"]
        assert await previewed(visitor, ana, chat, WORDS) == WORDS
        await again.ok("beat")
        assert WORDS not in str(again.frames)
        assert WORDS not in await db.read(everything_kept)


async def test_any_other_site_hears_only_that_they_type(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        _, ana, visitor, chat = await chat_seen_by_ana(desk, previews=False)
        assert "previews" not in visitor.welcome["features"]
        assert await previewed(visitor, ana, chat, WORDS) == ""
        await db.run(Site.objects.update, previews=True)
        assert await previewed(visitor, ana, chat, WORDS) == WORDS, "at once"
        await db.run(Site.objects.update, previews=False)
        assert await previewed(visitor, ana, chat, WORDS) == ""


async def test_a_card_number_is_hidden_before_its_last_digit_is_typed(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        _, ana, visitor, chat = await chat_seen_by_ana(desk, previews=True)
        for typed in ("4242 4242 4", "4242 4242 4242 424", "4242424242424242", "4242-4242-4242-4242 1"):
            assert "4242 4" not in (seen := await previewed(visitor, ana, chat, f"My card {typed}"))
            assert "••••" in seen
        assert await previewed(visitor, ana, chat, "Order 10428") == "Order 10428"
