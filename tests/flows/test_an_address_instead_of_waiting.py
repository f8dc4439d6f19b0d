from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk import db
from support_chat.desk.models import Site
from tests.desk.running import Running, Socket, running
from tests.flows.stage import Stage, asks, row, set_stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def mail_is_set_up(settings: Any) -> None:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"


async def set_mailing_stage(desk: Running) -> Stage:
    """A shop whose mail works."""
    stage = await set_stage(desk)
    await db.run(Site.objects.update, mail_works_at=timezone.now())
    return stage


def left(chat: str, email: str) -> dict[str, Any]:
    return {"conversation": chat, "client_id": str(uuid4()), "email": email}


async def test_a_visitor_who_waits_leaves_an_address_that_no_other_visitor_and_no_log_knows(
    kind: type[Socket],
) -> None:
    async with running(kind) as desk:
        stage = await set_mailing_stage(desk)
        ana = await stage.agent("ana", status="away")
        visitor, stranger = await stage.visitor(), await stage.visitor()
        chat = await asks(visitor)
        request = left(chat, "vera@mail.example")
        first = await visitor.ok("keep_place", **request)
        assert await visitor.ok("keep_place", **request) == first
        assert await stranger.refused("keep_place", **left(chat, "eve@mail.example")) == "not_found"
        await row(ana, chat, lambda found: found["position"] == 3)
        opened = await ana.ok("open_conversation", conversation=chat)
        assert opened["snapshot"]["entries"][-1]["body"] == {"email": True}
        assert opened["snapshot"]["entries"][-1]["author"]["role"] == "visitor"
        entries = [frame for frame in ana.received if '"event":"entry_added"' in frame]
        assert not [frame for frame in entries if "vera@mail.example" in frame], "the log knows none"
        assert not [frame for frame in stranger.received if "vera@mail.example" in frame]
        assert opened["about"]["reply_to"] == {"email": "vera@mail.example", "verified": False}


@pytest.mark.parametrize(
    "email", ["", "vera", "vera@mail", "@mail.example", "a b@mail.example", "x" * 250 + "@a.eu"]
)
async def test_what_nobody_can_be_written_to_is_refused_by_its_name(kind: type[Socket], email: str) -> None:
    async with running(kind) as desk:
        visitor = await (await set_mailing_stage(desk)).visitor()
        chat = await asks(visitor)
        error = (await visitor.ask("keep_place", **left(chat, email)))["error"]
        assert (error["code"], error["field"], error["retry"]) == ("bad_field", "email", False)


async def test_no_address_is_asked_for_or_taken_before_mail_works(kind: type[Socket]) -> None:
    async with running(kind) as desk:
        stage = await set_stage(desk)
        visitor = await stage.visitor()
        assert "mail" not in visitor.welcome["site"]
        chat = await asks(visitor)
        assert await visitor.refused("keep_place", **left(chat, "vera@mail.example")) == "not_allowed"
        await db.run(Site.objects.update, mail_works_at=timezone.now())
        await visitor.ok("keep_place", **left(chat, "vera@mail.example"))
