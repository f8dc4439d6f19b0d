"""Colleagues beside whoever has a chat: with their consent, told to the visitor; one owner all the same."""

from uuid import uuid4

import pytest

from support_chat.desk.access import Staff, permit, staff_of
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.actions.participating import (
    ask_to_join,
    call_help,
    end_participation,
    invite_agent,
    join_conversation,
    leave_everywhere,
)
from support_chat.desk.actions.status import set_status
from support_chat.desk.actions.supervising import assign_conversation
from support_chat.desk.audiences import visitor_form
from support_chat.desk.bodies import body_of
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import Changed, NotAllowed, NotFound, Unavailable
from support_chat.desk.inbox import inbox_rows, lists_of
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Agent, Conversation, Entry, Queue
from support_chat.desk.posting import Posted
from support_chat.desk.team import load_of
from tests.desk.people import House, house, say

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


@pytest.fixture
def ben(shop: House) -> Staff:
    return shop.staff("ben", status="away")


@pytest.fixture
def chat(shop: House, ana: Staff) -> Conversation:
    """Ana has it."""
    return shop.chat()


@pytest.fixture
def another() -> House:
    return house("Other")


def agent_of(staff: Staff) -> Agent:
    assert staff.agent is not None
    return staff.agent


def now(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def invite(ana: Staff, chat: Conversation, who: Staff) -> int:
    agent = agent_of(who).public_id
    return invite_agent(staff=ana, conversation=chat.pk, client_id=uuid4(), agent=agent)


def join(who: Staff, chat: Conversation) -> int:
    return join_conversation(staff=who, conversation=chat.pk, client_id=uuid4())


def ask(who: Staff, chat: Conversation) -> int:
    return ask_to_join(staff=who, conversation=chat.pk, client_id=uuid4())


def end(by: Staff, chat: Conversation, who: Staff) -> int:
    agent = agent_of(who).public_id
    return end_participation(staff=by, conversation=chat.pk, client_id=uuid4(), agent=agent)


def let_in(ana: Staff, chat: Conversation, who: Staff) -> None:
    invite(ana, chat, who)
    join(who, chat)


def last(chat: Conversation) -> Entry:
    return chat.entries.select_related("body").order_by("-position")[0]


def test_an_invited_colleague_comes_in_writes_and_the_visitor_is_told(
    ana: Staff, ben: Staff, chat: Conversation
) -> None:
    let_in(ana, chat, ben)
    entry = last(chat)
    assert (entry.kind, entry.author_name, entry.shown, body_of(entry)) == (
        "joined",
        "Ben Costa",
        True,
        {"guest": True},
    )
    told = visitor_form(chat, entry, body_of(entry))
    assert (told["author"]["name"], told["body"]) == ("Ben", {"guest": True})
    assert isinstance(say(chat, "I know this one.", by=ben), Posted)
    assert isinstance(say(chat, "Thanks, Ben.", by=ana), Posted)
    assert now(chat).owner == ana.agent
    assert not check_integrity().broken


def test_nobody_writes_who_was_only_invited_called_or_asks(
    shop: House, ana: Staff, ben: Staff, chat: Conversation
) -> None:
    kim = shop.staff("kim", status="away")
    invite(ana, chat, ben)
    ask(kim, chat)
    for who in (ben, kim):
        assert isinstance(say(chat, "Me too.", by=who), NotAllowed)


def test_who_asks_is_in_once_the_owner_says_so_and_the_log_says_by_whom(
    ana: Staff, ben: Staff, chat: Conversation
) -> None:
    ask(ben, chat)
    assert last(chat).kind == "asked_to_join"
    with pytest.raises(NotAllowed):
        join(ben, chat)
    invite(ana, chat, ben)
    assert (last(chat).kind, body_of(last(chat))["by"]["name"]) == ("joined", "Ana Costa")
    assert isinstance(say(chat, "Here I am.", by=ben), Posted)


def test_only_whose_chat_it_is_lets_anybody_in(shop: House, ben: Staff, chat: Conversation) -> None:
    kim = shop.staff("kim", role="supervisor")
    for who in (ben, kim):
        with pytest.raises(NotAllowed):
            invite(who, chat, kim if who is ben else ben)


def test_a_guest_counts_with_nobodys_load_and_is_no_owner(ana: Staff, ben: Staff, chat: Conversation) -> None:
    let_in(ana, chat, ben)
    assert (load_of(agent_of(ben)), load_of(agent_of(ana))) == (0, 1)
    with pytest.raises(NotAllowed):
        close_conversation(staff=ben, conversation=chat.pk, client_id=uuid4())


def test_a_guest_leaves_or_is_sent_away_and_writes_no_more(
    shop: House, ana: Staff, ben: Staff, chat: Conversation
) -> None:
    kim = shop.staff("kim", status="away")
    let_in(ana, chat, ben)
    end(ben, chat, ben)
    assert (last(chat).kind, body_of(last(chat))) == ("left", {"guest": True})
    let_in(ana, chat, kim)
    with pytest.raises(NotAllowed):
        end(ben, chat, kim)
    end(ana, chat, kim)
    assert (last(chat).author_name, body_of(last(chat))["by"]["name"]) == ("Kim Costa", "Ana Costa")
    assert "by" not in visitor_form(chat, last(chat), body_of(last(chat)))["body"]
    for who in (ben, kim):
        assert isinstance(say(chat, "Still here.", by=who), NotAllowed)
    assert not check_integrity().broken


def test_what_only_the_team_needs_to_know_the_visitor_does_not_see(
    ana: Staff, ben: Staff, chat: Conversation
) -> None:
    before = now(chat).visible
    invite(ana, chat, ben)
    end(ben, chat, ben)
    ask(ben, chat)
    end(ana, chat, ben)
    assert (now(chat).visible, now(chat).participants) == (before, {})


def test_inviting_asking_and_joining_twice_is_done(ana: Staff, ben: Staff, chat: Conversation) -> None:
    let_in(ana, chat, ben)
    position = now(chat).position
    assert (invite(ana, chat, ben), join(ben, chat), ask(ben, chat)) == (position,) * 3
    end(ben, chat, ben)
    assert end(ben, chat, ben) == now(chat).position


def test_a_colleague_of_another_queue_reads_the_chat_once_asked_in(
    shop: House, ana: Staff, chat: Conversation
) -> None:
    other = Queue.objects.create(site=shop.site, name="Bills")
    pam = shop.staff("pam", queue=other)
    with pytest.raises(NotFound):
        permit(pam, now(chat), "read")
    invite(ana, chat, pam)
    permit(pam, now(chat), "read")
    assert agent_of(pam).topic in lists_of(now(chat))
    rows = inbox_rows(agent=pam.agent, queues=pam.roles, now=database_now())
    assert [row["participants"] for row in rows] == [{agent_of(pam).public_id: "invited"}]
    end(pam, chat, pam)
    with pytest.raises(NotFound):
        permit(pam, now(chat), "read")


def test_nobody_of_another_site_is_asked_in(ana: Staff, chat: Conversation, another: House) -> None:
    with pytest.raises(NotFound):
        invite(ana, chat, another.staff("eve"))


def test_guests_stay_when_a_supervisor_takes_over_and_whoever_takes_over_is_none(
    shop: House, ana: Staff, ben: Staff, chat: Conversation
) -> None:
    sue = shop.staff("sue", role="supervisor")
    for who in (ben, sue):
        let_in(ana, chat, who)
    to = {"to_agent": agent_of(sue).public_id, "reason": "Complaint", "force": True}
    assign_conversation(staff=sue, conversation=chat.pk, client_id=uuid4(), **to)
    assert (now(chat).owner, now(chat).participants) == (sue.agent, {agent_of(ben).public_id: "guest"})
    assert not check_integrity().broken


def test_it_is_over_with_the_chat_and_when_it_waits_again(
    shop: House, ana: Staff, ben: Staff, chat: Conversation
) -> None:
    let_in(ana, chat, ben)
    set_status(staff=ana, status="offline", chats="return")
    assert (now(chat).state, now(chat).participants) == ("queued", {})
    with pytest.raises(Changed):
        ask(shop.staff("kim", role="supervisor"), chat)
    set_status(staff=ana, status="online")
    if now(chat).state == "queued":
        accept_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    let_in(ana, chat, ben)
    close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert now(chat).participants == {}
    assert not check_integrity().broken


def test_a_guest_who_goes_has_left(ana: Staff, ben: Staff, chat: Conversation) -> None:
    let_in(ana, chat, ben)
    leave_everywhere(agent=agent_of(ben))
    assert (last(chat).kind, last(chat).author_name, now(chat).participants) == ("left", "Ben Costa", {})


def test_every_free_supervisor_of_the_queue_is_called_and_comes_in_by_one_click(
    shop: House, ana: Staff, chat: Conversation
) -> None:
    with pytest.raises(Unavailable):
        call_help(staff=ana, conversation=chat.pk, client_id=uuid4())
    sue = shop.staff("sue", role="supervisor", status="online")
    shop.staff("tom", role="supervisor", status="away")
    shop.staff("uma", role="supervisor", status="offline")
    other = Queue.objects.create(site=shop.site, name="Bills")
    shop.staff("vic", role="supervisor", status="online", queue=other)
    call_help(staff=ana, conversation=chat.pk, client_id=uuid4(), reason="He threatens us.")
    assert now(chat).participants == {agent_of(sue).public_id: "called"}
    assert body_of(last(chat))["reason"] == "He threatens us."
    join(sue, chat)
    assert isinstance(say(chat, "I am Ana's supervisor.", by=sue), Posted)
    assert not check_integrity().broken


def test_a_guest_who_is_of_the_site_no_more_reads_nothing_and_is_sent_away(
    ana: Staff, ben: Staff, chat: Conversation, another: House
) -> None:
    let_in(ana, chat, ben)
    ben.user.memberships.update(site=another.site, queue=None)
    gone = staff_of(ben.user)
    with pytest.raises(NotFound):
        permit(gone, now(chat), "read")
    end(ana, chat, ben)
    assert now(chat).participants == {}
    assert last(chat).kind == "left"
