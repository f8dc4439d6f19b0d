"""Agents who do not answer: the first reply has a deadline, later ones are reminded of."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk.actions.answering import look_up
from support_chat.desk.actions.status import set_status
from support_chat.desk.source import news_after
from support_chat.live.news import News
from tests.desk.people import House, say
from tests.desk.time_passes import after, agent_of, answered, goes_by, kinds, last_body, now

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def events(told: Sequence[News], topic: str, name: str) -> list[dict[str, Any]]:
    """What staff heard of it, by the name of the event."""
    said = [frame for news in told if news.topic == topic for frame in news.frames.get("staff", ())]
    return [event for event in map(json.loads, said) if event["event"] == name]


def test_a_chat_that_nobody_answers_is_taken_back_and_another_agent_gets_it(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    ben = shop.staff("ben", status="online", capacity=1)
    assert after(chat, 179) == 0
    assert after(chat, 1) == 1
    assert now(chat).owner == ben.agent
    assert kinds(chat)[-2:] == ["returned_to_queue", "assigned"]
    assert agent_of(ana).missed == 1


def test_it_waits_where_it_stood_and_its_agent_hears_why(shop: House, told: list[News]) -> None:
    ana, chat = shop.staff("ana", status="online", capacity=1), shop.chat()
    later, key = shop.chat(), now(chat).place_key
    assert after(chat, 180) == 1
    assert now(later).owner == ana.agent, "who has room again, and was not asked for this one"
    assert (now(chat).state, now(chat).sort_key) == ("queued", key)
    left = events(told, agent_of(ana).topic, "conversation_left")
    assert left == [{"event": "conversation_left", "conversation": chat.public_id, "reason": "unanswered"}]


def test_everybody_is_asked_before_anybody_is_asked_again(shop: House) -> None:
    team = [agent_of(shop.staff(name, status="online")) for name in ("ana", "ben", "cem")]
    chat = shop.chat()
    asked = []
    for _ in range(3):
        asked.append(now(chat).owner)
        after(chat, 180)
    assert sorted(agent.pk for agent in asked if agent) == [agent.pk for agent in team]
    assert now(chat).owner not in {None, asked[-1]}


def test_two_in_a_row_set_the_agent_to_away_and_say_why(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    for chat in (shop.chat(), shop.chat()):
        after(chat, 180)
    agent = agent_of(ana)
    assert (agent.status, agent.status_cause) == ("away", "chats unanswered")


def test_an_agent_who_is_finishing_is_offline_after_their_last_chat_was_taken_back(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    set_status(staff=ana, status="offline")
    assert agent_of(ana).status == "finishing"
    after(chat, 180)
    assert agent_of(ana).status == "offline"


def test_looking_it_up_begins_the_time_anew(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    goes_by(chat, 170)
    look_up(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert after(chat, 179) == 0
    assert after(chat, 1) == 1


def test_whoever_is_not_waited_for_has_all_the_time(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = answered(shop, ana)
    assert after(chat, 200) == 0
    assert now(chat).owner == ana.agent


def test_a_queue_has_its_own_time(shop: House) -> None:
    shop.queue.first_reply_within = 60
    shop.queue.save()
    shop.staff("ana", status="online")
    chat = shop.chat()
    assert after(chat, 60) == 1
    assert now(chat).state == "queued"


def test_a_silent_owner_is_reminded_and_then_their_supervisors_are_told_and_nothing_moves(
    shop: House, told: list[News]
) -> None:
    ana = shop.staff("ana", status="online")
    chat = answered(shop, ana)
    say(chat, "And?")
    assert after(chat, 119) == 0
    told.clear()
    assert after(chat, 1) == 1
    assert (kinds(chat)[-1], last_body(chat), now(chat).reminded) == ("reminded", {"level": 1}, 1)
    assert events(told, agent_of(ana).topic, "inbox_changed")
    assert events(told, shop.queue.topic, "unanswered") == []
    assert after(chat, 180) == 1
    assert (last_body(chat), now(chat).reminded) == ({"level": 2}, 2)
    [unanswered] = events(told, shop.queue.topic, "unanswered")
    assert unanswered["agent"] == {"id": agent_of(ana).public_id, "name": "Ana Costa"}
    assert unanswered["conversation"] == chat.public_id
    assert unanswered["waited"] == pytest.approx(300, abs=30)
    assert after(chat, 9_000) == 0
    assert now(chat).owner == ana.agent


def test_who_missed_that_hears_it_with_the_queue_until_somebody_answers(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = answered(shop, ana)
    say(chat, "And?")
    after(chat, 120)
    after(chat, 180)
    assert len(events(news_after(shop.queue.topic, 0), shop.queue.topic, "unanswered")) == 1
    say(chat, "Here it is.", by=ana)
    assert events(news_after(shop.queue.topic, 0), shop.queue.topic, "unanswered") == []


def test_an_answer_begins_it_anew(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = answered(shop, ana)
    for _ in range(2):
        say(chat, "And?")
        assert after(chat, 120) == 1
        say(chat, "One moment", by=ana)
        assert now(chat).reminded == 0


def test_a_visitor_reads_nothing_of_it(shop: House, told: list[News]) -> None:
    ana = shop.staff("ana", status="online")
    chat = answered(shop, ana)
    say(chat, "And?")
    told.clear()
    after(chat, 120)
    after(chat, 180)
    assert not any("visitor" in news.frames for news in told)
