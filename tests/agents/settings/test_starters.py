"""A manager writes what visitors may begin with; the panel is told the words and the answers, and no more."""

import pytest
from django.test import Client
from django.urls import reverse

from support_chat.desk.models import Site
from tests.agents.conftest import as_user
from tests.agents.settings.test_looks import boot
from tests.agents.settings.test_pages import save
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

WHERE = "Where is my order?"


def of(shop: House) -> str:
    return reverse("site-starters", args=[shop.site.public_key])


def test_starters_are_kept_in_their_order_and_told_without_queue_and_tag(shop: House, mia: Client) -> None:
    queue = shop.queue.public_id
    second = {"2-words": "I want to return something", "2-answer": "Within 30 days: </script>"}
    answer = save(mia, of(shop), **{"1-words": WHERE, "1-queue": queue, "1-tag": "order"}, **second)
    assert answer.status_code == 302
    assert Site.objects.get(pk=shop.site.pk).starters == [
        {"words": WHERE, "queue": queue, "tag": "order"},
        {"words": "I want to return something", "answer": "Within 30 days: </script>"},
    ]
    assert boot(shop)["site"]["starters"] == [
        {"words": WHERE, "answer": ""},
        {"words": "I want to return something", "answer": "Within 30 days: </script>"},
    ]
    save(mia, of(shop), **{"1-words": "", "1-queue": "", "1-tag": ""})
    assert [each["words"] for each in boot(shop)["site"]["starters"]] == ["I want to return something"]


def test_what_is_wrong_with_a_starter_stands_beside_its_field(shop: House, mia: Client) -> None:
    answer = save(mia, of(shop), **{"1-words": WHERE, "1-tag": "Two Words", "3-answer": "Tomorrow"})
    assert answer.status_code == 400
    wrong = {form.prefix: list(form.errors) for form in answer.context["form"].forms if form.errors}
    assert wrong == {"1": ["tag"], "3": ["words"]}
    twice = save(mia, of(shop), **{"1-words": WHERE, "2-words": WHERE})
    assert "Two of them have the same words." in twice.content.decode()
    assert Site.objects.get(pk=shop.site.pk).starters == []


def test_starters_are_for_managers_of_the_site_alone(shop: House) -> None:
    sue = as_user(shop.staff("sue", role="supervisor").user)
    assert sue.post(of(shop), {"1-words": WHERE}).status_code == 403
    eve = as_user(house("Elsewhere").staff("eve", role="manager", answers=False).user)
    assert eve.post(of(shop), {"1-words": WHERE}).status_code == 404
