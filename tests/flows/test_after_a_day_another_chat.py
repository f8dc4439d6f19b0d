from datetime import timedelta

import pytest
from django.db.models import F

from support_chat.desk import db
from support_chat.desk.models import Conversation
from tests.desk.running import Socket, running
from tests.flows.stage import asks, does, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


def a_day_passes() -> None:
    Conversation.objects.update(closed_at=F("closed_at") - timedelta(hours=24, minutes=1))


async def test_after_a_day_writing_starts_another_chat_with_the_old_one_shown_above_it(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, visitor = await stage.agent("ana"), await stage.visitor()
        old = await asks(visitor, "Is it open?")
        await says(ana, old, "It is.")
        await does(visitor, "end_conversation", old)

        soon = await stage.visitor(visitor.token)
        assert soon.welcome["conversation"] is None
        assert soon.welcome["last"]["id"] == old
        assert 24 * 3600 - 60 < soon.welcome["last"]["reopens_in"] <= 24 * 3600

        await db.run(a_day_passes)
        later = await stage.visitor(visitor.token)
        assert later.welcome["last"]["id"] == old
        assert later.welcome["last"]["reopens_in"] is None
        texts = [entry["body"].get("text") for entry in later.welcome["last"]["entries"]]
        assert "Is it open?" in texts
        assert "It is." in texts
        assert later.welcome["last"]["state"] == "closed"

        post = {"conversation": old, "client_id": "00000000-0000-4000-8000-000000000001", "body": "Hello?"}
        refused = await later.ask("post_message", **post)
        assert (refused["error"]["code"], refused["error"]["retry"]) == ("closed", False)
        again = await later.ok(
            "start_conversation", client_id="00000000-0000-4000-8000-000000000001", body="Hello?"
        )
        assert again["conversation"] != old
        assert again["snapshot"]["state"] == "active"

        about = (await ana.ok("open_conversation", conversation=again["conversation"]))["about"]
        assert [(chat["id"], chat["topic"], chat["agent"]) for chat in about["history"]] == [
            (old, "Is it open?", "Ana Costa")
        ]
