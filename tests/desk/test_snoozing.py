"""A chat that is put aside stays with its agent and does not count. It is back by hand, in time, or when its
visitor writes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.attending import attend_all
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.actions.presence import release_agent
from support_chat.desk.actions.snoozing import snooze_conversation, snooze_is_over, wake_conversation
from support_chat.desk.actions.status import set_status
from support_chat.desk.actions.supervising import assign_conversation
from support_chat.desk.clock import take_due
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import AtCapacity, Changed, NotAllowed
from support_chat.desk.inbox import rows_of
from support_chat.desk.integrity import check_integrity
from support_chat.desk.integrity.rows import ASIDE
from support_chat.desk.models import Conversation, Deadline, Presence, Queue
from support_chat.desk.putting_aside import SNOOZED
from support_chat.desk.team import load_of
from support_chat.live.refusals import BadField
from tests.desk.people import House, say
from tests.desk.time_passes import after, agent_of, answered, kinds, last_body, now, writes

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online", capacity=1)


def put_aside(staff: Staff, chat: Conversation, when: str = "in 2 hours") -> None:
    about = {"conversation": chat.pk, "client_id": uuid4(), "when": when, "zone": "Europe/Berlin"}
    snooze_conversation(staff=staff, **about)


def its_time_comes(chat: Conversation) -> int:
    """As if it had been put aside until just now."""
    just = database_now() - timedelta(seconds=1)
    Conversation.objects.filter(pk=chat.pk).update(snoozed_until=just)
    Deadline.objects.filter(kind=SNOOZED, subject=chat.public_id).update(due_at=just)
    return take_due()


def test_it_stays_its_agents_and_they_have_room_at_once(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    waiting = shop.chat()
    put_aside(ana, chat)
    row = now(chat)
    assert (row.owner, row.state, row.idle_at is not None) == (ana.agent, "active", True)
    assert abs((row.snoozed_until - database_now()).total_seconds() - 7200) < 60
    assert now(waiting).owner == ana.agent
    assert load_of(agent_of(ana)) == 1
    assert last_body(chat)["said"] == "in 2 hours"
    assert not check_integrity().broken


def test_while_it_is_aside_nobody_is_nudged_reminded_or_gone(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    put_aside(ana, chat, "tomorrow 9")
    for seconds in (300, 900, 1_800, 7_200):
        assert after(chat, seconds) == 0
    ben = shop.staff("ben", status="online")
    set_status(staff=ana, status="away")
    asked = answered(shop, ben)
    writes(asked, "And then?")
    put_aside(ben, asked, "tomorrow 9")
    assert after(asked, 7_200) == 0


def test_a_first_reply_cannot_be_put_aside(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    put_aside(ana, chat, "tomorrow 9")
    assert after(chat, 180) == 1
    assert (now(chat).snoozed_until, kinds(chat)[-1]) == (None, "returned_to_queue")


def test_in_time_it_is_back_and_says_so_until_its_agent_answers(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    put_aside(ana, chat)
    put_aside(ana, chat, "tomorrow 9")
    assert take_due() == 0
    assert its_time_comes(chat) == 1
    row = now(chat)
    assert (row.snoozed_until, row.owner, last_body(chat)) == (None, ana.agent, {"cause": "time"})
    assert rows_of([row], now=database_now())[0]["woken"] is not None
    assert load_of(agent_of(ana)) == 0, "its visitor is as quiet as before"
    say(chat, "Your parcel has arrived.", by=ana)
    assert now(chat).woken_at is None
    assert not check_integrity().broken


def test_what_is_back_is_quiet_from_then_on(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    after(chat, 300)
    after(chat, 600)
    put_aside(ana, chat)
    after(chat, 7_000)
    its_time_comes(chat)
    assert after(chat, 899) == 0
    assert after(chat, 1) == 1
    assert last_body(chat)["about"] == "still_there"


def test_it_is_back_at_once_when_its_visitor_writes(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    put_aside(ana, chat)
    writes(chat, "Found it!")
    row = now(chat)
    assert (row.owner, row.snoozed_until, row.idle_at) == (ana.agent, None, None)
    assert its_time_comes_for_nothing(chat)
    assert not check_integrity().broken


def its_time_comes_for_nothing(chat: Conversation) -> bool:
    before = kinds(chat)
    snooze_is_over(public_id=chat.public_id)
    return kinds(chat) == before


def test_when_its_agent_is_full_by_then_it_goes_in_front_of_the_queue(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    put_aside(ana, chat)
    other, waiting = shop.chat(), shop.chat()
    assert now(other).owner == ana.agent
    writes(chat, "Hello again")
    assert list(Conversation.objects.filter(state="queued").order_by("sort_key")) == [chat, waiting]
    assert not check_integrity().broken


def test_one_whose_visitor_waits_counts_again_in_time_or_goes_in_front(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    writes(chat, "And my other order?")
    put_aside(ana, chat)
    its_time_comes(chat)
    assert (now(chat).idle_at, load_of(agent_of(ana))) == (None, 1)
    put_aside(ana, chat)
    taken = shop.chat()
    assert now(taken).owner == ana.agent
    its_time_comes(chat)
    assert (now(chat).state, last_body(chat)["cause"]) == ("queued", "agent is full")
    assert not check_integrity().broken


def test_by_hand_it_is_back_where_there_is_room(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    writes(chat, "And my other order?")
    put_aside(ana, chat)
    other = shop.chat()
    with pytest.raises(AtCapacity):
        wake_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    end_conversation(visitor=other.visitor, conversation=other.pk, client_id=uuid4())
    position = wake_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert (now(chat).snoozed_until, now(chat).idle_at, last_body(chat)) == (None, None, {"cause": "agent"})
    assert wake_conversation(staff=ana, conversation=chat.pk, client_id=uuid4()) == position, "awake is done"


def test_who_goes_home_finds_what_they_put_aside_when_they_are_back(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    put_aside(ana, chat, "tomorrow 9")
    set_status(staff=ana, status="offline")
    assert agent_of(ana).status == "offline", "there is nothing to finish"
    assert now(chat).owner == ana.agent
    assert its_time_comes(chat) == 1
    assert now(chat).snoozed_until is not None
    assert Deadline.objects.filter(kind=SNOOZED, due_at__gt=database_now()).exists(), "it is looked at again"
    set_status(staff=ana, status="online")
    its_time_comes(chat)
    assert now(chat).woken_at is not None


def test_of_who_is_lost_only_what_nobody_waits_in_stays(shop: House) -> None:
    ana = shop.staff("ana", status="online", capacity=2)
    quiet, asked = answered(shop, ana), answered(shop, ana)
    writes(asked, "And?")
    put_aside(ana, quiet, "tomorrow 9")
    put_aside(ana, asked, "tomorrow 9")
    Presence.objects.all().delete()
    release_agent(public_id=agent_of(ana).public_id)
    assert (now(quiet).state, now(asked).state) == ("active", "queued")
    writes(quiet, "Hello?")
    assert (now(quiet).state, kinds(quiet)[-2:]) == ("queued", ["returned_to_queue", "message"])
    assert not check_integrity().broken


def test_only_whose_it_is_puts_it_aside_and_not_while_it_is_handed_over(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    with pytest.raises(NotAllowed):
        put_aside(shop.staff("sue", role="supervisor"), chat)
    other = Queue.objects.create(site=shop.site, name="Returns", routing="manual")
    transfer_conversation(staff=ana, conversation=chat.pk, client_id=uuid4(), to_queue=other.public_id)
    with pytest.raises(Changed):
        put_aside(ana, chat)


@pytest.mark.parametrize("when", ["yesterday", "today 0:00", "", "2 years", "1 jan 2099"])
def test_no_time_to_come_within_a_year_is_refused(shop: House, ana: Staff, when: str) -> None:
    with pytest.raises(BadField):
        put_aside(ana, answered(shop, ana), when)


def test_sent_twice_it_is_put_aside_once(shop: House, ana: Staff) -> None:
    chat, once = answered(shop, ana), uuid4()
    about = {"conversation": chat.pk, "client_id": once, "when": "in 2 hours", "zone": "UTC"}
    assert snooze_conversation(staff=ana, **about) == snooze_conversation(staff=ana, **about)
    assert kinds(chat).count("snoozed") == 1


def test_whoever_gets_it_next_has_it_awake(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    put_aside(ana, chat)
    sue = shop.staff("sue", role="supervisor", status="online")
    assert sue.agent is not None
    give = {"to_agent": sue.agent.public_id, "reason": "Ana is ill"}
    assign_conversation(staff=sue, conversation=chat.pk, client_id=uuid4(), **give)
    assert (now(chat).owner, now(chat).snoozed_until, now(chat).idle_at) == (sue.agent, None, None)
    assert its_time_comes_for_nothing(chat)
    assert attend_all() == 0


def test_one_without_a_time_at_which_it_is_back_is_found(shop: House, ana: Staff) -> None:
    chat = answered(shop, ana)
    put_aside(ana, chat)
    Deadline.objects.all().delete()
    assert check_integrity().broken.keys() == {ASIDE}
