"""Whether a new chat is taken, and why not: one answer, by agents, hours, pauses and full queues."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from support_chat.desk.availability import availability_of, changes_at, default_queue
from support_chat.desk.models import Conversation, Membership, Presence, Queue, Site, Visitor
from tests.desk.people import House, connect, house

pytestmark = pytest.mark.django_db

NEVER: dict[str, Any] = {}
ALWAYS = {"week": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}}


def why(shop: House) -> str:
    return availability_of(Site.objects.get(pk=shop.site.pk)).why


def set_site(shop: House, **values: Any) -> None:
    Site.objects.filter(pk=shop.site.pk).update(**values)


def set_queue(shop: House, **values: Any) -> None:
    Queue.objects.filter(pk=shop.queue.pk).update(**values)


def wait_for(chat: Conversation, seconds: float) -> None:
    since = timezone.now() - timedelta(seconds=seconds)
    Conversation.objects.filter(pk=chat.pk).update(queued_at=since)


def test_it_is_open_while_somebody_who_may_take_its_chats_is_online(shop: House) -> None:
    assert why(shop) == "away"
    shop.staff("ana", status="online")
    assert why(shop) == "open"


def test_outside_its_hours_it_is_closed_however_many_are_online(shop: House) -> None:
    shop.staff("ana", status="online")
    set_site(shop, hours=NEVER)
    assert why(shop) == "closed"
    set_site(shop, hours=ALWAYS)
    assert why(shop) == "open"


def test_it_is_open_when_the_site_and_its_queue_are(shop: House) -> None:
    shop.staff("ana", status="online")
    set_queue(shop, hours=NEVER)
    assert why(shop) == "closed"
    set_queue(shop, hours=ALWAYS)
    assert why(shop) == "open"


def test_a_closed_site_says_in_how_many_seconds_it_opens(shop: House) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    opens = tomorrow.replace(hour=9, minute=0, second=0, microsecond=0)
    set_site(shop, hours={"holidays": [{"date": f"{tomorrow:%Y-%m-%d}", "open": [["09:00", "10:00"]]}]})
    now = timezone.now()
    words = availability_of(Site.objects.get(), now=now).words(now)
    left = round((opens - now).total_seconds(), 1)
    assert words == {"available": False, "why": "closed", "opens_in": left}


def test_hours_are_those_of_the_sites_own_zone(shop: House) -> None:
    now = timezone.now().replace(hour=12, minute=0)
    set_site(shop, hours={"week": {each: [["11:00", "13:00"]] for each in ALWAYS["week"]}})
    assert availability_of(Site.objects.get(), now=now).why == "away"
    set_site(shop, time_zone="Asia/Tokyo")
    assert availability_of(Site.objects.get(), now=now).why == "closed"


def test_a_pause_stands_before_everything_and_ends_by_itself(shop: House) -> None:
    shop.staff("ana", status="online")
    now = timezone.now()
    until = now + timedelta(minutes=10)
    set_site(shop, paused_until=until, pause_text="Our shop is moving.", hours=NEVER, notice="Sale!")
    words = availability_of(Site.objects.get(), now=now).words(now)
    assert words == {
        "available": False,
        "why": "paused",
        "until": 600.0,
        "text": "Our shop is moving.",
        "notice": "Sale!",
    }
    set_site(shop, hours=None)
    after = availability_of(Site.objects.get(), now=until)
    assert after.words(until) == {"available": True, "why": "open", "notice": "Sale!"}


def test_a_queue_is_busy_while_as_many_wait_as_its_manager_allows(shop: House) -> None:
    set_queue(shop, closes_at_waiting=2)
    first = shop.chat()
    assert why(shop) == "away"
    shop.chat()
    assert why(shop) == "busy"
    Conversation.objects.filter(pk=first.pk).update(state="closed", sort_key=None)
    assert why(shop) == "away"


def test_a_queue_is_busy_while_the_first_of_it_waits_as_long_as_its_manager_allows(shop: House) -> None:
    set_queue(shop, closes_at_wait=600)
    chat = shop.chat()
    wait_for(chat, 599)
    assert why(shop) == "away"
    wait_for(chat, 601)
    assert why(shop) == "busy"


def test_a_message_whose_sender_is_gone_makes_no_queue_busy(shop: House) -> None:
    set_queue(shop, closes_at_waiting=1)
    chat = shop.chat()
    Conversation.objects.filter(pk=chat.pk).update(keeps_place=True)
    assert why(shop) == "busy", "they are still here"
    Visitor.objects.update(here=False)
    assert why(shop) == "away"


def test_a_site_without_a_queue_is_away(shop: House) -> None:
    shop.queue.delete()
    assert default_queue(shop.site) is None
    assert why(shop) == "away"


def test_the_clock_looks_again_at_the_first_thing_that_it_may_change(shop: House) -> None:
    now = timezone.now().replace(hour=6, minute=0, second=0, microsecond=0)
    site, queue = shop.site, shop.queue
    assert changes_at(site, queue, now) is None
    site.hours = {"week": {each: [["09:00", "17:00"]] for each in ALWAYS["week"]}}
    assert changes_at(site, queue, now) == now.replace(hour=9)
    queue.hours = {"week": {each: [["08:00", "17:00"]] for each in ALWAYS["week"]}}
    assert changes_at(site, queue, now) == now.replace(hour=8)
    site.paused_until = now.replace(hour=7)
    assert changes_at(site, queue, now) == now.replace(hour=7)


STATUSES = ("online", "finishing", "away", "offline")
PLACES = ("site", "its queue", "another queue")
ROLES = ("agent", "supervisor", "manager")


@pytest.mark.parametrize("status", STATUSES)
def test_what_the_widget_says_and_what_the_assigner_does_agree(status: str) -> None:
    cases = product((True, False), (True, False), PLACES, ROLES)
    for number, (here, active, place, role) in enumerate(cases):
        shop = house(f"Shop {number}")
        other = Queue.objects.create(site=shop.site, name="Other")
        queue = {"site": None, "its queue": shop.queue, "another queue": other}[place]
        ana = shop.staff(f"ana{number}", status=status, queue=queue, role=role)
        assert ana.agent is not None
        if here:
            connect(ana.agent)
        else:
            Presence.objects.all().delete()
        ana.user.is_active = active
        ana.user.save()
        says = availability_of(shop.site).available
        given = Conversation.objects.get(pk=shop.chat().pk).owner == ana.agent
        assert says == given, (here, active, place, role)


def test_who_helps_out_in_a_queue_counts_for_it(shop: House) -> None:
    shop.staff("ana", status="online", queue=shop.queue)
    Membership.objects.update(backup=True)
    assert why(shop) == "open"
