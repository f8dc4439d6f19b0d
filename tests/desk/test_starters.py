"""What a visitor begins with by one tap leads the chat to its queue, with its tag."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.access import Staff
from support_chat.desk.actions.configuring import change_site
from support_chat.desk.actions.conversations import start_conversation
from support_chat.desk.bodies import body_of
from support_chat.desk.models import Conversation, Queue, Site
from support_chat.desk.starters import InvalidStarters, starters_of
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

WHERE = "Where is my order?"


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def boss(shop: House) -> Staff:
    return shop.staff("boss", role="manager", answers=False)


@pytest.fixture
def returns(shop: House) -> Queue:
    return Queue.objects.create(site=shop.site, name="Returns")


def begun(shop: House, body: str | None, **more: Any) -> Conversation:
    visitor = shop.visitor()
    start_conversation(visitor=visitor, client_id=uuid4(), body=body, **more)
    return visitor.conversations.get()


def offer(boss: Staff, shop: House, *starters: dict[str, str]) -> None:
    change_site(staff=boss, site=shop.site.public_key, values={"starters": list(starters)})


def test_whoever_begins_with_its_words_is_led_to_its_queue_with_its_tag(
    shop: House, boss: Staff, returns: Queue
) -> None:
    offer(boss, shop, {"words": WHERE, "queue": returns.public_id, "tag": "order"})
    chat = begun(shop, WHERE)
    assert (chat.queue, chat.tags) == (returns, ["order"])
    opened = chat.entries.get(position=1)
    assert body_of(opened)["tags"] == ["order"], "the log says it too"
    other = begun(shop, f"{WHERE} It is late.")
    assert (other.queue, other.tags) == (shop.queue, [])
    assert begun(shop, None).tags == []


def test_a_queue_that_was_asked_for_goes_first(shop: House, boss: Staff, returns: Queue) -> None:
    offer(boss, shop, {"words": WHERE, "queue": returns.public_id, "tag": "order"})
    chat = begun(shop, WHERE, queue=shop.queue.public_id)
    assert (chat.queue, chat.tags) == (shop.queue, ["order"])


def test_the_same_start_said_twice_is_one_whatever_has_been_set_meanwhile(
    shop: House, boss: Staff, returns: Queue
) -> None:
    visitor, client_id = shop.visitor(), uuid4()
    first = start_conversation(visitor=visitor, client_id=client_id, body=WHERE)
    offer(boss, shop, {"words": WHERE, "queue": returns.public_id})
    again = start_conversation(visitor=visitor, client_id=client_id, body=WHERE)
    assert first[:2] == again[:2]


@pytest.mark.parametrize(
    "starters",
    [
        [{"words": WHERE}] * 2,
        [{"words": f"Question {number}"} for number in range(7)],
        [{"words": ""}],
        [{"words": " spaced "}],
        [{"words": "x" * 81}],
        [{"answer": "Tomorrow"}],
        [{"words": WHERE, "tag": "Two Words"}],
        [{"words": WHERE, "colour": "red"}],
        [{"words": WHERE, "answer": "x" * 1001}],
        {},
        None,
    ],
)
def test_what_is_no_starter_is_refused(shop: House, boss: Staff, starters: Any) -> None:
    with pytest.raises(InvalidStarters):
        starters_of(starters)
    with pytest.raises(ValidationError) as refused:
        change_site(staff=boss, site=shop.site.public_key, values={"starters": starters})
    assert list(refused.value.message_dict) == ["starters"]
    assert Site.objects.get().starters == []


def test_a_starter_leads_to_queues_of_its_own_site_alone(shop: House, boss: Staff) -> None:
    foreign = house("Elsewhere").queue
    with pytest.raises(ValidationError, match="no such queue"):
        offer(boss, shop, {"words": WHERE, "queue": foreign.public_id})
