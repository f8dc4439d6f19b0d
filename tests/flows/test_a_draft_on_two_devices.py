"""An agent begins a reply on one device and goes on with it on another."""

import pytest

from agents.consumers import StaffConsumer
from tests.desk.running import Socket, running
from tests.flows.stage import asks, row, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_draft_follows_its_agent_and_nobody_else_hears_of_it(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, ben, vera = await stage.agent("ana"), await stage.agent("ben"), await stage.visitor()
        chat = await asks(vera)
        await row(ana, chat, lambda row: row["state"] == "active")
        phone = await desk.connect(StaffConsumer)
        assert (await phone.ok("hello", token=ana.token))["drafts"] == []
        for colleague in (ana, ben):
            await colleague.ok("open_conversation", conversation=chat)
        draft = {"conversation": chat, "mode": "reply"}
        assert await ana.ok("save_draft", **draft, text="Dear Vera, ") == {"version": 1}
        told = await phone.event("draft_changed", **draft)
        assert (told["text"], told["version"]) == ("Dear Vera, ", 1)
        opened = await phone.ok("open_conversation", conversation=chat)
        assert opened["drafts"] == {"reply": {"text": "Dear Vera, ", "version": 1}}
        assert await phone.ok("save_draft", **draft, text="Dear Vera, hello", version=1) == {"version": 2}
        late = await ana.ok("save_draft", **draft, text="Dear", version=1)
        assert late == {"version": 2, "text": "Dear Vera, hello"}
        assert (await ben.ok("open_conversation", conversation=chat))["drafts"] == {}
        await ben.ok("beat")
        await vera.ok("beat")
        for other in (ben, vera):
            assert "draft_changed" not in [event["event"] for event in other.events]


async def test_a_chat_that_is_not_theirs_to_see_takes_no_draft(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage, elsewhere = await set_stage(desk), await set_stage(desk)
        vera, eve = await stage.visitor(), await elsewhere.agent("eve")
        chat = await asks(vera)
        draft = {"conversation": chat, "mode": "note", "text": "Hm"}
        assert await eve.refused("save_draft", **draft) == "not_found"
        assert await vera.refused("save_draft", **draft) == "unknown_command"
