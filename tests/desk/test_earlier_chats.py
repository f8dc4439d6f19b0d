"""What a visitor asked before is read page by page, each chat once, as far back as it goes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.merging import merge_visitors
from support_chat.desk.database_time import database_now
from support_chat.desk.earlier_chats import PAGE, earlier_chats
from support_chat.desk.history import about
from support_chat.desk.models import Conversation, Queue, Visitor
from support_chat.live.refusals import BadField
from tests.desk.people import House

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def closed(shop: House, visitor: Visitor, count: int) -> list[Conversation]:
    """Begun one after the other, and never two by one visitor at a time."""
    chats = []
    for number in range(count):
        chat = shop.chat(visitor, f"Question {number}")
        end_conversation(visitor=visitor, conversation=chat.pk, client_id=uuid4())
        chats.append(chat)
    return chats


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana")


def all_of(ana: Staff, chat: Conversation) -> list[str]:
    """By the console's way: what `about` tells, then page by page."""
    told = about(ana, chat)
    found, after = list(told["history"]), told["history_next"]
    while after is not None:
        page, after = earlier_chats(ana, chat, after)
        found += page
    return [each["id"] for each in found]


def test_the_newest_stand_beside_the_chat_and_the_rest_is_read_page_by_page(shop: House, ana: Staff) -> None:
    visitor = shop.visitor()
    chats = closed(shop, visitor, 2 * PAGE + 1)
    now = shop.chat(visitor)
    assert len(about(ana, now)["history"]) == PAGE
    assert all_of(ana, now) == [chat.public_id for chat in reversed(chats)]


def test_there_is_no_next_page_where_the_last_one_is_full(shop: House, ana: Staff) -> None:
    visitor = shop.visitor()
    closed(shop, visitor, PAGE)
    told = about(ana, shop.chat(visitor))
    assert (len(told["history"]), told["history_next"]) == (PAGE, None)


def test_what_began_at_the_same_time_and_what_was_brought_in_later_comes_once_in_its_order(
    shop: House, ana: Staff
) -> None:
    visitor = shop.visitor()
    chats = closed(shop, visitor, PAGE + 4)
    same = database_now() - timedelta(days=1)
    Conversation.objects.filter(pk__in=[chat.pk for chat in chats]).update(opened_at=same)
    Conversation.objects.filter(pk=chats[-1].pk).update(opened_at=same - timedelta(days=400))
    order = [*reversed(chats[:-1]), chats[-1]]
    assert all_of(ana, shop.chat(visitor)) == [chat.public_id for chat in order]


def test_a_page_goes_on_behind_the_last_row_whatever_was_closed_meanwhile(shop: House, ana: Staff) -> None:
    visitor = shop.visitor()
    chats = closed(shop, visitor, PAGE + 2)
    now = shop.chat(visitor)
    after = about(ana, now)["history_next"]
    end_conversation(visitor=visitor, conversation=now.pk, client_id=uuid4())
    closed(shop, visitor, 1)
    page, goes_on = earlier_chats(ana, now, after)
    assert ([each["id"] for each in page], goes_on) == ([chats[1].public_id, chats[0].public_id], None)


def test_pages_hold_the_chats_of_everybody_who_is_said_to_be_this_person(shop: House, ana: Staff) -> None:
    one, other = shop.visitor(), shop.visitor()
    Visitor.objects.filter(pk__in=[one.pk, other.pk]).update(email="vera@mail.example")
    first, second = closed(shop, one, PAGE), closed(shop, other, 3)
    now = shop.chat(one)
    merge_visitors(staff=ana, conversation=now.pk, client_id=uuid4(), visitor=other.public_id)
    assert all_of(ana, now) == [chat.public_id for chat in reversed([*first, *second])]


def test_a_cursor_of_nobodys_making_is_refused(shop: House, ana: Staff) -> None:
    with pytest.raises(BadField):
        earlier_chats(ana, shop.chat(), f"{10**19}.1")


def test_what_was_said_in_a_queue_that_is_not_theirs_is_not_told(shop: House) -> None:
    visitor, bills = shop.visitor(), Queue.objects.create(site=shop.site, name="Bills")
    [mine, other] = closed(shop, visitor, 2)
    Conversation.objects.filter(pk=other.pk).update(queue=bills)
    sam = shop.staff("sam", queue=shop.queue)
    now = shop.chat(visitor)
    assert all_of(sam, now) == [mine.public_id]
    assert all_of(shop.staff("kim"), now) == [other.public_id, mine.public_id]
