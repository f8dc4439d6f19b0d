"""A site that chats only with visitors whom it has named."""

from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.models import Site
from tests.desk.identities import key_of, signed
from tests.desk.running import Socket, running
from tests.flows.stage import asks, does, hears, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


def start() -> dict[str, Any]:
    return {"client_id": str(uuid4()), "body": "Hello"}


async def test_who_is_not_known_is_told_before_and_refused_and_begins_once_they_are() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        key = await db.run(key_of, stage.shop)
        await db.run(Site.objects.update, verified_only=True)
        visitor = await stage.visitor()
        assert visitor.welcome["site"]["identity_needed"] is True
        error = (await visitor.ask("start_conversation", **start()))["error"]
        assert (error["code"], error["retry"]) == ("identity_needed", False)
        known = await desk.visitor(stage.shop.site, visitor.token, identity=signed(key))
        assert "identity_needed" not in known.welcome["site"]
        await asks(known)


async def test_a_chat_that_was_begun_before_goes_on(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, visitor = await stage.agent("ana"), await stage.visitor()
        chat = await asks(visitor)
        await db.run(Site.objects.update, verified_only=True)
        await says(visitor, chat, "Still here")
        await hears(visitor, "Still here")
        repeated = await visitor.ok("start_conversation", **start())
        assert (repeated["conversation"], repeated["existing"]) == (chat, True)
        await does(ana, "close_conversation", chat)
        await visitor.event("conversation_changed", state="closed")
        assert await visitor.refused("start_conversation", **start()) == "identity_needed"
