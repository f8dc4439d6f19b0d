"""Macros are written on plain pages, step below step."""

import pytest
from django.test import Client
from django.urls import reverse

from agents.library.macro_form import KINDS
from support_chat.desk.access import Staff
from support_chat.desk.macros import Step
from support_chat.desk.models import Macro, User
from tests.agents.conftest import as_user
from tests.agents.settings.test_pages import save
from tests.desk.people import House

pytestmark = pytest.mark.django_db

PAGE = "/console/settings/replies/macros/"
THANKS = {"1-do": "reply", "1-text": "Thank you!"}


def new(shop: House) -> str:
    return reverse("macro-new", args=[shop.site.public_key])


def test_every_kind_of_step_can_be_written() -> None:
    assert {kind.__struct_config__.tag for kind in Step.__args__} == {*KINDS}


def test_a_manager_writes_one_and_consoles_are_told_its_steps(shop: House, mia: Client, ana: Staff) -> None:
    steps = {**THANKS, "3-do": "transfer", "3-to_queue": shop.queue.public_id}
    assert save(mia, new(shop), name="Pass on", **steps).status_code == 302
    told = as_user(ana.user).get("/api/v1/macros/").json()
    kept = [{"do": "reply", "text": "Thank you!"}, {"do": "transfer", "to_queue": shop.queue.public_id}]
    named = {"name": "Pass on", "site": "Shop", "personal": False}
    assert told == [{"id": Macro.objects.get().public_id, **named, "steps": kept}]


def test_it_can_hand_over_to_one_agent_and_says_so_when_they_are_gone(
    shop: House, mia: Client, ana: Staff
) -> None:
    assert ana.agent is not None
    step = {"1-do": "hand_over", "1-to_agent": ana.agent.public_id}
    assert save(mia, new(shop), name="To Ana", **step).status_code == 302
    macro = Macro.objects.get()
    assert macro.steps == [{"do": "hand_over", "to_agent": ana.agent.public_id}]
    assert "Hand over to the agent" in mia.get(PAGE).content.decode()
    User.objects.filter(pk=ana.user.pk).update(is_active=False)
    page = reverse("macro", args=[macro.public_id])
    answer = mia.post(page, {"name": "To Ana", "scope": "site", **step})
    assert [form.prefix for form in answer.context["form"].steps if "to_agent" in form.errors] == ["1"]


def test_what_is_wrong_stands_beside_its_step(shop: House, mia: Client) -> None:
    answer = save(mia, new(shop), name="Pass on", **{"1-do": "reply", "2-text": "Words", "3-do": "transfer"})
    wrong = {form.prefix: list(form.errors) for form in answer.context["form"].steps if form.errors}
    assert wrong == {"1": ["text"], "2": ["do"], "3": ["to_queue"]}
    answer = save(mia, new(shop), name="Pass on", **{"1-do": "close", "2-do": "look_up"})
    assert "comes last" in answer.content.decode()
    assert save(mia, new(shop), name="Nothing").status_code == 400
    assert not Macro.objects.exists()


def test_an_agents_own_is_changed_deleted_and_brought_back(shop: House, mia: Client, ana: Staff) -> None:
    browser = as_user(ana.user)
    save(browser, new(shop), name="Thanks", **THANKS)
    macro = Macro.objects.get()
    assert macro.owner == ana.agent
    save(browser, reverse("macro", args=[macro.public_id]), name="Thank you", **{"2-do": "close"})
    macro.refresh_from_db()
    assert (macro.name, [step["do"] for step in macro.steps]) == ("Thank you", ["reply", "close"])
    answer = browser.post(PAGE, {"macro": macro.public_id, "do": "delete"}, follow=True)
    assert "Undo" in answer.content.decode()
    assert browser.get("/api/v1/macros/").json() == []
    browser.post(PAGE, {"macro": macro.public_id, "do": "bring-back"})
    assert [each["name"] for each in browser.get("/api/v1/macros/").json()] == ["Thank you"]
    ben = as_user(shop.staff("ben").user)
    assert ben.get("/api/v1/macros/").json() == []
    assert ben.post(PAGE, {"macro": macro.public_id, "do": "delete"}).status_code == 404
    assert mia.get(PAGE).status_code == 200
