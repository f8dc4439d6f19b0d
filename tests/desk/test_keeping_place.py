"""An e-mail address instead of waiting here: the place stays, and the address stays out of the log."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.keeping_place import keep_place
from support_chat.desk.errors import Closed, IdReused, NotAllowed
from support_chat.desk.models import Conversation, Site, Visitor
from tests.desk.people import House

pytestmark = pytest.mark.django_db
ADDRESS = "vera@mail.example"


@pytest.fixture(autouse=True)
def mail_works(shop: House, settings: Any) -> None:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    Site.objects.update(mail_works_at=timezone.now())


def fresh(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def keep(chat: Conversation, email: str = ADDRESS) -> int:
    return keep_place(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4(), email=email)


def test_the_address_is_kept_with_the_chat_and_the_log_says_only_that_there_is_one(shop: House) -> None:
    chat = shop.chat()
    seen = fresh(chat).visible
    assert keep(chat) == seen
    entry = chat.entries.select_related("body").order_by("-position")[0]
    assert (entry.kind, entry.shown, entry.body.text) == ("kept_place", False, '{"email":true}')
    assert (fresh(chat).reply_to, fresh(chat).keeps_place, fresh(chat).visible) == (ADDRESS, True, seen)


def test_leaving_it_twice_with_one_id_is_leaving_it_once(shop: House) -> None:
    chat, client_id = shop.chat(), uuid4()
    asked = {"visitor": chat.visitor, "conversation": chat.pk, "client_id": client_id}
    first = keep_place(**asked, email=ADDRESS)
    assert keep_place(**asked, email=ADDRESS) == first
    with pytest.raises(IdReused):
        keep_place(**asked, email="other@mail.example")
    assert chat.entries.filter(kind="kept_place").count() == 1
    assert fresh(chat).reply_to == ADDRESS


def test_a_mistyped_address_is_put_right_by_another(shop: House) -> None:
    chat = shop.chat()
    keep(chat, "vera@mial.example")
    keep(chat)
    assert fresh(chat).reply_to == ADDRESS


def test_there_is_no_place_to_keep_where_nothing_waits(shop: House) -> None:
    chat = shop.chat()
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    with pytest.raises(Closed):
        keep(chat)
    shop.staff("ana", status="online")
    taken = shop.chat()
    assert fresh(taken).state == "active"
    with pytest.raises(NotAllowed):
        keep(taken)
    assert not Conversation.objects.filter(keeps_place=True).exists()


@pytest.mark.parametrize("missing", ["a mail that was sent", "the server's own settings"])
def test_no_address_is_taken_before_mail_works(shop: House, settings: Any, missing: str) -> None:
    chat = shop.chat()
    if missing == "a mail that was sent":
        Site.objects.update(mail_works_at=None)
    else:
        settings.EMAIL_FROM = ""
    with pytest.raises(NotAllowed):
        keep(chat)
    assert (fresh(chat).reply_to, fresh(chat).keeps_place) == ("", False)


@pytest.mark.parametrize("kept", [True, False])
def test_the_turn_of_who_is_long_gone_comes_only_with_an_address(shop: House, kept: bool) -> None:
    chat = shop.chat()
    if kept:
        keep(chat)
    Visitor.objects.update(here=False, seen_at=timezone.now() - timedelta(hours=3))
    shop.staff("ana", status="online")
    assign_waiting(site=shop.site.pk)
    assert (fresh(chat).state == "active") is kept
