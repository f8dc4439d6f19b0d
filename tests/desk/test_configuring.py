"""Settings are checked, written and recorded in one place, and hold at once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.access import Staff
from support_chat.desk.actions.configuring import QUEUE_SETTINGS, change_queue, change_site
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.models import Conversation, Queue, SettingChange, Site
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

OFFICE = {"week": {"mon": [["09:00", "17:00"]]}}


@pytest.fixture
def boss(shop: House) -> Staff:
    return shop.staff("boss", role="manager", answers=False)


def test_what_is_set_is_kept_with_who_set_it_and_what_it_was(shop: House, boss: Staff) -> None:
    values = {"time_zone": "Europe/Lisbon", "hours": OFFICE}
    change_site(staff=boss, site=shop.site.public_key, values=values)
    change_site(staff=boss, site=shop.site.public_key, values=values)
    site, change = Site.objects.get(), SettingChange.objects.get()
    assert (site.time_zone, site.hours) == ("Europe/Lisbon", OFFICE)
    assert change.values == {"time_zone": ["UTC", "Europe/Lisbon"], "hours": [None, OFFICE]}
    assert (change.by, change.queue) == (boss.user, None)


def test_every_setting_of_a_queue_can_be_set(shop: House, boss: Staff) -> None:
    values: dict[str, Any] = {
        "name": "Orders",
        "routing": "offer",
        "strategy": "round_robin",
        "offer_lasts": 20,
        "backup_after": 0,
        "cool_down": 5,
        "relaxes_after": 120,
        "first_reply_within": 90,
        "skills": ["lang:de"],
        "speaks_locale": True,
        "hours": OFFICE,
        "closes_at_waiting": 30,
        "closes_at_wait": 1800,
        "alerts": [{"after": 60, "kind": "push"}],
        "alerts_language": "de",
    }
    assert values.keys() == set(QUEUE_SETTINGS)
    change_queue(staff=boss, queue=shop.queue.public_id, values=values)
    queue = Queue.objects.get()
    assert {name: getattr(queue, name) for name in values} == values
    assert SettingChange.objects.get().queue == queue


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("routing", "by fate"),
        ("offer_lasts", 4),
        ("offer_lasts", None),
        ("offer_lasts", "soon"),
        ("first_reply_within", 0),
        ("relaxes_after", -1),
        ("skills", "lang:de"),
        ("skills", {}),
        ("skills", ["German"]),
        ("hours", []),
        ("hours", ""),
        ("hours", {"week": {"mon": [["25:00", "26:00"]]}}),
        ("closes_at_waiting", 0),
        ("name", ""),
        ("name", "Taken"),
        ("is_default", False),
    ],
)
def test_what_is_wrong_is_refused_by_its_name_and_nothing_is_written(
    shop: House, boss: Staff, name: str, value: Any
) -> None:
    Queue.objects.create(site=shop.site, name="Taken")
    with pytest.raises(ValidationError) as refused:
        change_queue(staff=boss, queue=shop.queue.public_id, values={name: value, "cool_down": 7})
    assert list(refused.value.message_dict) == [name]
    assert Queue.objects.get(pk=shop.queue.pk).cool_down == 0
    assert not SettingChange.objects.exists()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "Europe", "../etc/passwd"])
def test_a_zone_that_is_none_is_refused(shop: House, boss: Staff, zone: str) -> None:
    with pytest.raises(ValidationError):
        change_site(staff=boss, site=shop.site.public_key, values={"time_zone": zone})


def test_settings_are_a_managers_and_those_of_others_are_unknown(shop: House, boss: Staff) -> None:
    sam = shop.staff("sam", role="supervisor")
    elsewhere = house("Elsewhere")
    with pytest.raises(NotAllowed):
        change_site(staff=sam, site=shop.site.public_key, values={})
    with pytest.raises(NotAllowed):
        change_queue(staff=sam, queue=shop.queue.public_id, values={})
    with pytest.raises(NotFound):
        change_site(staff=boss, site=elsewhere.site.public_key, values={})
    with pytest.raises(NotFound):
        change_queue(staff=boss, queue=elsewhere.queue.public_id, values={})


def test_who_waits_is_given_as_the_new_settings_say_at_once(shop: House, boss: Staff) -> None:
    Queue.objects.update(routing="manual")
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    assert Conversation.objects.get(pk=chat.pk).state == "queued"
    change_queue(staff=boss, queue=shop.queue.public_id, values={"routing": "automatic"})
    assert Conversation.objects.get(pk=chat.pk).owner == ana.agent
