"""A manager sees who may not write to their site, and lifts it."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from support_chat.desk.actions.blocking import block_visitor
from support_chat.desk.models import Block, Conversation
from support_chat.desk.posting import Posted
from tests.agents.conftest import as_user
from tests.desk.people import House, house, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def chat(shop: House) -> Conversation:
    """Its visitor is blocked for good."""
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    block_visitor(staff=ana, conversation=chat.pk, client_id=uuid4(), by="visitor", lasts="always")
    return chat


@pytest.fixture
def mia(shop: House) -> Client:
    return as_user(shop.staff("mia", role="manager", answers=False).user)


def address(shop: House) -> str:
    return reverse("site-blocks", args=[shop.site.public_key])


def test_the_page_says_who_is_blocked_by_whom_and_lifts_it(
    shop: House, chat: Conversation, mia: Client
) -> None:
    shown = mia.get(address(shop)).content.decode()
    assert chat.visitor.called in shown
    assert "for good; by <bdi>Ana Costa</bdi>" in shown
    answer = mia.post(address(shop), {"block": Block.objects.get().pk})
    assert answer.status_code == 302
    assert isinstance(say(chat, "Thank you."), Posted)
    assert "lifted by <bdi>Mia Costa</bdi>" in mia.get(address(shop)).content.decode()


def test_a_block_of_another_site_is_not_there(shop: House, chat: Conversation) -> None:
    other = house("Other")
    strange = as_user(other.staff("max", role="manager", answers=False).user)
    block = {"block": Block.objects.get().pk}
    assert strange.post(address(shop), block).status_code == 404
    assert strange.post(address(other), block).status_code == 404
    assert Block.objects.get().lifted_at is None


def test_agents_have_no_such_page(shop: House, chat: Conversation) -> None:
    assert as_user(shop.staff("ben").user).get(address(shop)).status_code == 403
