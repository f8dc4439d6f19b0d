"""A bare thank-you after the close is kept and shown, and rings nobody."""

from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Conversation
from tests.desk.running import Socket, running
from tests.flows.stage import Stage, asks, does, hears, kinds, row, row_of, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def closed_chat(stage: Stage) -> tuple[Socket, Socket, str]:
    """A chat that Ana has answered and closed."""
    ana, visitor = await stage.agent("ana", capacity=1), await stage.visitor()
    chat = await asks(visitor, "Is it open?")
    await says(ana, chat, "It is.")
    await does(ana, "close_conversation", chat)
    await visitor.event("conversation_changed", state="closed")
    return ana, visitor, chat


async def test_it_is_kept_and_shown_and_the_chat_stays_closed_with_its_agent_free_for_others(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, visitor, chat = await closed_chat(stage)
        await ana.ok("open_conversation", conversation=chat)
        post: dict[str, Any] = {"conversation": chat, "client_id": str(uuid4()), "body": "Thank you! 🙏"}
        first = await visitor.ok("post_message", **post)
        assert await visitor.ok("post_message", **post) == first
        assert (await hears(ana, "Thank you! 🙏"))["author"]["role"] == "visitor"
        await row(ana, chat, lambda row: row["state"] == "closed" and row["messages"] - row["seen"] == 2)
        assert kinds(visitor)[-2:] == ["closed", "message"]
        stored = await db.run(Conversation.objects.get, public_id=chat)
        assert (stored.state, stored.owner_id, stored.sort_key, stored.waiting_since) == (
            *("closed", None, None, None),
        )
        another = await asks(await stage.visitor(), "And you?")
        await row(ana, another, lambda row: row["state"] == "active")
        assert not (await db.run(check_integrity)).broken


async def test_whatever_says_more_reopens_it(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        _, visitor, chat = await closed_chat(stage)
        await says(visitor, chat, "ok")
        await says(visitor, chat, "Thanks, but where?")
        await visitor.until(lambda: kinds(visitor)[-3:] == ["reopened", "message", "assigned"])
        assert kinds(visitor)[-4] == "message"


async def test_who_comes_back_sees_it_and_may_still_write_on(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, visitor, chat = await closed_chat(stage)
        await says(visitor, chat, "谢谢")
        again = (await stage.visitor(visitor.token)).welcome
        assert (again["conversation"], again["last"]["id"]) == (None, chat)
        assert again["last"]["entries"][-1]["body"]["text"] == "谢谢"
        assert again["last"]["reopens_in"] > 0
        assert (row_of(ana, chat) or {})["state"] == "closed"
