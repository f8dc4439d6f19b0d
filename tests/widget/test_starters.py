"""What the panel tells of the answers of starters, and of whom: nobody."""

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client
from django.urls import reverse

from support_chat.desk.models import Site, StarterCount, Visitor, VisitorSession
from support_chat.live import throttle
from support_chat.live.throttle import POSTS
from tests.agents.conftest import as_user
from tests.desk.people import House, house
from widget.consumers import VisitorConsumer

pytestmark = pytest.mark.django_db(transaction=True)

BACK = "Can I send it back?"


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(VisitorConsumer, "throttle", type(VisitorConsumer.throttle)())
    shop = house()
    starters = [{"words": BACK, "answer": "Within 30 days."}, {"words": "Hello"}]
    Site.objects.filter(pk=shop.site.pk).update(starters=starters)
    return shop


def tell(shop: House, words: str = BACK, did: str = "shown", **more: Any) -> int:
    return post(shop.site.public_key, {"words": words, "did": did}, **more)


@async_to_sync
async def post(key: str, words: dict[str, str], **more: Any) -> int:
    """As the panel does; the status of the answer."""
    answer = await AsyncClient().post(reverse("widget-starter", args=[key]), words, **more)
    return answer.status_code


def test_looks_and_helps_are_counted_a_day_and_make_nobody(shop: House) -> None:
    assert [tell(shop), tell(shop), tell(shop, did="helped")] == [200] * 3
    count = StarterCount.objects.get()
    assert (count.words, count.shown, count.helped) == (BACK, 2, 1)
    assert not Visitor.objects.exists()
    assert not VisitorSession.objects.exists()


def test_only_what_the_site_offers_is_counted_and_only_from_its_own_panel(shop: House) -> None:
    assert tell(shop, words="Hello") == 404, "it shows no answer"
    assert tell(shop, words="<b>") == 404
    assert tell(shop, did="asked") == 400
    assert tell(shop, headers={"Origin": "https://shop.example"}) == 403
    assert Client().get(reverse("widget-starter", args=[shop.site.public_key])).status_code == 405
    assert post("nobody", {"words": BACK, "did": "shown"}) == 400
    assert not StarterCount.objects.exists()


def test_who_tells_too_often_is_not_counted(shop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "POSTS", POSTS._replace(each_second=0.001))  # however slow the machine is
    told = [tell(shop) for _ in range(POSTS.burst + 5)]
    assert told[-1] == 429
    assert StarterCount.objects.get().shown == told.count(200)


def test_a_manager_reads_how_often_each_answer_was_shown_and_helped_lately(shop: House) -> None:
    for did in ("shown", "shown", "helped"):
        tell(shop, did=did)
    today = StarterCount.objects.get()
    StarterCount.objects.create(site=shop.site, words=BACK, day=today.day - timedelta(days=40), shown=90)
    StarterCount.objects.create(site=shop.site, words=BACK, day=today.day - timedelta(days=3), shown=1)
    mia = as_user(shop.staff("mia", role="manager", answers=False).user)
    page = mia.get(reverse("site-starters", args=[shop.site.public_key])).content.decode()
    assert "the answer was shown 3 times and helped 1 time." in page
    assert page.count("the answer was shown") == 1
