"""Two visitors who are one person: likely by their addresses, said by the team, taken back in ten minutes."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.merging import merge_visitors, unmerge_visitors
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.history import about
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Conversation, Queue, Visitor, VisitorMerge
from support_chat.desk.same_person import alike, person_of
from tests.desk.people import House, house
from tests.desk.time_passes import kinds, last_body

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana")


def chat_at(place: House, email: str) -> Conversation:
    """A closed chat of somebody who left this address."""
    chat = place.chat()
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    Conversation.objects.filter(pk=chat.pk).update(reply_to=email)
    return Conversation.objects.select_related("visitor").get(pk=chat.pk)


def merge(staff: Staff, chat: Conversation, other: Conversation) -> int:
    return merge_visitors(
        staff=staff, conversation=chat.pk, client_id=uuid4(), visitor=other.visitor.public_id
    )


def unmerge(staff: Staff, chat: Conversation, other: Conversation) -> int:
    return unmerge_visitors(
        staff=staff, conversation=chat.pk, client_id=uuid4(), visitor=other.visitor.public_id
    )


def ids(told: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in told]


def test_who_has_the_same_address_is_proposed_and_nobody_else(shop: House) -> None:
    chat = chat_at(shop, "Vera@mail.example")
    same, signed = chat_at(shop, "vera@mail.example"), shop.visitor()
    Visitor.objects.filter(pk=signed.pk).update(email="vera@mail.example", subject="42")
    chat_at(shop, "wim@mail.example")
    chat_at(shop, "")
    chat_at(house("Elsewhere"), "vera@mail.example")
    forgotten = chat_at(shop, "vera@mail.example").visitor
    Visitor.objects.filter(pk=forgotten.pk).update(forgotten_at=database_now())
    assert set(alike(chat.visitor)) == {same.visitor, signed}
    assert not alike(shop.visitor()).exists(), "who left no address is like nobody"


def test_once_they_are_one_the_history_of_both_stands_beside_the_chat_of_either(
    shop: House, ana: Staff
) -> None:
    chat, other = chat_at(shop, "vera@mail.example"), chat_at(shop, "vera@mail.example")
    assert about(ana, chat)["history"] == []
    merge(ana, chat, other)
    assert ids(about(ana, chat)["history"]) == [other.public_id]
    assert ids(about(ana, other)["history"]) == [chat.public_id]
    told = about(ana, chat)
    assert (ids(told["same"]), told["alike"]) == ([other.visitor.public_id], [])
    assert 0 < told["same"][0]["undo_in"] <= 600
    assert last_body(chat)["visitor"]["id"] == other.visitor.public_id
    assert not check_integrity().broken


def test_nothing_of_the_one_opens_to_the_other(shop: House, ana: Staff) -> None:
    chat, other = chat_at(shop, "vera@mail.example"), chat_at(shop, "vera@mail.example")
    merge(ana, chat, other)
    assert list(chat.visitor.conversations.all()) == [chat]
    assert "merged" not in kinds(other)
    assert not chat.entries.get(kind="merged").shown


def test_a_third_is_the_same_as_both(shop: House, ana: Staff) -> None:
    first, second, third = [chat_at(shop, "vera@mail.example") for _ in range(3)]
    merge(ana, first, second)
    merge(ana, third, second)
    everybody = {chat.visitor_id for chat in (first, second, third)}
    assert all(person_of(chat.visitor_id) == everybody for chat in (first, second, third))


def test_it_is_taken_back_within_ten_minutes_and_not_later(shop: House, ana: Staff) -> None:
    chat, other = chat_at(shop, "vera@mail.example"), chat_at(shop, "vera@mail.example")
    merge(ana, chat, other)
    unmerge(ana, chat, other)
    assert (about(ana, chat)["history"], last_body(chat)["undone"]) == ([], True)
    merge(ana, chat, other)
    VisitorMerge.objects.filter(undone_at=None).update(at=database_now() - timedelta(seconds=601))
    with pytest.raises(NotAllowed):
        unmerge(ana, chat, other)
    assert about(ana, chat)["same"][0]["undo_in"] is None


def test_whoever_is_neither_proposed_nor_to_be_read_cannot_be_merged_and_who_is_the_same_is_done(
    shop: House, ana: Staff
) -> None:
    chat, other = chat_at(shop, "vera@mail.example"), chat_at(shop, "vera@mail.example")
    returns = Queue.objects.create(site=shop.site, name="Returns")
    rob = shop.staff("rob", queue=returns)
    theirs, unread = chat_at(shop, "rita@mail.example"), chat_at(shop, "wim@mail.example")
    Conversation.objects.filter(pk=theirs.pk).update(queue=returns)
    elsewhere = chat_at(house("Elsewhere"), "vera@mail.example")
    for staff, row, stranger in ((rob, theirs, unread), (ana, chat, elsewhere)):
        with pytest.raises(NotFound):
            merge(staff, row, stranger)
        with pytest.raises(NotFound):
            unmerge(staff, row, stranger)
    merge(ana, chat, other)
    before = kinds(chat)
    merge(ana, chat, other)
    merge(ana, chat, chat)
    assert kinds(chat) == before


def test_whoever_has_a_chat_that_they_may_read_can_be_merged_and_parted(shop: House, ana: Staff) -> None:
    chat, other = chat_at(shop, "vera@mail.example"), chat_at(shop, "")
    merge(ana, chat, other)
    assert ids(about(ana, chat)["history"]) == [other.public_id]
    unmerge(ana, chat, other)
    assert about(ana, chat)["history"] == about(ana, chat)["same"] == []


def test_who_is_forgotten_or_has_become_another_cannot_be_merged(shop: House, ana: Staff) -> None:
    chat, stays = chat_at(shop, ""), chat_at(shop, "")
    for gone in ({"forgotten_at": database_now()}, {"merged_into": stays.visitor}):
        other = chat_at(shop, "")
        Visitor.objects.filter(pk=other.visitor_id).update(**gone)
        with pytest.raises(NotFound):
            merge(ana, chat, other)


def test_sent_twice_it_is_said_once(shop: House, ana: Staff) -> None:
    chat, other, once = chat_at(shop, "v@mail.example"), chat_at(shop, "v@mail.example"), uuid4()
    words = {"staff": ana, "conversation": chat.pk, "client_id": once, "visitor": other.visitor.public_id}
    assert merge_visitors(**words) == merge_visitors(**words)
    assert kinds(chat).count("merged") == 1


def test_whoever_may_only_read_merges_nobody(shop: House) -> None:
    chat, other = chat_at(shop, "v@mail.example"), chat_at(shop, "v@mail.example")
    with pytest.raises(NotAllowed):
        merge(shop.staff("mia", role="manager"), chat, other)
