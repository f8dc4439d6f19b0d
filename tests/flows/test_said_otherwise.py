from uuid import uuid4

import pytest

from tests.desk.running import Socket, running
from tests.flows.stage import asks, hears, kinds, row, says, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_message_that_is_changed_and_taken_back_is_so_at_once_for_everybody(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, vera, stranger = await stage.agent("ana"), await stage.visitor(), await stage.visitor()
        chat = await asks(vera)
        await row(ana, chat, lambda row: row["state"] == "active")
        await ana.ok("open_conversation", conversation=chat)
        await ana.ok("add_note", conversation=chat, client_id=str(uuid4()), body="A note")
        said = await says(vera, chat, "My card is 4111")
        await hears(ana, "My card is 4111")
        other = {"conversation": chat, "client_id": str(uuid4()), "position": said["position"]}
        assert await stranger.refused("retract_message", **other) == "not_found"
        await vera.ok("edit_message", **other, body="My card is gone")
        changed = await hears(ana, "My card is gone")
        assert changed["body"]["of"] == said["position"] + 1, "as staff count"
        await vera.ok("retract_message", **other | {"client_id": str(uuid4())})
        await ana.until(lambda: kinds(ana)[-1:] == ["retracted"])
        again = await stage.visitor(vera.token)
        texts = [entry["body"].get("text") for entry in again.welcome["conversation"]["entries"]]
        assert "My card is 4111" not in texts
        assert "My card is gone" not in texts
        await row(ana, chat, lambda row: row["last"]["text"] == "")
