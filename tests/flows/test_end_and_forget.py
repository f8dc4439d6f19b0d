import asyncio

import pytest

from support_chat.live.close_codes import CloseCode
from tests.desk.running import running
from tests.flows.stage import asks, row, set_stage
from widget.consumers import VisitorConsumer

pytestmark = pytest.mark.django_db(transaction=True)


async def test_who_ends_it_all_is_gone_from_every_window() -> None:
    async with running() as desk:
        stage = await set_stage(desk)
        ana, vera = await stage.agent("ana"), await stage.visitor()
        chat = await asks(vera)
        await row(ana, chat, lambda row: row["state"] == "active")
        other = await stage.visitor(vera.token)
        looks = asyncio.create_task(VisitorConsumer.look_at_forgotten())
        await vera.ok("forget")
        await row(ana, chat, lambda row: row["state"] == "closed")
        for window in (vera, other):
            assert await window.closed() == CloseCode.NOT_SIGNED_IN
        looks.cancel()
