"""The database itself refuses to give an agent more than they may hold, whatever asks it to."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from support_chat.desk.models import Agent, Conversation
from tests.desk.people import House

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Agent:
    """Who may hold one chat, and has it."""
    agent = shop.staff("ana", capacity=1, status="online").agent
    assert agent is not None
    shop.chat()
    assert agent.conversations.filter(state="active").count() == 1
    return agent


def put(chat: Conversation, **columns: Any) -> None:
    """Past all actions."""
    with transaction.atomic():
        Conversation.objects.filter(pk=chat.pk).update(**columns)


def is_refused(chat: Conversation, **columns: Any) -> bool:
    try:
        put(chat, **columns)
    except IntegrityError as error:
        return "over capacity" in str(error)
    return False


def test_a_chat_too_many_is_refused_whether_it_is_given_or_offered(shop: House, ana: Agent) -> None:
    chat = shop.chat()
    taken = {"state": "active", "owner": ana, "sort_key": None}
    assert is_refused(chat, **taken)
    assert is_refused(chat, offered_to=ana, offered_until=timezone.now())
    Agent.objects.filter(pk=ana.pk).update(capacity=2)
    assert not is_refused(chat, **taken)


def test_what_a_supervisor_forces_is_let_through_and_counts(shop: House, ana: Agent) -> None:
    taken = {"state": "active", "owner": ana, "sort_key": None}
    assert not is_refused(shop.chat(), **taken, forced=True)
    Agent.objects.filter(pk=ana.pk).update(capacity=2)
    assert is_refused(shop.chat(), **taken)


def test_a_quiet_chat_does_not_count_until_it_is_woken(shop: House, ana: Agent) -> None:
    quiet = ana.conversations.get(state="active")
    put(quiet, idle_at=timezone.now())
    chat = shop.chat()
    if Conversation.objects.get(pk=chat.pk).owner != ana:
        put(chat, state="active", owner=ana, sort_key=None)
    assert is_refused(quiet, idle_at=None)


def test_who_holds_more_than_a_lowered_capacity_keeps_it(shop: House, ana: Agent) -> None:
    Agent.objects.filter(pk=ana.pk).update(capacity=0)
    assert not is_refused(ana.conversations.get(state="active"), replied=True, forced=False)
