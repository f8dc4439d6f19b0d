"""What an agent sets for themselves in one window holds in all of theirs, and is nobody else's business."""

import pytest

from agents.consumers import StaffConsumer
from support_chat.desk import db
from support_chat.desk.actions.own_settings import change_own_settings
from support_chat.desk.models import User
from tests.desk.running import Socket, running
from tests.flows.stage import set_stage

pytestmark = pytest.mark.django_db(transaction=True)


async def test_the_other_windows_of_an_agent_hear_of_it_and_nobody_else_does(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        ana, ben = await stage.agent("ana"), await stage.agent("ben")
        phone = await desk.connect(StaffConsumer)
        told = (await phone.ok("hello", token=ana.token))["own"]
        assert told == {"keys": {}, "undo_send": None, "share_drafts": True}
        user = await db.read(User.objects.get, username="ana")
        chosen = {"keys": {"close": "x"}, "undo_send": 5, "share_drafts": False}
        await db.run(change_own_settings, user=user, **chosen)
        for window in (ana, phone):
            await window.event("own_settings_changed", **chosen)
        tablet = await desk.connect(StaffConsumer)
        assert (await tablet.ok("hello", token=ana.token))["own"] == chosen
        await ben.ok("beat")
        assert "own_settings_changed" not in [event["event"] for event in ben.events]
