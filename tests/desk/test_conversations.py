"""A chat's life, by the actions that make it: started, closed, gone on with."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from support_chat.desk.actions.conversations import (
    close_conversation,
    end_conversation,
    reopen_conversation,
    start_conversation,
)
from support_chat.desk.actions.messages import post_reopening
from support_chat.desk.errors import AtCapacity, Changed, Closed, IdReused, NotAllowed, NotFound
from support_chat.desk.lines import Author
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.posting import Posted, Posting
from tests.desk.people import House, house, say

pytestmark = pytest.mark.django_db
DAY = 24 * 3600


def kinds(chat: Conversation) -> list[str]:
    return list(chat.entries.order_by("position").values_list("kind", flat=True))


def fresh(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def age(chat: Conversation, seconds: float) -> None:
    """As if it had been closed earlier."""
    Conversation.objects.filter(pk=chat.pk).update(closed_at=F("closed_at") - timedelta(seconds=seconds))


def end(chat: Conversation) -> None:
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())


def write_again(chat: Conversation, body: str = "One more thing") -> Posted:
    visitor: Visitor = chat.visitor
    author = Author(role="visitor", id=visitor.public_id, name=visitor.name)
    return post_reopening(
        posting=Posting(conversation=chat.pk, author=author, client_id=uuid4(), body=body, visitor=visitor.pk)
    )


@pytest.mark.parametrize("body", ["Hello", None])
def test_starting_twice_with_one_id_is_starting_once(shop: House, body: str | None) -> None:
    visitor, client_id = shop.visitor(), uuid4()
    first = start_conversation(visitor=visitor, client_id=client_id, body=body)
    assert start_conversation(visitor=visitor, client_id=client_id, body=body) == first
    end(first[0])
    assert start_conversation(visitor=visitor, client_id=client_id, body=body) == first
    assert visitor.conversations.count() == 1


def test_starting_with_the_same_id_and_other_words_is_refused(shop: House) -> None:
    visitor, client_id = shop.visitor(), uuid4()
    start_conversation(visitor=visitor, client_id=client_id, body="Hello")
    for body, queue in [("Goodbye", None), (None, None), ("Hello", shop.queue.public_id)]:
        with pytest.raises(IdReused):
            start_conversation(visitor=visitor, client_id=client_id, body=body, queue=queue)


def test_what_a_start_said_in_the_open_chat_is_not_said_again_after_that_chat_was_closed(
    shop: House,
) -> None:
    chat, client_id = shop.chat(), uuid4()
    said = start_conversation(visitor=chat.visitor, client_id=client_id, body="Also this")
    assert said[0] == chat
    assert said[2]
    end(chat)
    assert start_conversation(visitor=chat.visitor, client_id=client_id, body="Also this") == said
    assert chat.visitor.conversations.count() == 1
    assert kinds(chat) == ["opened", "message", "message", "closed"]


def test_a_chat_starts_in_the_queue_that_was_asked_for_or_not_at_all(shop: House) -> None:
    visitor = shop.visitor()
    with pytest.raises(NotFound):
        start_conversation(
            visitor=visitor, client_id=uuid4(), body="Hello", queue=house("Other").queue.public_id
        )
    assert not visitor.conversations.exists()


@pytest.mark.parametrize(("since", "goes_on"), [(DAY - 60, True), (DAY + 60, False)])
def test_writing_goes_on_with_a_closed_chat_for_a_day(shop: House, since: float, goes_on: bool) -> None:
    chat = shop.chat()
    end(chat)
    age(chat, since)
    if goes_on:
        write_again(chat)
        assert kinds(chat)[-2:] == ["reopened", "message"]
        assert fresh(chat).state == "queued"
    else:
        with pytest.raises(Closed):
            write_again(chat)
        assert kinds(chat)[-1] == "closed"


def test_a_reopened_chat_goes_to_its_last_agent_although_others_have_more_room(shop: House) -> None:
    ana = shop.staff("ana", capacity=2, status="online")
    chat = shop.chat()
    shop.staff("ben", capacity=9, status="online")
    end(chat)
    write_again(chat)
    assert fresh(chat).owner == ana.agent


def test_a_reopened_chat_whose_agent_is_full_waits_in_front_of_all_others(shop: House) -> None:
    ana = shop.staff("ana", capacity=1, status="online")
    chat = shop.chat()
    others = [shop.chat() for _ in range(3)]
    close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert fresh(others[0]).owner == ana.agent
    write_again(chat)
    again = fresh(chat)
    assert again.state == "queued"
    assert again.sort_key is not None
    assert all(again.sort_key < (fresh(each).sort_key or 0) for each in others[1:])


def test_with_another_chat_open_the_closed_one_stays_closed(shop: House) -> None:
    old = shop.chat()
    end(old)
    shop.chat(old.visitor)
    with pytest.raises(Closed):
        write_again(old)


def test_an_agent_takes_a_closed_chat_up_again_within_their_capacity(shop: House) -> None:
    ana = shop.staff("ana", capacity=1, status="online")
    chat, waiting = shop.chat(), shop.chat()
    close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert fresh(waiting).owner == ana.agent
    with pytest.raises(AtCapacity):
        reopen_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    close_conversation(staff=ana, conversation=waiting.pk, client_id=uuid4())
    reopen_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert fresh(chat).owner == ana.agent


def test_what_is_not_as_expected_is_left_as_it_is_and_told(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    with pytest.raises(Changed) as told:
        close_conversation(
            staff=ana, conversation=chat.pk, client_id=uuid4(), expect={"state": "queued", "owner": None}
        )
    assert ana.agent is not None
    assert told.value.details == {
        "state": "active",
        "agent": {"id": ana.agent.public_id, "name": "Ana Costa"},
    }
    assert fresh(chat).state == "active"


def test_a_message_reaches_its_own_chat_after_a_repeated_close(shop: House) -> None:
    ana = shop.staff("ana", status="online")
    chat, closing = shop.chat(), uuid4()
    first = close_conversation(staff=ana, conversation=chat.pk, client_id=closing)
    write_again(chat)
    assert close_conversation(staff=ana, conversation=chat.pk, client_id=closing) == first
    assert fresh(chat).state == "active", "the repeated close did nothing"
    assert isinstance(say(chat, "Still here"), Posted)


def test_closing_a_colleagues_chat_is_not_an_agents_right(shop: House) -> None:
    shop.staff("ana", status="online")
    chat = shop.chat()
    with pytest.raises(NotAllowed):
        close_conversation(staff=shop.staff("ben"), conversation=chat.pk, client_id=uuid4())
    assert fresh(chat).state == "active"
