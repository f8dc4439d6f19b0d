"""Who is here, and what is told of it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk.access import Staff
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.presence import (
    agent_arrived,
    agent_left,
    end_lease,
    renew_lease,
    settle_presence,
)
from support_chat.desk.actions.status import set_status
from support_chat.desk.availability import availability_of
from support_chat.desk.clock import take_due
from support_chat.desk.errors import NotAllowed
from support_chat.desk.models import Agent, Conversation, Deadline, Presence, Process
from support_chat.desk.team import RELEASE
from support_chat.live.news import News
from tests.desk.people import House, connect, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> House:
    renew_lease()
    return house()


def agent_of(staff: Staff) -> Agent:
    assert staff.agent is not None
    return staff.agent


def arrive(staff: Staff, status: str | None = None) -> None:
    agent_arrived(agent=agent_of(staff))
    if status:
        set_status(staff=staff, status=status)


def of_site(told: Sequence[News], shop: House) -> list[str]:
    """What the site's visitors heard."""
    return [
        frame for news in told if news.topic == shop.site.topic for frame in news.frames.get("visitor", ())
    ]


def let_time_pass() -> None:
    """The grace is over."""
    Deadline.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    take_due()


def fresh(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def test_visitors_hear_that_the_first_comes_and_the_last_goes_and_nothing_between(
    shop: House, told: list[News]
) -> None:
    ana, ben = shop.staff("ana"), shop.staff("ben")
    arrive(ana)
    arrive(ben)
    assert of_site(told, shop) == []
    set_status(staff=ana, status="online")
    assert of_site(told, shop) == ['{"event":"availability_changed","available":true,"why":"open"}']
    arrive(ben, "online")
    arrive(ana)
    set_status(staff=ben, status="away")
    set_status(staff=ana, status="online")
    assert len(of_site(told, shop)) == 1
    set_status(staff=ana, status="finishing")
    assert of_site(told, shop)[1:] == ['{"event":"availability_changed","available":false,"why":"away"}']


def test_a_console_that_is_loaded_anew_is_no_news_to_visitors(shop: House, told: list[News]) -> None:
    ana = shop.staff("ana")
    arrive(ana, "online")
    agent_left(agent=agent_of(ana))
    assert availability_of(shop.site).available
    arrive(ana)
    assert len(of_site(told, shop)) == 1
    assert not Deadline.objects.exists()


def test_within_the_grace_nothing_moves_and_after_it_the_chats_wait_again(
    shop: House, told: list[News]
) -> None:
    ana = shop.staff("ana", capacity=2)
    arrive(ana, "online")
    first, second = shop.chat(), shop.chat()
    later = shop.chat()
    agent_left(agent=agent_of(ana))
    take_due()
    assert fresh(first).state == "active"
    let_time_pass()
    waiting = Conversation.objects.filter(state="queued").order_by("sort_key", "pk")
    assert list(waiting) == [first, second, later], "in the order they were opened, ahead of later ones"
    assert Agent.objects.get(pk=agent_of(ana).pk).status == "offline"
    assert not availability_of(shop.site).available
    assert of_site(told, shop)[-1] == '{"event":"availability_changed","available":false,"why":"away"}'


def test_the_visitor_is_told_that_their_chat_waits_again_and_not_why(shop: House, told: list[News]) -> None:
    ana = shop.staff("ana")
    arrive(ana, "online")
    chat = shop.chat()
    agent_left(agent=agent_of(ana))
    let_time_pass()
    last = [news for news in told if news.topic == chat.topic][-1].frames["visitor"]
    assert '"kind":"returned_to_queue"' in last[0]
    assert '"body":{}' in last[0]
    assert '"state":"queued"' in last[1]


def test_an_agent_who_comes_back_in_time_keeps_their_chats(shop: House) -> None:
    ana = shop.staff("ana")
    arrive(ana, "online")
    chat = shop.chat()
    agent_left(agent=agent_of(ana))
    arrive(ana)
    let_time_pass()
    assert fresh(chat).owner == ana.agent
    assert Agent.objects.get(pk=agent_of(ana).pk).status == "online"


def test_an_agent_here_through_another_process_is_not_gone(shop: House) -> None:
    ana = shop.staff("ana")
    arrive(ana, "online")
    connect(agent_of(ana))
    agent_left(agent=agent_of(ana))
    assert not Deadline.objects.exists()


def test_the_agents_of_a_process_that_died_have_the_grace_and_no_more(shop: House) -> None:
    ana = shop.staff("ana", status="online")  # held by a process elsewhere
    chat = shop.chat()
    Process.objects.filter(name="elsewhere").update(lease_until=timezone.now() - timedelta(seconds=1))
    renew_lease()
    due = Deadline.objects.get(kind=RELEASE).due_at
    assert timezone.now() < due <= timezone.now() + timedelta(seconds=20)
    assert not Presence.objects.exists()
    let_time_pass()
    assert fresh(chat).state == "queued"
    assert ana.agent is not None


def test_a_process_that_goes_leaves_its_agents_the_grace(shop: House) -> None:
    arrive(shop.staff("ana"), "online")
    end_lease()
    assert Deadline.objects.filter(kind=RELEASE).count() == 1
    assert not Presence.objects.exists()


def test_an_agent_whose_process_was_taken_for_dead_is_back_within_the_grace(shop: House) -> None:
    ana = shop.staff("ana")
    arrive(ana, "online")
    chat = shop.chat()
    Presence.objects.all().delete()  # as another process does once our lease has run out
    agent_left(agent=agent_of(ana))
    settle_presence(here=lambda: {agent_of(ana).pk})
    let_time_pass()
    assert fresh(chat).owner == ana.agent
    assert fresh(shop.chat()).owner == ana.agent, "and gets chats again"


def test_an_agent_whose_leaving_got_lost_is_no_ghost(shop: House) -> None:
    ana = shop.staff("ana")
    arrive(ana, "online")
    chat = shop.chat()
    settle_presence(here=set)
    let_time_pass()
    assert fresh(chat).state == "queued"
    assert not Presence.objects.exists()


def test_what_other_processes_hold_is_theirs_to_settle(shop: House) -> None:
    shop.staff("ana", status="online")  # held by a process elsewhere
    settle_presence(here=set)
    assert Presence.objects.count() == 1
    assert not Deadline.objects.exists()


def test_nobody_is_given_to_an_agent_who_is_gone(shop: House) -> None:
    ana = shop.staff("ana")
    arrive(ana, "online")
    agent_left(agent=agent_of(ana))
    assert fresh(shop.chat()).state == "queued"


def test_an_agent_who_is_away_keeps_what_they_have_and_gets_no_more(shop: House) -> None:
    ana = shop.staff("ana")
    arrive(ana, "online")
    chat = shop.chat()
    set_status(staff=ana, status="away")
    waiting = shop.chat()
    assert fresh(chat).owner == ana.agent
    assert fresh(waiting).state == "queued"
    accept_conversation(staff=ana, conversation=waiting.pk, client_id=uuid4())
    assert fresh(waiting).owner == ana.agent, "what they choose to take is theirs"


def test_who_is_no_agent_has_no_status(shop: House) -> None:
    staff = shop.staff("mia", role="manager", answers=False)
    with pytest.raises(NotAllowed):
        set_status(staff=staff, status="online")
