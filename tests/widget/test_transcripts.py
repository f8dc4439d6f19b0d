"""A visitor takes their own chat away, as they saw it; nobody else does."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from support_chat.desk.actions.messages import add_note
from support_chat.desk.actions.visitors import make_visitor
from support_chat.desk.models import Conversation
from tests.desk.people import House, house, say
from widget import transcripts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(transcripts, "_throttle", transcripts.Throttle())
    return house()


def chat_of(shop: House) -> tuple[Conversation, str]:
    visitor, token = make_visitor(site=shop.site)
    ana = shop.staff("ana", status="online")
    chat = Conversation.objects.get(pk=shop.chat(visitor, "<script>alert(1)</script>").pk)
    say(chat, "It opens on Monday.", by=ana)
    add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body="A difficult one")
    return chat, token


def fetched(chat: str, token: str, form: str = "txt") -> Any:
    headers = {"authorization": f"Bearer {token}"}
    return Client().get(f"/widget/transcript/{chat}.{form}", headers=headers)


def test_it_is_a_file_that_no_browser_runs(shop: House) -> None:
    chat, token = chat_of(shop)
    text, page = fetched(chat.public_id, token), fetched(chat.public_id, token, "html")
    for answer in (text, page):
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "It opens on Monday." in answer.content.decode()
        assert "A difficult one" not in answer.content.decode()
    assert "<script>" not in page.content.decode()


def test_what_is_not_theirs_is_not_there_and_who_has_no_key_is_nobody(shop: House) -> None:
    chat, _ = chat_of(shop)
    _, stranger = make_visitor(site=shop.site)
    assert fetched(chat.public_id, stranger).status_code == 404
    assert fetched("unknown", stranger).status_code == 404
    assert fetched(chat.public_id, stranger, "exe").status_code == 404
    assert fetched(chat.public_id, "wrong").status_code == 401
    assert Client().get(f"/widget/transcript/{chat.public_id}.txt").status_code == 401


def test_too_many_are_told_when_to_come_again(shop: House) -> None:
    chat, token = chat_of(shop)
    codes = [fetched(chat.public_id, token).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]
    for _ in range(40):
        last = fetched(chat.public_id, "wrong")
    assert last.status_code == 429
