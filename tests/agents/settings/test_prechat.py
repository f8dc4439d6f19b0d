"""A manager chooses what is asked before the first word; the panel is told with the frame."""

import pytest
from django.test import Client
from django.urls import reverse

from support_chat.desk.models import Queue, Site
from tests.agents.conftest import as_user
from tests.agents.settings.test_looks import boot
from tests.agents.settings.test_pages import save
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db


def of(shop: House) -> str:
    return reverse("site-prechat", args=[shop.site.public_key])


def test_questions_with_topics_lead_to_queues_and_come_with_the_frame(shop: House, mia: Client) -> None:
    assert "prechat" not in boot(shop)["site"]
    returns = Queue.objects.create(site=shop.site, name="Returns")
    lines = "I want to return something -> Returns\n\nSomething else"
    assert save(mia, of(shop), name="optional", email="required", about=lines).status_code == 302
    asked = {
        "name": "optional",
        "email": "required",
        "about": [
            {"words": "I want to return something", "queue": returns.public_id},
            {"words": "Something else", "queue": ""},
        ],
    }
    assert Site.objects.get(pk=shop.site.pk).prechat == asked
    assert boot(shop)["site"]["prechat"] == asked
    assert "I want to return something → Returns" in mia.get(of(shop)).content.decode()
    save(mia, of(shop), name="no", email="no", about="")
    assert Site.objects.get(pk=shop.site.pk).prechat is None


@pytest.mark.parametrize("about", ["Order → Nowhere", "→ Questions", "Order\nOrder"])
def test_what_is_wrong_with_a_topic_stands_beside_it(shop: House, mia: Client, about: str) -> None:
    answer = save(mia, of(shop), about=about)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["about"]
    assert Site.objects.get(pk=shop.site.pk).prechat is None


def test_questions_are_a_managers_of_the_site_alone(shop: House) -> None:
    sue = as_user(shop.staff("sue", role="supervisor").user)
    eve = as_user(house("Elsewhere").staff("eve", role="manager", answers=False).user)
    assert (sue.post(of(shop)).status_code, eve.post(of(shop)).status_code) == (403, 404)
