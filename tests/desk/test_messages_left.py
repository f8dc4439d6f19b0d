"""What a visitor leaves when nobody can take their chat: nothing that they typed is lost."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from support_chat.desk.access import conversation_for_staff
from support_chat.desk.actions.conversations import start_conversation
from support_chat.desk.actions.messages_left import Form
from support_chat.desk.actions.presence import agent_arrived, renew_lease
from support_chat.desk.actions.status import set_status
from support_chat.desk.actions.visits import Move, move_visitors
from support_chat.desk.errors import ClosedForNow, IdReused
from support_chat.desk.history import View, about
from support_chat.desk.inbox import rows_of
from support_chat.desk.models import Conversation, EntryBody, Queue, Site, Visitor
from tests.desk.looking import look
from tests.desk.people import House, house, say

pytestmark = pytest.mark.django_db

VERA = Form(email="vera@shop.example", name="Vera")
HERE = Form(here=True)


@pytest.fixture
def shop() -> House:
    renew_lease()
    return house()


@pytest.fixture(autouse=True)
def mail_works(shop: House, settings: Any) -> None:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    Site.objects.update(mail_works_at=timezone.now())


def start(
    visitor: Visitor, *, form: Form = VERA, body: str | None = "Where is it?", **more: Any
) -> Conversation:
    client_id: UUID = more.pop("client_id", None) or uuid4()
    return start_conversation(visitor=visitor, client_id=client_id, body=body, form=form, **more)[0]


def fresh(chat: Conversation) -> Conversation:
    return Conversation.objects.select_related("visitor", "queue", "owner__user", "site").get(pk=chat.pk)


def texts(chat: Conversation) -> list[str]:
    staff = View(visitor=False, me="")
    return [entry["body"].get("text", entry["kind"]) for entry in look(chat, staff).told["entries"]]


def pause(shop: House) -> None:
    until = timezone.now() + timedelta(seconds=90)
    Site.objects.filter(pk=shop.site.pk).update(paused_until=until)


def fill_up(shop: House) -> None:
    Queue.objects.filter(pk=shop.queue.pk).update(closes_at_waiting=1)
    shop.chat()


@pytest.mark.parametrize("hours", [None, {}])
def test_text_is_never_refused_because_nobody_is_here_or_it_is_closed(shop: House, hours: Any) -> None:
    Site.objects.update(hours=hours)
    chat = start(shop.visitor(), form=Form())
    assert chat.state == "queued"
    assert texts(chat)[-1] == "Where is it?"


def test_a_message_is_routed_when_somebody_comes_though_its_visitor_is_gone(shop: House) -> None:
    chat = start(shop.visitor())
    without = start(shop.visitor(), form=Form())
    for each in (chat, without):
        move_visitors([Move(visitor=each.visitor_id, here=False)])
    Visitor.objects.update(seen_at=timezone.now() - timedelta(hours=9))
    ana = shop.staff("ana")
    assert ana.agent is not None
    agent_arrived(agent=ana.agent)
    set_status(staff=ana, status="online")
    assert fresh(chat).owner == ana.agent
    assert fresh(without).owner is None, "who left no address is passed over until they are back"


def test_the_team_sees_the_address_and_that_nobody_verified_it_and_the_visitor_sees_neither(
    shop: House,
) -> None:
    chat = start(shop.visitor())
    told = {"email": "vera@shop.example", "verified": False}
    row = rows_of([fresh(chat)], now=timezone.now())[0]
    assert row["reply_to"] == told
    ana = shop.staff("ana")
    beside = about(ana, conversation_for_staff(ana, chat.public_id))
    assert beside["reply_to"] == told
    staff, visitor = (look(chat, View(visitor=side, me="")).told["entries"] for side in (False, True))
    assert staff[0]["body"]["form"] == {"email": True, "name": "Vera"}
    assert visitor[0]["body"] == {}


def test_the_log_never_says_which_address(shop: House) -> None:
    visitor = shop.visitor()
    start(visitor, form=Form())
    start(visitor)
    start(shop.visitor())
    assert EntryBody.objects.count() > 4
    assert not EntryBody.objects.filter(text__contains=VERA.email).exists()


def test_a_chat_without_an_address_says_so(shop: House) -> None:
    chat = start(shop.visitor(), form=Form())
    assert rows_of([fresh(chat)], now=timezone.now())[0]["reply_to"] is None
    assert not fresh(chat).keeps_place


def test_an_address_left_in_an_open_chat_is_kept_once_and_noted_for_the_team(shop: House) -> None:
    visitor = shop.visitor()
    chat = start(visitor, form=Form())
    for _ in range(2):
        start(visitor, body="Please write to me.")
    assert (fresh(chat).reply_to, fresh(chat).keeps_place) == ("vera@shop.example", True)
    assert texts(chat)[-3:] == ["left_email", "Please write to me.", "Please write to me."]
    shown = look(chat, View(visitor=True, me="")).told["entries"]
    assert "left_email" not in {entry["kind"] for entry in shown}


@pytest.mark.parametrize(("close", "reason"), [(pause, "paused"), (fill_up, "busy")])
def test_a_chat_is_refused_while_none_are_taken_and_a_message_with_an_address_is_not(
    shop: House, close: Any, reason: str
) -> None:
    visitor = shop.visitor()
    close(shop)
    with pytest.raises(ClosedForNow) as refused:
        start(visitor, form=Form(name="Vera"))
    error = refused.value.as_error()
    assert (error["code"], error["retry"], error["why"]) == ("closed_for_now", True, reason)
    assert not visitor.conversations.exists()
    assert start(visitor).state == "queued"


@pytest.mark.parametrize("close", [pause, fill_up])
def test_before_mail_works_a_message_is_taken_that_is_answered_here_and_an_address_helps_nothing(
    shop: House, close: Any
) -> None:
    close(shop)
    with pytest.raises(ClosedForNow):
        start(shop.visitor(), form=HERE)
    Site.objects.update(mail_works_at=None)
    with pytest.raises(ClosedForNow):
        start(shop.visitor())
    chat = start(shop.visitor(), form=HERE)
    assert (chat.state, chat.keeps_place, chat.reply_to) == ("queued", True, "")
    assert look(chat, View(visitor=False, me="")).told["entries"][0]["body"]["form"] == {"here": True}


def test_who_reads_the_answer_here_is_answered_though_they_are_gone(shop: House) -> None:
    chat = start(shop.visitor(), form=HERE)
    move_visitors([Move(visitor=chat.visitor_id, here=False)])
    Visitor.objects.update(seen_at=timezone.now() - timedelta(hours=9))
    ana = shop.staff("ana")
    assert ana.agent is not None
    agent_arrived(agent=ana.agent)
    set_status(staff=ana, status="online")
    assert fresh(chat).owner == ana.agent


def test_a_pause_says_when_to_try_again_and_a_full_queue_cannot(shop: House) -> None:
    pause(shop)
    with pytest.raises(ClosedForNow) as refused:
        start(shop.visitor(), form=Form())
    assert refused.value.after is not None
    assert 80 < refused.value.after <= 90
    Site.objects.update(paused_until=None)
    fill_up(shop)
    with pytest.raises(ClosedForNow) as refused:
        start(shop.visitor(), form=Form())
    assert refused.value.after is None


def test_a_pause_is_of_the_queue_that_is_asked_for(shop: House) -> None:
    fill_up(shop)
    other = Queue.objects.create(site=shop.site, name="Other")
    assert start(shop.visitor(), form=Form(), queue=other.public_id).queue == other


def test_who_chats_already_goes_on_during_a_pause(shop: House) -> None:
    visitor = shop.visitor()
    chat = start(visitor, form=Form())
    pause(shop)
    say(chat, "One more thing")
    assert start(visitor, form=Form(), body="And another") == chat
    assert texts(chat)[-2:] == ["One more thing", "And another"]


def test_the_same_start_once_more_is_answered_as_before_even_during_a_pause(shop: House) -> None:
    visitor, once = shop.visitor(), uuid4()
    chat = start(visitor, form=Form(), client_id=once)
    pause(shop)
    assert start(visitor, form=Form(), client_id=once) == chat
    with pytest.raises(IdReused):
        start(visitor, form=VERA, client_id=once)
