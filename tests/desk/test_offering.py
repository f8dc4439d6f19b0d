"""A chat that is offered: accepted, declined or expired, it keeps its place and counts with one agent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk.access import Staff
from support_chat.desk.actions.assignment import accept_conversation, assign_waiting
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.offering import decline_conversation, expire_offer
from support_chat.desk.actions.returning import return_chats
from support_chat.desk.clock import take_due
from support_chat.desk.errors import Changed
from support_chat.desk.integrity import check_integrity
from support_chat.desk.locks import lock_agents
from support_chat.desk.models import Agent, Conversation, Deadline
from support_chat.desk.team import load_of
from support_chat.desk.telling import Telling
from tests.desk.people import House, house

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def shop() -> House:
    found = house()
    found.queue.routing = "offer"
    found.queue.save()
    return found


def agent_of(staff: Staff) -> Agent:
    assert staff.agent is not None
    return staff.agent


def now(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def expire(chat: Conversation) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Conversation.objects.filter(pk=chat.pk).update(offered_until=past)
    expire_offer(public_id=chat.public_id)


def kinds(chat: Conversation) -> list[str]:
    return list(chat.entries.order_by("position").values_list("kind", flat=True))


def test_an_offered_chat_waits_where_it_stood_and_counts_with_who_is_asked(shop: House) -> None:
    ana = shop.staff("ana", capacity=1, status="online")
    first, second = shop.chat(), shop.chat()
    row = now(first)
    assert (row.state, row.offered_to, row.sort_key) == ("queued", ana.agent, first.sort_key)
    assert load_of(agent_of(ana)) == 1
    assert now(second).offered_to is None, "their hands are full"


def test_who_accepts_has_it_and_nothing_is_offered_any_more(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    accept_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert (now(chat).owner, now(chat).offered_to, load_of(agent_of(ana))) == (ana.agent, None, 1)
    assert not Deadline.objects.filter(subject=chat.public_id).exists()
    assert kinds(chat)[-3:] == ["offered", "declined", "assigned"]
    assert not check_integrity().broken


def test_nobody_else_takes_what_is_offered(shop: House) -> None:
    shop.staff("ana", status="online")
    ben = shop.staff("ben", status="away")
    chat = shop.chat()
    with pytest.raises(Changed):
        accept_conversation(staff=ben, conversation=chat.pk, client_id=uuid4())


def test_a_declined_chat_goes_to_the_next_agent_at_once_and_keeps_its_place(shop: House) -> None:
    ana, ben = (shop.staff(name, status="online") for name in ("ana", "ben"))
    chat = shop.chat()
    asked = now(chat).offered_to
    first, other = (ana, ben) if asked == ana.agent else (ben, ana)
    decline_conversation(staff=first, conversation=chat.pk, client_id=uuid4(), reason="At lunch")
    assert (now(chat).offered_to, now(chat).sort_key) == (other.agent, chat.sort_key)


def test_declining_twice_is_declining_once(shop: House) -> None:
    ana, chat, once = shop.staff("ana", status="online"), shop.chat(), uuid4()
    position = decline_conversation(staff=ana, conversation=chat.pk, client_id=once)
    assert decline_conversation(staff=ana, conversation=chat.pk, client_id=once) == position
    assert kinds(chat).count("declined") == 1


def test_an_offer_that_expires_asks_the_next_and_never_the_same_one_twice_in_a_row(shop: House) -> None:
    agents = [agent_of(shop.staff(name, status="online")) for name in ("ana", "ben", "cem")]
    chat = shop.chat()
    asked: list[int | None] = []
    for _ in range(3):
        asked.append(now(chat).offered_to_id)
        Agent.objects.update(missed=0)
        expire(chat)
    assert sorted(filter(None, asked)) == sorted(agent.pk for agent in agents), "each is asked once"
    assert now(chat).offered_to_id not in {None, asked[-1]}, "then the others again"


def test_an_only_agent_is_not_asked_again_until_they_come_back(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    decline_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert assign_waiting(site=shop.site.pk) == 0
    Agent.objects.update(status_at=timezone.now() + timedelta(seconds=1))
    assert assign_waiting(site=shop.site.pk) == 1
    assert now(chat).offered_to == ana.agent


def test_two_in_a_row_that_expire_set_the_agent_to_away_and_say_why(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    for _ in range(2):
        expire(shop.chat())
    agent = Agent.objects.get(pk=agent_of(ana).pk)
    assert (agent.status, agent.status_cause) == ("away", "chats unanswered")
    assert agent.status_changes.get().cause == "chats unanswered"


def test_the_clock_takes_an_offer_back_when_it_is_over(shop: House) -> None:
    for name in ("ana", "ben"):
        shop.staff(name, status="online")
    chat = shop.chat()
    first = now(chat).offered_to
    past = timezone.now() - timedelta(seconds=1)
    Conversation.objects.filter(pk=chat.pk).update(offered_until=past)
    Deadline.objects.filter(kind="offer").update(due_at=past)
    assert take_due() == 1
    assert now(chat).offered_to not in {None, first}
    assert not check_integrity().broken


def test_an_offer_that_was_accepted_in_time_does_not_expire(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    accept_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    expire_offer(public_id=chat.public_id)
    assert now(chat).owner == ana.agent


def test_a_visitor_who_ends_an_offered_chat_takes_it_back(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    assert (now(chat).state, now(chat).offered_to, load_of(agent_of(ana))) == ("closed", None, 0)
    assert not check_integrity().broken


def test_what_was_offered_to_an_agent_who_is_gone_is_offered_to_the_next(shop: House) -> None:
    ana, ben = (shop.staff(name, status="online") for name in ("ana", "ben"))
    chat = shop.chat()
    gone, other = (ana, ben) if now(chat).offered_to == ana.agent else (ben, ana)
    with Telling() as telling:
        agent = lock_agents([agent_of(gone).pk])[agent_of(gone).pk]
        return_chats(telling, agent, cause="connection lost")
    assign_waiting(site=shop.site.pk)
    assert now(chat).offered_to == other.agent
