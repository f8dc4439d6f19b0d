from django.test import Client

from support_chat.desk.models import Agent, CannedReply, Membership, Queue, Site, User
from tests.agents.conftest import as_user, member, reply

ADDRESS = "/api/v1/canned-replies/"
JSON = "application/json"


def _shortcuts(user: User) -> list[str]:
    return [each["shortcut"] for each in as_user(user).get(ADDRESS).json()]


def test_a_reply_is_told_whole_and_as_written(shop: Site, orders: Queue, ana: User) -> None:
    made = reply(shop, "late", orders)
    told = as_user(ana).get(ADDRESS).json()
    words = {"shortcut": "late", "title": "Late", "text": "<b>late</b> & so on", "queue": "Orders"}
    more = {"folder": "", "locale": "", "personal": False, "site": shop.public_key, "files": []}
    assert told == [{"id": made.public_id, **words, **more}]


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


def test_a_manager_writes_changes_and_deletes_one(shop: Site, orders: Queue) -> None:
    mia = as_user(member(shop, "mia", Membership.Role.MANAGER))
    words = {"shortcut": "late", "title": "Late", "text": "It is late.", "folder": "Orders/Late"}
    asked = {**words, "site": shop.public_key, "queue": orders.public_id}
    told = mia.post(ADDRESS, asked, content_type=JSON)
    assert told.status_code == 201
    made = told.json()
    assert (made["queue"], made["personal"], made["folder"]) == (orders.public_id, False, "Orders / Late")
    one = f"{ADDRESS}{made['id']}/"
    told = mia.patch(one, {"text": "Very late.", "queue": None}, content_type=JSON).json()
    assert (told["text"], told["queue"], told["title"]) == ("Very late.", None, "Late")
    assert mia.get(one).json() == told
    assert CannedReply.objects.get().versions.count() == 2
    assert mia.delete(one).status_code == 204
    assert mia.get(one).status_code == 404


def test_what_an_agent_writes_is_their_own_and_what_is_shared_is_not_theirs_to_change(
    shop: Site, orders: Queue, ana: User
) -> None:
    Agent.objects.create(user=ana)
    browser = as_user(ana)
    words = {"shortcut": "mine", "title": "Mine", "text": "Mine."}
    made = browser.post(ADDRESS, {**words, "site": shop.public_key}, content_type=JSON).json()
    assert made["personal"] is True
    assert [each["personal"] for each in browser.get(ADDRESS).json()] == [True]
    forged = {**words, "shortcut": "ours", "site": shop.public_key, "personal": False}
    assert list(browser.post(ADDRESS, forged, content_type=JSON).json()) == ["personal"]
    shared = reply(shop, "hello")
    one = f"{ADDRESS}{shared.public_id}/"
    assert browser.patch(one, {"text": "x"}, content_type=JSON).status_code == 404
    assert browser.delete(one).status_code == 404


def test_what_is_wrong_is_told_by_name(shop: Site, ana: User) -> None:
    mia = as_user(member(shop, "mia", Membership.Role.MANAGER))
    words = {"shortcut": "late", "title": "Late", "text": "{{nothing}}", "site": shop.public_key}
    assert list(mia.post(ADDRESS, words, content_type=JSON).json()) == ["text"]
    assert list(mia.post(ADDRESS, {**words, "colour": "x"}, content_type=JSON).json()) == ["colour"]
    elsewhere = Site.objects.create(name="Elsewhere")
    foreign = {**words, "site": elsewhere.public_key}
    assert mia.post(ADDRESS, foreign, content_type=JSON).status_code == 404
    one = f"{ADDRESS}{reply(shop, 'hello').public_id}/"
    assert list(mia.patch(one, {"site": elsewhere.public_key}, content_type=JSON).json()) == ["site"]
    assert as_user(ana).post(ADDRESS, words, content_type=JSON).status_code == 404, "holds no chats"


def test_the_schema_describes_every_address_of_the_api(ana: User) -> None:
    browser = as_user(ana)
    schema = browser.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"})
    assert schema.status_code == 200
    assert ADDRESS in schema.json()["paths"]
