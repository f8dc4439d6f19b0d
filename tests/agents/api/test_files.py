"""The browser's door for agents: a session and its token; and nothing for another page."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from django.test import AsyncClient

from support_chat.desk import db
from support_chat.desk.access import Staff
from support_chat.desk.models import Attachment, Conversation
from tests.desk.files import made
from tests.desk.people import House, house
from tests.desk.running import running

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def chat() -> AsyncIterator[tuple[Staff, Conversation]]:
    shop: House = await db.run(house)
    ana = await db.run(shop.staff, "ana")
    async with running() as desk:
        socket = await desk.staff(ana, status="online")
        row = await db.run(shop.chat)
        await socket.event("inbox_changed")
        yield ana, row


async def asked(who: Staff | None, chat: Conversation, **headers: str) -> int:
    client = AsyncClient(enforce_csrf_checks=True)
    if who is not None:
        await client.aforce_login(who.user)
        client.cookies["csrftoken"] = "a" * 32
    answer = await client.post(
        f"/api/v1/files/?client_id={uuid4()}&conversation={chat.public_id}",
        made.picture(),
        content_type="application/octet-stream",
        headers={"X-File-Name": "a.png", **headers},
    )
    return int(answer.status_code)


async def test_a_session_with_its_token_uploads(chat: tuple[Staff, Conversation]) -> None:
    ana, row = chat
    assert await asked(ana, row, **{"X-CSRFToken": "a" * 32}) == 201


@pytest.mark.parametrize("token", ["", "b" * 32])
async def test_without_the_token_of_the_page_nothing_is_taken(
    chat: tuple[Staff, Conversation], token: str
) -> None:
    ana, row = chat
    assert await asked(ana, row, **({"X-CSRFToken": token} if token else {})) == 403
    assert await db.run(Attachment.objects.count) == 0


async def test_nobody_signed_in_is_nobody(chat: tuple[Staff, Conversation]) -> None:
    assert await asked(None, chat[1], **{"X-CSRFToken": "a" * 32}) == 401
