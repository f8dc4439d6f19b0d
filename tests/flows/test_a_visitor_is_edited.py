"""What is known of a visitor changes in the middle of a chat; who they are and what they hear does not."""

from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import db
from support_chat.desk.models import Visitor
from tests.desk.people import house
from tests.desk.running import Socket, running

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN = {"name": "Vera Lund", "locale": "de", "page": "https://shop.example/basket"}


async def says(author: Socket, chat: str, body: str) -> dict[str, Any]:
    return await author.ok("post_message", conversation=chat, client_id=str(uuid4()), body=body)


def said(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["body"]["text"] for entry in entries if entry["kind"] == "message"]


async def test_whoever_is_edited_in_the_middle_of_a_chat_stays_who_they_are_and_misses_nothing() -> None:
    shop = await db.run(house)
    ana = await db.run(shop.staff, "ana")
    async with running() as desk:
        agent, vera = await desk.staff(ana, status="online"), await desk.visitor(shop.site)
        start = await vera.ok("start_conversation", client_id=str(uuid4()), body="Where is my teapot?")
        chat, known = start["conversation"], start["snapshot"]
        await agent.ok("open_conversation", conversation=chat)
        await says(vera, chat, "Hello?")
        me = vera.welcome["visitor"]["id"]
        await db.run(Visitor.objects.filter(public_id=me).update, **KNOWN)
        await says(agent, chat, "On its way.")
        await says(vera, chat, "Thank you!")
        await vera.until(lambda: said(vera.entries())[-1:] == ["Thank you!"])
        await agent.until(lambda: said(agent.entries())[-1:] == ["Thank you!"])
        assert said(vera.entries()) == said(agent.entries()) == ["Hello?", "On its way.", "Thank you!"]
        mine = [entry for entry in agent.entries() if entry["author"]["role"] == "visitor"]
        assert {entry["author"]["id"] for entry in mine} == {me}, "one author all along"
        again = await desk.visitor(shop.site, vera.token, page="https://shop.example/help", locale="fr")
        assert again.welcome["visitor"] == {"id": me, "name": KNOWN["name"], "verified": False}
        assert again.welcome["conversation"]["id"] == chat
        where = {"conversation": chat, "after": known["position"], "mark": known["mark"]}
        missed = await again.ok("resume", **where)
        assert missed["recovered"] is True
        assert said(missed["entries"]) == ["Hello?", "On its way.", "Thank you!"]
        await says(agent, chat, "You are welcome.")
        for window in (vera, again):
            await window.until(lambda window=window: said(window.entries())[-1:] == ["You are welcome."])
