"""Agents read and set of what they want to hear, and which browsers take pushes; each their own alone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from support_chat.desk.models import Agent, Attention, Outbox, PushSubscription
from tests.agents.conftest import as_user
from tests.desk.people import House, house
from tests.desk.push_service import ENDPOINT, Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def ana(shop: House) -> Client:
    return as_user(shop.staff("ana").user)


def sent(browser: Client, name: str, method: str = "post", **fields: Any) -> Any:
    return getattr(browser, method)(reverse(name), fields, content_type="application/json")


def test_an_agent_reads_how_it_stands_and_when_they_work(ana: Client) -> None:
    week = {"mon": [["09:00", "12:30"], ["13:30", "18:00"]]}
    Agent.objects.update(hours={"week": week, "holidays": [{"date": "12-25"}]}, time_zone="Europe/Lisbon")
    told = ana.get(reverse("attention")).json()
    assert told["hours"] == ["Monday: 09:00–12:30, 13:30–18:00", "12-25 closed", "Europe/Lisbon"]
    assert (told["scope"], told["quiet"], told["words"], told["ringing"]) == ("queue", [], False, [])
    assert told["ringing_steps"] == {}
    assert len(told["push_key"]) == 87


def test_they_change_some_of_it_and_hear_by_name_what_is_wrong(ana: Client) -> None:
    told = sent(
        ana, "attention", "patch", scope="mine", quiet=[["22:00", "07:00"]], time_zone="Europe/Lisbon"
    )
    assert (told.status_code, told.json()["scope"]) == (200, "mine")
    for wrong in ({"time_zone": "Nowhere"}, {"quiet": [["9", "10"]]}, {"scope": "loud"}, {"volume": 11}):
        answer = sent(ana, "attention", "patch", **wrong)
        assert (answer.status_code, [*answer.json()]) == (400, [*wrong])
    assert Attention.objects.get().time_zone == "Europe/Lisbon"


def test_a_browser_takes_pushes_until_it_is_signed_out(ana: Client) -> None:
    speaks = {"accept-language": "de-AT"}
    body = {"endpoint": ENDPOINT, **Browser().keys}
    made = ana.post(reverse("attention-browsers"), body, content_type="application/json", headers=speaks)
    assert (made.status_code, PushSubscription.objects.get().language) == (201, "de")
    assert sent(ana, "attention-test").json() == {"browsers": 1}
    assert Outbox.objects.get().payload["test"] is True
    ana.post(reverse("logout"))
    assert not PushSubscription.objects.exists()


def test_a_sign_out_elsewhere_leaves_this_browser_be(shop: House, ana: Client) -> None:
    sent(ana, "attention-browsers", endpoint=ENDPOINT, **Browser().keys)
    as_user(Agent.objects.get().user).post(reverse("logout"))
    assert PushSubscription.objects.count() == 1
    assert sent(ana, "attention-forget", endpoint=ENDPOINT).status_code == 204
    assert not PushSubscription.objects.exists()


def test_what_is_no_browser_is_refused(ana: Client) -> None:
    answer = sent(ana, "attention-browsers", endpoint="http://push.example/", **Browser().keys)
    assert (answer.status_code, [*answer.json()]) == (400, ["endpoint"])


def test_nobody_else_has_any_of_it(shop: House) -> None:
    mia = as_user(shop.staff("mia", role="manager", answers=False).user)
    for browser in (Client(), mia):
        assert browser.get(reverse("attention")).status_code == 403
        for name in ("attention-browsers", "attention-forget", "attention-test"):
            assert sent(browser, name).status_code == 403
