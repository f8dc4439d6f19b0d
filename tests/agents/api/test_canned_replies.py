from django.test import Client

from support_chat.desk.models import Membership, Queue, Site, User
from tests.agents.conftest import as_user, member, reply

ADDRESS = "/api/v1/canned-replies/"


def _shortcuts(user: User) -> list[str]:
    return [each["shortcut"] for each in as_user(user).get(ADDRESS).json()]


def test_a_reply_is_told_whole_and_as_written(shop: Site, orders: Queue, ana: User) -> None:
    made = reply(shop, "late", orders)
    told = as_user(ana).get(ADDRESS).json()
    words = {"shortcut": "late", "title": "Late", "text": "<b>late</b> & so on", "queue": "Orders"}
    assert told == [{"id": made.public_id, **words}]


def test_strangers_and_people_without_a_team_are_told_nothing(shop: Site, ana: User) -> None:
    reply(shop, "hello")
    nobody = User.objects.create_user("nobody", password="x")
    assert Client().get(ADDRESS).status_code == 403
    assert as_user(nobody).get(ADDRESS).status_code == 403
    assert as_user(ana).get(ADDRESS).status_code == 200


def test_replies_come_from_ones_own_sites_alone(shop: Site, ana: User) -> None:
    elsewhere = Site.objects.create(name="Elsewhere")
    Queue.objects.create(site=elsewhere, name="Other")
    reply(shop, "ours")
    reply(elsewhere, "theirs")
    assert _shortcuts(ana) == ["ours"]


def test_somebody_of_one_queue_gets_its_replies_and_the_sites(shop: Site, orders: Queue, ana: User) -> None:
    returns = Queue.objects.create(site=shop, name="Returns")
    ben = member(shop, "ben", Membership.Role.AGENT, returns)
    reply(shop, "everywhere")
    reply(shop, "ordering", orders)
    reply(shop, "returning", returns)
    assert _shortcuts(ben) == ["everywhere", "returning"]
    assert _shortcuts(ana) == ["everywhere", "ordering", "returning"]


def test_replies_are_read_here_and_not_written(shop: Site, ana: User) -> None:
    browser = as_user(ana)
    assert browser.post(ADDRESS, {"shortcut": "x"}).status_code == 405
    assert browser.delete(ADDRESS).status_code == 405


def test_the_schema_describes_every_address_of_the_api(ana: User) -> None:
    browser = as_user(ana)
    schema = browser.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    assert schema.status_code == 200
    assert ADDRESS in schema.json()["paths"]
