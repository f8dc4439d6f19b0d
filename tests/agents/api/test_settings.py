"""Settings by REST: a manager reads and changes those of their sites, and hears what is wrong by field."""

from typing import Any

import pytest
from django.test import Client

from support_chat.desk.models import Agent, Membership, Queue, SettingChange, Site, User
from tests.agents.conftest import as_user, member

SITES, QUEUES, AGENTS = "/api/v1/sites/", "/api/v1/queues/", "/api/v1/agents/"
OFFICE = {"week": {"mon": [["09:00", "17:00"]]}, "holidays": [{"date": "12-25"}]}


@pytest.fixture
def boss(shop: Site, orders: Queue) -> User:
    return member(shop, "boss", Membership.Role.MANAGER)


def patch(user: User, address: str, **values: Any) -> Any:
    return as_user(user).patch(address, values, content_type="application/json")


def of(shop: Site) -> str:
    return f"{SITES}{shop.public_key}/"


def of_queue(queue: Queue) -> str:
    return f"{QUEUES}{queue.public_id}/"


def test_a_manager_reads_the_settings_of_their_sites_and_queues(
    shop: Site, orders: Queue, boss: User
) -> None:
    house("Elsewhere")
    browser = as_user(boss)
    assert [each["id"] for each in browser.get(SITES).json()] == [shop.public_key]
    assert [each["id"] for each in browser.get(QUEUES).json()] == [orders.public_id]
    assert browser.get(of(shop)).json() == {
        "id": shop.public_key,
        "name": "Shop",
        "locale": "",
        "notice": "",
        "paused_until": None,
        "pause_text": "",
        "mail": {"set_up": False, "works": False, "since": None, "error": "", "given_up": 0},
        "time_zone": "UTC",
        "hours": None,
        "allowed_origins": [],
        "colour": "",
        "side": "end",
        "welcome": "",
        "welcome_more": "",
        "starters": [],
        "prechat": None,
        "previews": False,
        "verified_only": False,
        "masks": None,
        "invitations": None,
    }
    told = browser.get(of_queue(orders)).json()
    assert (told["site"], told["routing"], told["offer_lasts"]) == (shop.public_key, "automatic", 30)


def house(name: str) -> tuple[Site, Queue]:
    site = Site.objects.create(name=name)
    return site, Queue.objects.create(site=site, name="Other")


def test_a_manager_changes_them_and_is_told_how_they_are_now(shop: Site, orders: Queue, boss: User) -> None:
    answer = patch(boss, of(shop), time_zone="Europe/Lisbon", hours=OFFICE)
    assert (answer.status_code, answer.json()["hours"]) == (200, OFFICE)
    answer = patch(boss, of_queue(orders), routing="offer", closes_at_waiting=5, skills=["lang:de"])
    assert answer.status_code == 200
    assert (answer.json()["routing"], answer.json()["closes_at_waiting"]) == ("offer", 5)
    assert Site.objects.get(pk=shop.pk).hours == OFFICE
    assert SettingChange.objects.filter(by=boss).count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hours": {"week": {"mon": [["9", "17:00"]]}}}, "hours"),
        ({"hours": []}, "hours"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"locale": "de-AT"}, "locale"),
        ({"notice": "Hello"}, "notice"),
        ({"our": 1}, "our"),
    ],
)
def test_what_is_wrong_with_a_site_is_told_by_field(
    shop: Site, boss: User, values: dict[str, Any], field: str
) -> None:
    answer = patch(boss, of(shop), **values)
    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert not SettingChange.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"offer_lasts": 4}, "offer_lasts"),
        ({"strategy": "luck"}, "strategy"),
        ({"skills": ["German"]}, "skills"),
        ({"closes_at_wait": 1}, "closes_at_wait"),
        ({"is_default": True}, "is_default"),
    ],
)
def test_what_is_wrong_with_a_queue_is_told_by_field(
    orders: Queue, boss: User, values: dict[str, Any], field: str
) -> None:
    answer = patch(boss, of_queue(orders), **values, cool_down=3)
    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert Queue.objects.get(pk=orders.pk).cool_down == 0


def test_the_place_of_what_is_wrong_in_the_hours_is_told(shop: Site, boss: User) -> None:
    answer = patch(boss, of(shop), hours={"week": {"mon": [["9:00", "17:00"]]}})
    assert answer.json()["hours"][0].startswith("week.mon[0]: “9:00” is no time of day")


def test_whoever_manages_nothing_is_let_in_nowhere(shop: Site, orders: Queue, ana: User) -> None:
    sam = member(shop, "sam", Membership.Role.SUPERVISOR)
    for user in (ana, sam):
        for address in (SITES, QUEUES, of(shop), of_queue(orders)):
            assert as_user(user).get(address).status_code == 403
        assert patch(user, of(shop), hours=None).status_code == 403
    assert Client().get(SITES).status_code == 403


def test_the_sites_of_others_are_unknown(shop: Site, boss: User) -> None:
    site, queue = house("Elsewhere")
    for address in (of(site), of_queue(queue)):
        assert as_user(boss).get(address).status_code == 404
        assert patch(boss, address, hours=None).status_code == 404


def test_nothing_is_made_or_thrown_away_here(shop: Site, boss: User) -> None:
    browser = as_user(boss)
    assert browser.post(SITES, {"name": "New"}).status_code == 405
    assert browser.put(of(shop), {"hours": None}, content_type="application/json").status_code == 405
    assert browser.delete(of(shop)).status_code == 405


def test_an_agents_skills_load_and_queues_are_changed_too(shop: Site, orders: Queue, boss: User) -> None:
    ana = Agent.objects.create(user=member(shop, "zoe", Membership.Role.AGENT, orders))
    assert [each["id"] for each in as_user(boss).get(AGENTS).json()] == [ana.public_id]
    address, (site, foreign) = f"{AGENTS}{ana.public_id}/", house("Elsewhere")
    more = Queue.objects.create(site=shop, name="Returns")
    places = {orders.public_id: "", more.public_id: "helps"}
    answer = patch(boss, address, capacity=2, skills=["lang:pt"], places=places)
    told = {"id": ana.public_id, "name": "zoe", "capacity": 2, "skills": ["lang:pt"]}
    assert answer.json() == {**told, "hours": None, "time_zone": "UTC"}
    assert ana.user.memberships.get().queue == more
    assert patch(boss, address, capacity=0).json().keys() == {"capacity"}
    assert patch(boss, address, places={more.public_id: ""}).json().keys() == {"places"}
    assert patch(boss, address, places={foreign.public_id: "helps"}).status_code == 404
    stranger = member(site, "eve", Membership.Role.MANAGER)
    assert patch(stranger, address, capacity=3).status_code == 404


def test_the_schema_describes_every_address(shop: Site, boss: User) -> None:
    told = as_user(boss).get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    assert {SITES, QUEUES, AGENTS, f"{SITES}{{public_key}}/", f"{QUEUES}{{public_id}}/"} <= told.json()[
        "paths"
    ].keys()
