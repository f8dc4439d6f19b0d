"""Visitors hear how their site stands once for every change: by the clock, by full queues, by supervisors."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from support_chat.desk.actions.availability import OPENING, look_again, settle_full_queues
from support_chat.desk.actions.configuring import change_queue, change_site
from support_chat.desk.actions.opening import pause, resume_chats, set_notice
from support_chat.desk.actions.presence import agent_arrived, renew_lease
from support_chat.desk.actions.status import set_status
from support_chat.desk.clock import take_due
from support_chat.desk.models import Conversation, Deadline, Queue, Site
from support_chat.live.news import News
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> House:
    renew_lease()
    return house()


def heard(told: Sequence[News], shop: House, ear: str = "visitor") -> list[dict[str, Any]]:
    frames = [frame for news in told if news.topic == shop.site.topic for frame in news.frames[ear]]
    return [json.loads(frame) for frame in frames]


def reasons(told: Sequence[News], shop: House) -> list[str]:
    return [each["why"] for each in heard(told, shop)]


def due() -> datetime | None:
    return Deadline.objects.filter(kind=OPENING).values_list("due_at", flat=True).first()


def make_due() -> None:
    """What the clock waits for is now."""
    Deadline.objects.filter(kind=OPENING).update(due_at=timezone.now())
    take_due()


def test_a_notice_is_told_and_taken_away_and_the_same_once_more_is_no_news(
    shop: House, told: list[News]
) -> None:
    boss = shop.staff("boss", role="supervisor")
    for text in ("Parcels are late.", "Parcels are late.", ""):
        set_notice(staff=boss, site=shop.site.public_key, text=text)
    assert [each.get("notice") for each in heard(told, shop)] == ["Parcels are late.", None]
    assert heard(told, shop, "staff")[0]["site"] == shop.site.public_key
    assert "site" not in heard(told, shop)[0]


def test_a_pause_is_told_with_its_words_and_its_end_and_ends_by_the_clock(
    shop: House, told: list[News]
) -> None:
    boss = shop.staff("boss", role="supervisor")
    words = pause(staff=boss, site=shop.site.public_key, text="We are moving.", until=60)
    assert (words["why"], words["text"]) == ("paused", "We are moving.")
    assert 59 <= heard(told, shop)[0]["until"] <= 60
    take_due()
    assert reasons(told, shop) == ["paused"], "not yet"
    Site.objects.update(paused_until=timezone.now())
    make_due()
    assert reasons(told, shop) == ["paused", "away"]
    assert due() is None


def test_a_pause_that_is_ended_is_told_at_once(shop: House, told: list[News]) -> None:
    boss = shop.staff("boss", role="supervisor")
    pause(staff=boss, site=shop.site.public_key, text="", until=60)
    resume_chats(staff=boss, site=shop.site.public_key)
    resume_chats(staff=boss, site=shop.site.public_key)
    assert reasons(told, shop) == ["paused", "away"]
    assert due() is None


def test_hours_are_told_when_they_are_set_and_when_the_clock_passes_them(
    shop: House, told: list[News]
) -> None:
    boss = shop.staff("boss", role="manager", answers=False)
    day = timezone.now() + timedelta(days=1)
    date = {"date": f"{day:%Y-%m-%d}", "open": [["09:00", "10:00"]]}
    change_site(staff=boss, site=shop.site.public_key, values={"hours": {"holidays": [date]}})
    assert reasons(told, shop) == ["closed"]
    opening = day.replace(hour=9, minute=0, second=0, microsecond=0)
    assert due() == opening
    Site.objects.update(hours={"week": {each: [["00:00", "24:00"]] for each in DAYS}})  # time has passed
    make_due()
    assert reasons(told, shop) == ["closed", "away"]


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def test_two_clocks_that_find_the_same_due_tell_once(shop: House, told: list[News]) -> None:
    boss = shop.staff("boss", role="supervisor")
    pause(staff=boss, site=shop.site.public_key, text="", until=60)
    Site.objects.update(paused_until=timezone.now())
    make_due()
    look_again(Site.objects.get(), now=timezone.now() - timedelta(hours=1))
    make_due()
    assert reasons(told, shop) == ["paused", "away"]


def test_the_deadline_goes_from_one_change_to_the_next(shop: House) -> None:
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    site = shop.site
    site.hours = {"week": {each: [["09:00", "17:00"]] for each in DAYS}}
    look_again(site, now=noon)
    assert due() == noon.replace(hour=17)
    look_again(site, now=noon.replace(hour=17))
    assert due() == noon.replace(hour=9) + timedelta(days=1)


def test_a_queue_that_closes_itself_is_told_once_and_once_when_it_takes_chats_again(
    shop: House, told: list[News]
) -> None:
    Queue.objects.update(closes_at_waiting=1)
    settle_full_queues()
    assert reasons(told, shop) == []
    chat = shop.chat()
    settle_full_queues()
    settle_full_queues()
    Conversation.objects.filter(pk=chat.pk).update(state="closed", sort_key=None)
    settle_full_queues()
    assert reasons(told, shop) == ["busy", "away"]


def test_a_limit_that_is_set_is_told_at_once(shop: House, told: list[News]) -> None:
    boss = shop.staff("boss", role="manager", answers=False)
    shop.chat()
    change_queue(staff=boss, queue=shop.queue.public_id, values={"closes_at_waiting": 1})
    assert reasons(told, shop) == ["busy"]


def test_agents_who_come_and_go_outside_the_hours_are_no_news(shop: House, told: list[News]) -> None:
    boss, ana = shop.staff("boss", role="manager", answers=False), shop.staff("ana")
    assert ana.agent is not None
    change_site(staff=boss, site=shop.site.public_key, values={"hours": {}})
    agent_arrived(agent=ana.agent)
    set_status(staff=ana, status="online")
    set_status(staff=ana, status="offline")
    assert reasons(told, shop) == ["closed"]
