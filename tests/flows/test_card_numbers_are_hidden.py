"""A card number that somebody writes is kept nowhere and told to nobody."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from support_chat.desk import db
from support_chat.desk.models import Site
from tests.desk.running import Socket, running
from tests.flows.stage import asks, hears, set_stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
CARD = "4242 4242 4242 4242"
HIDDEN = "My card: •••• 4242"


def everything_kept() -> str:
    """Every value of every row of the desk."""
    models = apps.get_app_config("desk").get_models()
    return "\n".join(str(row) for model in models for row in model._default_manager.values())


def heard(*people: Socket) -> str:
    return json.dumps([person.frames for person in people], ensure_ascii=False)


async def test_what_is_written_with_a_card_number_in_it_is_kept_and_told_without_it(
    kind: type[Socket],
) -> None:
    words: dict[str, Any] = {"client_id": str(uuid4()), "body": f"My card: {CARD}"}
    async with running(kind) as desk:
        stage = await set_stage(desk)
        await db.run(Site.objects.update, previews=True)
        ana, sue = await stage.agent("ana"), await stage.agent("sue", status=None)
        visitor = await stage.visitor()
        chat = await asks(visitor, f"My card: {CARD}")
        await ana.ok("open_conversation", conversation=chat)
        await visitor.ok("set_typing", conversation=chat, typing=True, preview=f"Or {CARD}")
        first = await visitor.ok("post_message", conversation=chat, **words)
        again = await visitor.ok("post_message", conversation=chat, **words)
        await ana.ok("add_note", conversation=chat, client_id=str(uuid4()), body=f"They said {CARD}")
        entry = await hears(visitor, HIDDEN)
        assert again["position"] == first["position"], "what is repeated is known by what is kept of it"
        assert entry["body"] == {"text": HIDDEN, "hidden": ["card"]}
        await ana.ok("beat")
        for number in (CARD, CARD.replace(" ", "")):
            assert number not in heard(visitor, ana, sue)
            assert number not in await db.read(everything_kept)
        assert HIDDEN in await db.read(everything_kept)
