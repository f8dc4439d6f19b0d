"""A chat that nobody takes tells of itself by the steps of its queue: each once, until it is taken."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from support_chat.desk import outbox
from support_chat.desk.access import Staff
from support_chat.desk.actions.alerting import alert, alert_all
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.mailing import settle_letter
from support_chat.desk.actions.status import set_status
from support_chat.desk.alerting import due_alerts, ringing
from support_chat.desk.letters.kinds import WRITERS
from support_chat.desk.models import Agent, Alert, Conversation, Outbox, Queue, Site
from support_chat.desk.source import news_after
from support_chat.live.news import News
from tests.desk.people import House
from tests.desk.time_passes import agent_of, comes, leaves

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CLOSED: dict[str, Any] = {"week": {}}
MAIL = {"after": 300, "kind": "mail", "to": "sue@shop.example"}
HOOK = {"after": 120, "kind": "webhook", "to": "https://hooks.example/T0/secret"}


@pytest.fixture(autouse=True)
def _set_up(settings: Any) -> None:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "Support <chat@shop.example>", "https://chat.example"


@pytest.fixture
def ana(shop: House) -> Staff:
    """Online, in a queue whose chats are taken by hand."""
    by_hand(shop)
    return shop.staff("ana", status="online")


def by_hand(shop: House, **more: Any) -> None:
    Queue.objects.filter(pk=shop.queue.pk).update(routing="manual", **more)


def waits(shop: House, seconds: float = 0) -> Conversation:
    """A chat whose visitor is here, and has waited for so long."""
    chat = shop.chat()
    comes(chat)
    goes_by(chat, seconds)
    return Conversation.objects.get(pk=chat.pk)


def goes_by(chat: Conversation, seconds: float) -> None:
    row = Conversation.objects.get(pk=chat.pk)
    assert row.queued_at is not None
    Conversation.objects.filter(pk=chat.pk).update(queued_at=row.queued_at - timedelta(seconds=seconds))


def rung(told: list[News], staff: Staff) -> list[list[str]]:
    """What this agent was told to ring for, each time."""
    heard = [frame for news in told if news.topic == agent_of(staff).topic for frame in news.frames["staff"]]
    events = [json.loads(frame) for frame in heard]
    return [event["conversations"] for event in events if event["event"] == "chats_ringing"]


def test_after_a_minute_it_rings_once_with_whoever_could_take_it(
    shop: House, ana: Staff, told: list[News]
) -> None:
    chat = waits(shop, 59)
    told.clear()
    assert alert_all() == 0
    goes_by(chat, 1)
    assert (alert_all(), alert_all()) == (1, 0)
    assert rung(told, ana) == [[chat.public_id]]
    assert Alert.objects.get().kind == "sound"


def test_it_rings_until_somebody_has_it(shop: House, ana: Staff) -> None:
    chat = waits(shop, 60)
    alert_all()
    now = timezone.now()
    assert ringing([agent_of(ana)], now)[agent_of(ana).pk].conversations == [chat.public_id]
    accept_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert ringing([agent_of(ana)], now)[agent_of(ana).pk].conversations == []


def test_state_before_and_events_are_state_fetched_afresh(shop: House, ana: Staff, told: list[News]) -> None:
    waits(shop, 60)
    alert_all()
    assert rung(news_after(agent_of(ana).topic, 0), ana) == rung(told, ana)[-1:]


def test_nobody_else_rings_while_somebody_could_take_it(shop: House, ana: Staff, told: list[News]) -> None:
    away = shop.staff("ben", status="offline")
    full = shop.staff("kim", status="online", capacity=1)
    mine = waits(shop)
    accept_conversation(staff=full, conversation=mine.pk, client_id=uuid4())
    waits(shop, 60)
    told.clear()
    alert_all()
    assert [rung(told, each) for each in (away, full)] == [[[]], [[]]]
    assert rung(told, ana) != [[]]


def test_with_nobody_who_could_it_rings_at_once_with_whoever_was_set_aside_by_the_system(
    shop: House, told: list[News]
) -> None:
    by_hand(shop)
    ben = shop.staff("ben", status="away")
    Agent.objects.update(status_cause="no sign for a while")
    chat = waits(shop)
    assert alert_all() == 1
    assert rung(told, ben) == [[chat.public_id]]


def test_a_skill_that_nobody_online_has_is_nobody_too(shop: House, ana: Staff) -> None:
    chat = waits(shop)
    assert alert_all() == 0
    Conversation.objects.filter(pk=chat.pk).update(skills=["lang:de"])
    assert alert_all() == 1


@pytest.mark.parametrize("shut", ["site", "queue", "agents", "break"])
def test_outside_hours_and_shifts_nothing_happens_and_it_does_when_they_begin(
    shop: House, ana: Staff, told: list[News], shut: str
) -> None:
    waits(shop, 600)
    told.clear()
    if shut == "break":
        set_status(staff=ana, status="away", until=600)
    rows = {"site": Site.objects, "queue": Queue.objects, "agents": Agent.objects}.get(shut)
    if rows is not None:
        rows.update(hours=CLOSED)
    assert alert_all() == 0
    if rows is not None:
        rows.update(hours=None)
    else:
        set_status(staff=ana, status="online")
    assert alert_all() == 1


def test_who_is_off_is_not_rung_beside_whoever_works(shop: House, ana: Staff, told: list[News]) -> None:
    ben = shop.staff("ben", status="online")
    Agent.objects.filter(pk=agent_of(ben).pk).update(hours=CLOSED)
    waits(shop, 60)
    told.clear()
    alert_all()
    assert rung(told, ben) == [[]]


def test_who_takes_a_break_is_rung_no_more_and_again_when_they_are_back(
    shop: House, ana: Staff, told: list[News]
) -> None:
    chat = waits(shop, 60)
    alert_all()
    told.clear()
    set_status(staff=ana, status="away", until=600)
    set_status(staff=ana, status="online")
    assert rung(told, ana) == [[], [chat.public_id]]


def test_whose_visitor_has_left_without_an_address_is_told_of_to_nobody(shop: House, ana: Staff) -> None:
    chat = waits(shop, 60)
    leaves(chat)
    assert alert_all() == 0
    Conversation.objects.filter(pk=chat.pk).update(keeps_place=True)
    assert alert_all() == 1


def test_each_step_is_taken_once_a_chat_even_when_it_waits_again(shop: House, ana: Staff) -> None:
    by_hand(shop, alerts=[{"after": 60, "kind": "sound"}, HOOK])
    chat = waits(shop, 60)
    assert alert_all() == 1
    accept_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    set_status(staff=ana, status="offline", chats="return")
    set_status(staff=ana, status="online")
    assert ringing([agent_of(ana)], timezone.now())[agent_of(ana).pk].conversations == []
    goes_by(chat, 60)
    assert alert_all() == 0
    goes_by(chat, 60)
    assert (alert_all(), alert_all()) == (1, 0)
    assert list(chat.alerts.order_by("step").values_list("step", "kind")) == [(0, "sound"), (1, "webhook")]


def test_each_chat_rings_by_the_last_of_its_steps_that_sounds(shop: House, ana: Staff) -> None:
    by_hand(shop, alerts=[{"after": after, "kind": "sound"} for after in (60, 180)] + [HOOK])
    chat = waits(shop, 60)
    for step in (0, 0, 2):  # the webhook's between them rings nobody
        assert alert_all() == 1
        assert ringing([agent_of(ana)], timezone.now())[agent_of(ana).pk].steps == {chat.public_id: step}
        goes_by(chat, 60)


def test_two_clocks_that_find_the_same_tell_of_it_once(shop: House, ana: Staff) -> None:
    chat = waits(shop, 60)
    assert [*due_alerts(timezone.now())] == [chat.pk]
    assert [alert(conversation=chat.pk) for _ in range(2)] == [True, False]


def test_a_queue_without_steps_tells_nobody(shop: House, ana: Staff) -> None:
    by_hand(shop, alerts=[])
    waits(shop, 6_000)
    assert alert_all() == 0


def written(row: Outbox) -> Any:
    return WRITERS[row.kind](row)


def test_a_mail_says_where_and_how_long_with_a_link_and_no_word_of_the_visitor(
    shop: House, ana: Staff
) -> None:
    by_hand(shop, alerts=[MAIL])
    chat = waits(shop, 301)
    assert alert_all() == 1
    for row in outbox.take():
        taken = outbox.written(row)
        assert taken is not None
        settle_letter(row=row, outcome=outbox.send(taken))
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["sue@shop.example"], "A chat waits: Questions")
    assert "In Questions a chat waits, for 5 minutes by now." in letter.body
    assert f"https://chat.example/console/#{chat.public_id}" in letter.body
    assert "Hello" not in letter.body
    assert Outbox.objects.get().payload == {}


def test_a_messenger_reads_one_line_in_which_nothing_is_a_mark_of_theirs(shop: House, ana: Staff) -> None:
    by_hand(shop, alerts=[HOOK], name="<!channel> & more")
    chat = waits(shop, 120)
    alert_all()
    line = written(Outbox.objects.get())
    assert line.url == HOOK["to"]
    assert line.body == {
        "text": "In ‹!channel› & more a chat waits, for 2 minutes by now. "
        f"https://chat.example/console/#{chat.public_id}"
    }
    assert "secret" not in repr(line)


def test_what_was_taken_meanwhile_is_not_sent_any_more(shop: House, ana: Staff) -> None:
    by_hand(shop, alerts=[HOOK])
    chat = waits(shop, 120)
    alert_all()
    accept_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert written(Outbox.objects.get()) is None


def test_where_mail_is_not_set_up_none_is_asked_for(shop: House, ana: Staff, settings: Any) -> None:
    settings.EMAIL_FROM = ""
    by_hand(shop, alerts=[MAIL])
    waits(shop, 300)
    assert alert_all() == 1
    assert not Outbox.objects.exists()
