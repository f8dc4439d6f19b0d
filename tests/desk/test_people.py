"""Managers arrange who answers what, and how much at once; it holds at once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.access import Staff, staff_of
from support_chat.desk.actions.people import ANSWERS, HELPS, NOWHERE, change_agent, place_agent
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.models import Agent, AgentProfile, Conversation, Membership, Queue, SettingChange
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def boss(shop: House) -> Staff:
    return shop.staff("boss", role="manager", answers=False)


@pytest.fixture
def ana(shop: House) -> Agent:
    """Answers the first queue, and no other."""
    return agent_of(shop.staff("ana", queue=shop.queue, status="online", capacity=1))


def agent_of(staff: Staff) -> Agent:
    assert staff.agent is not None
    return staff.agent


def another_queue(shop: House, **settings: Any) -> Queue:
    return Queue.objects.create(site=shop.site, name="Returns", **settings)


def owner_of(chat: Conversation) -> Agent | None:
    return Conversation.objects.get(pk=chat.pk).owner


def test_who_may_have_more_chats_is_given_them_at_once(shop: House, boss: Staff, ana: Agent) -> None:
    first, second = shop.chat(), shop.chat()
    assert (owner_of(first), owner_of(second)) == (ana, None)
    change_agent(staff=boss, agent=ana.public_id, values={"capacity": 2})
    assert owner_of(second) == ana
    change = SettingChange.objects.get()
    assert (change.agent, change.by, change.values) == (ana, boss.user, {"capacity": [1, 2]})


def test_who_has_the_skill_from_now_on_is_given_the_chat_that_needs_it(
    shop: House, boss: Staff, ana: Agent
) -> None:
    Queue.objects.update(skills=["lang:de"])
    chat = shop.chat()
    assert owner_of(chat) is None
    change_agent(staff=boss, agent=ana.public_id, values={"skills": ["lang:de"]})
    assert owner_of(chat) == ana


@pytest.mark.parametrize(
    ("name", "value"),
    [("capacity", 0), ("capacity", 51), ("capacity", None), ("skills", ["German"]), ("status", "online")],
)
def test_what_is_wrong_with_an_agent_is_refused_by_its_name(
    shop: House, boss: Staff, ana: Agent, name: str, value: Any
) -> None:
    with pytest.raises(ValidationError) as refused:
        change_agent(staff=boss, agent=ana.public_id, values={name: value})
    assert list(refused.value.message_dict) == [name]
    assert not SettingChange.objects.exists()


def test_who_is_put_into_a_queue_gets_what_waits_there_and_is_known_to_its_visitors(
    shop: House, boss: Staff, ana: Agent
) -> None:
    returns = another_queue(shop)
    Membership.objects.filter(user=ana.user).update(queue=returns)
    waiting = shop.chat()
    assert owner_of(waiting) is None
    place_agent(staff=boss, agent=ana.public_id, queue=shop.queue.public_id, place=ANSWERS)
    assert owner_of(waiting) == ana
    assert staff_of(ana.user).queues == [shop.queue.pk, returns.pk]
    assert AgentProfile.objects.get(agent=ana).public_name == "Ana"


def test_who_helps_out_gets_a_chat_only_once_it_has_waited(shop: House, boss: Staff, ana: Agent) -> None:
    place_agent(staff=boss, agent=ana.public_id, queue=shop.queue.public_id, place=HELPS)
    assert owner_of(shop.chat()) is None
    Queue.objects.update(backup_after=0)
    place_agent(staff=boss, agent=ana.public_id, queue=shop.queue.public_id, place=HELPS)
    assert SettingChange.objects.count() == 1, "the second time changes nothing"


def test_nobody_is_left_without_any_queue(shop: House, boss: Staff, ana: Agent) -> None:
    with pytest.raises(ValidationError):
        place_agent(staff=boss, agent=ana.public_id, queue=shop.queue.public_id, place=NOWHERE)
    returns = another_queue(shop)
    place_agent(staff=boss, agent=ana.public_id, queue=returns.public_id, place=ANSWERS)
    place_agent(staff=boss, agent=ana.public_id, queue=shop.queue.public_id, place=NOWHERE)
    assert staff_of(ana.user).queues == [returns.pk]


def test_who_answers_the_whole_site_has_no_place_in_one_queue(shop: House, boss: Staff) -> None:
    ben = agent_of(shop.staff("ben"))
    with pytest.raises(NotAllowed):
        place_agent(staff=boss, agent=ben.public_id, queue=shop.queue.public_id, place=HELPS)


def test_people_are_a_managers_to_arrange_and_those_of_others_are_unknown(
    shop: House, boss: Staff, ana: Agent
) -> None:
    sue, elsewhere = shop.staff("sue", role="supervisor"), house("Elsewhere")
    eve = agent_of(elsewhere.staff("eve", queue=elsewhere.queue))
    for staff, agent in ((sue, ana), (boss, eve)):
        with pytest.raises(NotFound):
            change_agent(staff=staff, agent=agent.public_id, values={})
    with pytest.raises(NotFound):
        place_agent(staff=boss, agent=ana.public_id, queue=elsewhere.queue.public_id, place=ANSWERS)
