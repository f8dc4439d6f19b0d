"""Visitors who say nothing any more, leave, and come back."""

from uuid import uuid4

import pytest

from support_chat.desk.actions import attending
from support_chat.desk.actions.attending import attend_all
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.status import set_status
from support_chat.desk.history import View, page
from support_chat.desk.models import Conversation, Entry, Visitor
from support_chat.desk.readings import Look, read_chats
from support_chat.desk.team import load_of
from tests.desk.people import House
from tests.desk.time_passes import (
    after,
    agent_of,
    answered,
    comes,
    goes_by,
    kinds,
    last_body,
    leaves,
    now,
    writes,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_quiet_chat_rests_and_its_agent_has_room(shop: House) -> None:
    ana = shop.staff("ana", status="online", capacity=1)
    chat = answered(shop, ana)
    waiting = shop.chat()
    assert after(chat, 299) == 0
    assert after(chat, 1) == 1
    assert now(waiting).owner == ana.agent
    assert now(chat).owner == ana.agent
    assert load_of(agent_of(ana)) == 1


def test_after_a_quarter_of_an_hour_the_visitor_is_asked_whether_they_are_still_there(shop: House) -> None:
    chat = answered(shop, shop.staff("ana", status="online"))
    after(chat, 300)
    assert after(chat, 599) == 0
    assert after(chat, 1) == 1
    look = Look(chat=chat.pk, view=View(visitor=True, me=""))
    said = read_chats([look])[0].told["entries"][-1]
    assert (said["kind"], said["author"]["role"]) == ("message", "bot")
    assert said["body"] == {"text": attending.STILL_THERE, "about": "still_there"}
    assert now(chat).idle_at is not None, "which does not end its rest"


def test_they_are_asked_in_the_language_that_they_read(shop: House) -> None:
    chat = answered(shop, shop.staff("ana", status="online"))
    Conversation.objects.filter(pk=chat.pk).update(locale="fr-CA")
    after(chat, 300)
    after(chat, 600)
    assert last_body(chat)["text"].startswith("Êtes-vous toujours là ?")


def test_after_half_an_hour_it_closes_and_the_visitor_reads_that_it_did_so_quietly(shop: House) -> None:
    chat = answered(shop, shop.staff("ana", status="online"))
    for seconds in (300, 600, 899):
        after(chat, seconds)
    assert now(chat).state == "active"
    assert after(chat, 1) == 1
    assert (now(chat).state, last_body(chat)) == ("closed", {"cause": "visitor left"})
    shown = page(now(chat), View(visitor=True, me=""), before=99, limit=1)["entries"]
    assert (shown[0]["kind"], shown[0]["body"]) == ("closed", {"quiet": True})


def test_another_close_says_nothing_of_why(shop: House) -> None:
    chat = shop.chat()
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    assert page(now(chat), View(visitor=True, me=""), before=99, limit=1)["entries"][0]["body"] == {}


def test_writing_brings_a_resting_chat_back_to_its_agent(shop: House) -> None:
    ana = shop.staff("ana", status="online", capacity=1)
    chat = answered(shop, ana)
    after(chat, 300)
    after(chat, 600)
    writes(chat, "I am!")
    row = now(chat)
    assert (row.owner, row.idle_at, row.nudged_at) == (ana.agent, None, None)
    assert load_of(agent_of(ana)) == 1
    assert attend_all() == 0


def test_when_its_agent_is_full_it_goes_in_front_of_the_queue(shop: House) -> None:
    ana = shop.staff("ana", status="online", capacity=1)
    chat = answered(shop, ana)
    other, waiting = shop.chat(), shop.chat()
    after(chat, 300)
    assert now(other).owner == ana.agent
    writes(chat, "I am back")
    line = Conversation.objects.filter(state="queued").order_by("sort_key")
    assert list(line) == [chat, waiting]


def test_writing_to_what_closed_by_itself_goes_on_with_it(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = answered(shop, ana)
    for seconds in (300, 600, 900):
        after(chat, seconds)
    writes(chat, "Sorry, here I am")
    assert now(chat).owner == ana.agent
    assert kinds(chat)[-3:] == ["reopened", "message", "assigned"]


def test_who_is_finishing_is_offline_when_their_last_chat_closes_by_itself(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = answered(shop, ana)
    set_status(staff=ana, status="finishing")
    for seconds in (300, 600, 900):
        after(chat, seconds)
    assert agent_of(ana).status == "offline"


def test_a_short_absence_leaves_nothing_in_the_log_and_a_longer_one_a_line(shop: House) -> None:
    chat = answered(shop, shop.staff("ana", status="online"))
    leaves(chat)
    assert after(chat, 55) == 0
    comes(chat)
    assert attend_all() == 0
    leaves(chat)
    assert after(chat, 60) == 1
    entry = Entry.objects.get(conversation=chat, kind="left")
    assert (entry.author_role, entry.author_name, entry.shown) == ("visitor", chat.visitor.name, True)
    assert attend_all() == 0
    comes(chat)
    assert after(chat, 60) == 1
    assert kinds(chat)[-2:] == ["left", "joined"]
    assert now(chat).away_at is None


def test_a_phone_may_sleep_for_four_minutes(shop: House) -> None:
    chat = answered(shop, shop.staff("ana", status="online"))
    Visitor.objects.update(phone=True)
    leaves(chat)
    assert after(chat, 235) == 0
    assert after(chat, 5) == 1
    assert kinds(chat)[-1] == "left"


def test_coming_and_going_all_the_time_is_one_line_a_minute(shop: House) -> None:
    chat = answered(shop, shop.staff("ana", status="online"))
    leaves(chat)
    after(chat, 60)
    for _ in range(3):
        comes(chat)
        assert after(chat, 10) == 0
        leaves(chat)
        assert after(chat, 5) == 0
    comes(chat)
    assert after(chat, 20) == 1
    assert kinds(chat).count("left") == kinds(chat).count("joined") == 1


def test_a_waiting_visitor_is_passed_over_and_goes_first_as_soon_as_they_are_back(shop: House) -> None:
    chat, later = shop.chat(), shop.chat()
    leaves(chat)
    goes_by(chat, 300)
    ana = shop.staff("ana", status="online", capacity=1)
    third = shop.chat()
    assert now(later).owner == ana.agent
    ben = shop.staff("ben", status="online", capacity=1)
    comes(chat)
    assert now(chat).owner == ben.agent
    assert now(third).state == "queued"


def test_coming_back_in_time_is_nobodys_turn(shop: House) -> None:
    chat = shop.chat()
    leaves(chat)
    goes_by(chat, 200)
    shop.staff("ana", status="online")
    comes(chat)
    assert now(chat).state == "queued", "the next cause gives it, not their coming"


def test_a_place_that_is_given_up_is_closed_after_half_an_hour(shop: House) -> None:
    chat = shop.chat()
    leaves(chat)
    assert after(chat, 1_790) == 0
    assert after(chat, 10) == 1
    assert (now(chat).state, last_body(chat)) == ("closed", {"cause": "visitor left"})


def test_a_place_that_is_kept_is_kept(shop: House) -> None:
    chat = shop.chat()
    Conversation.objects.filter(pk=chat.pk).update(keeps_place=True)
    leaves(chat)
    assert after(chat, 90_000) == 0
