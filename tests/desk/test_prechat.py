"""What may be asked before the first word is checked where it is set."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.actions.configuring import change_site
from support_chat.desk.models import Site
from support_chat.desk.prechat import InvalidPrechat, prechat_of
from tests.desk.people import house

pytestmark = pytest.mark.django_db


def test_questions_are_kept_and_taken_away() -> None:
    shop = house()
    boss = shop.staff("boss", role="manager", answers=False)
    asked = {"name": "optional", "about": [{"words": "An order", "queue": shop.queue.public_id}]}
    change_site(staff=boss, site=shop.site.public_key, values={"prechat": asked})
    assert Site.objects.get().prechat == asked
    change_site(staff=boss, site=shop.site.public_key, values={"prechat": None})
    assert Site.objects.get().prechat is None


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "perhaps"},
        {"phone": "required"},
        {"about": [{"words": ""}]},
        {"about": [{"words": "Order"}, {"words": "Order"}]},
        {"about": [{"words": f"Topic {number}"} for number in range(9)]},
        {"about": "Order"},
        [],
        "",
    ],
)
def test_what_is_no_question_is_refused_by_its_name(asked: Any) -> None:
    shop = house()
    boss = shop.staff("boss", role="manager", answers=False)
    with pytest.raises(InvalidPrechat):
        prechat_of(asked)
    with pytest.raises(ValidationError) as refused:
        change_site(staff=boss, site=shop.site.public_key, values={"prechat": asked})
    assert list(refused.value.message_dict) == ["prechat"]


def test_a_topic_leads_to_queues_of_its_own_site_alone() -> None:
    shop, foreign = house(), house("Elsewhere").queue
    boss = shop.staff("boss", role="manager", answers=False)
    asked = {"about": [{"words": "An order", "queue": foreign.public_id}]}
    with pytest.raises(ValidationError, match="no such queue"):
        change_site(staff=boss, site=shop.site.public_key, values={"prechat": asked})
