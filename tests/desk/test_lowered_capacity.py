"""An agent who may hold fewer chats than they have."""

from uuid import uuid4

import pytest

from support_chat.desk.actions.assignment import accept_conversation, assign_waiting
from support_chat.desk.actions.conversations import close_conversation, reopen_conversation
from support_chat.desk.errors import AtCapacity
from support_chat.desk.models import Agent
from tests.desk.people import house

pytestmark = pytest.mark.django_db


def test_an_agent_whose_capacity_is_lowered_keeps_their_chats_and_gets_no_more_by_any_way() -> None:
    shop = house()
    ana = shop.staff("ana", capacity=3, status="online")
    assert ana.agent is not None
    held = [shop.chat() for _ in range(3)]
    for chat in held:
        accept_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    Agent.objects.filter(pk=ana.agent.pk).update(capacity=1)
    waiting = shop.chat()
    mine = ana.agent.conversations.filter(state="active")
    assign_waiting(site=shop.site.pk)
    assert set(mine.all()) == set(held)
    with pytest.raises(AtCapacity):
        accept_conversation(staff=ana, conversation=waiting.pk, client_id=uuid4())
    close_conversation(staff=ana, conversation=held[0].pk, client_id=uuid4())
    with pytest.raises(AtCapacity):
        reopen_conversation(staff=ana, conversation=held[0].pk, client_id=uuid4())
    close_conversation(staff=ana, conversation=held[1].pk, client_id=uuid4())
    assign_waiting(site=shop.site.pk)
    assert list(mine.all()) == [held[2]]
    close_conversation(staff=ana, conversation=held[2].pk, client_id=uuid4())
    assign_waiting(site=shop.site.pk)
    assert list(mine.all()) == [waiting], "there is room again"
