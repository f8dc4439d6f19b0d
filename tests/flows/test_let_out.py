"""A program works with a token of its own, until somebody takes it away."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import pytest

from support_chat.live.client import EndedError, LostError, StaffClient
from support_chat.live.close_codes import CloseCode
from tests.services.open_house import OpenHouse
from tests.services.served import own_environment, run_manage

REVOKE = """
from django.utils import timezone
from support_chat.desk.models import ApiToken
ApiToken.objects.filter(user__username="ana").update(revoked_at=timezone.now())
"""
WITHIN = 5.0  # seconds


async def test_a_socket_ends_within_five_seconds_of_its_token_being_revoked_and_others_stay(
    open_house: Callable[..., OpenHouse],
) -> None:
    house = open_house()
    async with house.staff("ana") as ana, house.staff("ben") as ben:
        environment = own_environment(house.served.database_url)
        await asyncio.to_thread(run_manage, "shell", "-v0", "--command", REVOKE, environment=environment)
        with pytest.raises(EndedError) as ended:
            await asyncio.wait_for(keep_beating(ana), WITHIN)
        assert ended.value.code == CloseCode.NOT_SIGNED_IN
        assert await ben.request("beat")


async def keep_beating(client: StaffClient) -> None:
    """Until the client is ended for good; a lost socket alone would come back."""
    while True:
        with suppress(LostError):
            await client.request("beat")
        await asyncio.sleep(0.1)
