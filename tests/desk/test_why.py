"""Why somebody got a chat, and why nobody has one that waits: the words agree with what is decided."""

from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk.actions.offering import decline_conversation
from support_chat.desk.bodies import body_of
from support_chat.desk.models import Conversation, Queue
from support_chat.desk.why import NAMED, why_waiting
from tests.desk.people import House

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def why_not(chat: Conversation) -> Any:
    return why_waiting(Conversation.objects.select_related("queue", "offered_to__user").get(pk=chat.pk))


def why_given(chat: Conversation) -> Any:
    return body_of(chat.entries.filter(kind__in=["assigned", "offered"]).order_by("-position")[0])["why"]


def test_the_log_keeps_who_could_have_had_a_chat_and_why_others_could_not(shop: House) -> None:
    shop.staff("ana", status="online")
    shop.staff("ben", status="online", capacity=2)
    shop.staff("cleo", status="away")
    assert why_given(shop.chat()) == {
        "rule": "least_loaded",
        "eligible": ["Ben Costa"],
        "not": {"not_online": ["Cleo Costa"]},
    }


def test_who_was_asked_already_is_told_as_asked_and_not_as_eligible(shop: House) -> None:
    Queue.objects.update(routing="offer")
    ana = shop.staff("ana", status="online", capacity=9)
    shop.staff("ben", status="online")
    chat = shop.chat()
    decline_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert why_given(chat) == {
        "rule": "least_loaded",
        "eligible": [],
        "not": {"was_asked": ["Ana Costa"]},
    }


def test_of_many_with_one_reason_ten_are_named_and_the_rest_counted(shop: House) -> None:
    for number in range(NAMED + 3):
        shop.staff(f"agent{number}", status="away")
    told = why_not(shop.chat())
    assert (len(told["not"]["not_online"]), told["more"]) == (NAMED, {"not_online": 3})


def test_a_chat_that_does_not_wait_has_no_reason_to(shop: House) -> None:
    shop.staff("ana", status="online")
    assert why_not(shop.chat()) is None


def test_why_nobody_has_a_chat_is_told_by_what_keeps_it_first(shop: House) -> None:
    first, second = shop.chat(), shop.chat()
    assert (why_not(first)["rule"], why_not(second)["rule"]) == ("nobody", "nobody")
    shop.staff("ana", status="online", capacity=1)
    assert (why_not(first)["rule"], why_not(second)["rule"]) == ("soon", "turn")
    assert (why_not(first)["before"], why_not(second)["before"]) == (0, 1)
    Queue.objects.update(routing="manual")
    assert (why_not(first)["rule"], why_not(second)["rule"]) == ("by_hand", "by_hand")


def test_a_chat_whose_visitor_is_gone_for_long_is_passed_over_whoever_is_free(shop: House) -> None:
    first, second = shop.chat(), shop.chat()
    second.visitor.here, second.visitor.seen_at = False, second.opened_at.replace(year=2000)
    second.visitor.save()
    shop.staff("ana", status="online")
    assert (why_not(first)["rule"], why_not(second)["rule"]) == ("soon", "gone")


def test_an_offered_chat_says_who_is_asked(shop: House) -> None:
    Queue.objects.update(routing="offer")
    shop.staff("ana", status="online")
    assert why_not(shop.chat()) == {"rule": "offered", "eligible": ["Ana Costa"], "not": {}}
