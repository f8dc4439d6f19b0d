"""A manager sends a test mail, and reads whether mail works."""

from typing import Any

import pytest

from support_chat.desk.models import Membership, Outbox, Queue, Site, User
from tests.agents.conftest import as_user, member


@pytest.fixture
def boss(shop: Site, orders: Queue) -> User:
    return member(shop, "boss", Membership.Role.MANAGER)


def send(user: User, site: Site, to: str = "boss@mail.example") -> Any:
    address = f"/api/v1/sites/{site.public_key}/test-mail/"
    return as_user(user).post(address, {"to": to}, content_type="application/json")


def test_a_manager_asks_for_a_test_mail(shop: Site, boss: User, settings: Any) -> None:
    settings.EMAIL_FROM, settings.PUBLIC_URL = "chat@shop.example", "https://chat.example"
    answer = send(boss, shop)
    assert answer.status_code == 202
    assert answer.json()["mail"] == {
        "set_up": True,
        "works": False,
        "since": None,
        "error": "",
        "given_up": 0,
    }
    assert Outbox.objects.get().payload == {"to": "boss@mail.example", "language": "en"}


def test_where_mail_is_not_set_up_they_read_why(shop: Site, boss: User, settings: Any) -> None:
    answer = send(boss, shop)
    assert answer.status_code == 400
    assert "EMAIL_URL" in answer.json()["to"][0]
    assert send(boss, shop, to="boss").status_code == 400
    assert not Outbox.objects.exists()


def test_nobody_else_sends_any(shop: Site, boss: User, ana: User) -> None:
    elsewhere = Site.objects.create(name="Elsewhere")
    assert send(boss, elsewhere).status_code == 404
    assert send(ana, shop).status_code == 403
    assert as_user(boss).get(f"/api/v1/sites/{shop.public_key}/test-mail/").status_code == 405
