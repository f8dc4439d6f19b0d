"""What is no chat at all ends, and is in no count, report or rating, until somebody takes that back."""

from uuid import uuid4

import pytest

from support_chat.desk.access import Staff, author_of
from support_chat.desk.actions.marking_spam import mark_spam
from support_chat.desk.actions.messages import post_reopening
from support_chat.desk.bodies import body_of
from support_chat.desk.errors import NotAllowed
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Conversation
from support_chat.desk.posting import Posting
from support_chat.desk.waits import _ended
from tests.desk.people import House, say

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


def mark(who: Staff, chat: Conversation, *, spam: bool = True) -> None:
    mark_spam(staff=who, conversation=chat.pk, client_id=uuid4(), spam=spam)


def now(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def test_it_ends_the_chat_and_asks_for_no_rating(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    for body, by in (("Buy!", None), ("No.", ana), ("Buy!!", None)):
        say(chat, body, by=by)
    mark(ana, chat)
    closed = chat.entries.select_related("body").get(kind="closed")
    assert (now(chat).state, now(chat).spam, body_of(closed)) == ("closed", True, {"cause": "spam"})
    assert not check_integrity().broken


def test_it_counts_for_nothing_until_it_is_taken_back(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    mark(ana, chat)
    assert not _ended(shop.queue.pk).exists()
    mark(ana, chat, spam=False)
    assert (now(chat).state, now(chat).spam) == ("closed", False)
    assert _ended(shop.queue.pk).get() == chat
    assert not check_integrity().broken


def test_marking_it_twice_is_done(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    mark(ana, chat)
    position = now(chat).position
    mark(ana, chat)
    assert now(chat).position == position


def test_who_writes_again_makes_it_a_chat(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    mark(ana, chat)
    author = author_of(chat.visitor)
    post_reopening(
        posting=Posting(
            conversation=chat.pk, author=author, client_id=uuid4(), body="I am real.", visitor=chat.visitor_id
        )
    )
    assert now(chat).spam is False
    assert not check_integrity().broken


def test_nobody_marks_a_colleagues_chat_but_its_supervisor(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    with pytest.raises(NotAllowed):
        mark(shop.staff("ben"), chat)
    mark(shop.staff("sue", role="supervisor"), chat)
    assert now(chat).spam
