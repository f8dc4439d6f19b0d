"""How a chat was: who is asked, once, and for how long they may answer and say it otherwise."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk.access import Staff, conversation_for_visitor
from support_chat.desk.actions import rating
from support_chat.desk.actions.conversations import close_conversation, end_conversation
from support_chat.desk.actions.rating import rate_conversation
from support_chat.desk.errors import IdReused, NotAllowed, NotFound
from support_chat.desk.history import View, about, page
from support_chat.desk.models import Conversation
from tests.desk.people import House, say
from tests.desk.time_passes import after, last_body, writes

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


def talked(shop: House, ana: Staff) -> Conversation:
    """A chat of two messages and an answer."""
    chat = fresh(shop.chat())
    say(chat, "It opens on Monday.", by=ana)
    say(chat, "Thank you!")
    return chat


def fresh(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def end(chat: Conversation) -> None:
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())


def rate(chat: Conversation, score: int, **more: Any) -> int:
    asked = {"client_id": uuid4(), **more}
    return rate_conversation(visitor=chat.visitor, conversation=chat.pk, score=score, **asked)


def shown(chat: Conversation) -> dict[str, Any]:
    entry: dict[str, Any] = page(fresh(chat), View(visitor=True, me=""), before=99, limit=1)["entries"][0]
    return {"kind": entry["kind"], **entry["body"]}


def test_who_was_answered_and_wrote_twice_is_asked_whoever_closes_the_chat(shop: House, ana: Staff) -> None:
    ended, closed = talked(shop, ana), talked(shop, ana)
    end(ended)
    close_conversation(staff=ana, conversation=closed.pk, client_id=uuid4())
    assert shown(ended) == shown(closed) == {"kind": "closed", "rate": True}


def test_who_wrote_once_or_was_not_answered_is_not_asked_and_cannot_rate(shop: House, ana: Staff) -> None:
    once = fresh(shop.chat())
    say(once, "It opens on Monday.", by=ana)
    unanswered = fresh(shop.chat())
    say(unanswered, "Hello?")
    for chat in (once, unanswered):
        end(chat)
        assert shown(chat) == {"kind": "closed"}
        with pytest.raises(NotAllowed):
            rate(chat, 5)


def test_who_has_left_is_not_asked(shop: House, ana: Staff) -> None:
    chat = fresh(shop.chat())
    say(chat, "Still there?")
    say(chat, "It opens on Monday.", by=ana)
    for seconds in (300, 600, 900):
        after(chat, seconds)
    assert last_body(chat) == {"cause": "visitor left"}
    with pytest.raises(NotAllowed):
        rate(chat, 1)


def test_a_chat_is_rated_when_it_is_over(shop: House, ana: Staff) -> None:
    chat = talked(shop, ana)
    with pytest.raises(NotAllowed):
        rate(chat, 5)
    end(chat)
    rate(chat, 4, comment="Quick!")
    assert shown(chat) == {"kind": "rated", "score": 4, "comment": "Quick!"}
    assert fresh(chat).rating == about(ana, chat)["rating"] == 4


def test_rating_twice_with_one_id_is_rating_once(shop: House, ana: Staff) -> None:
    chat = talked(shop, ana)
    end(chat)
    once = uuid4()
    assert rate(chat, 4, client_id=once) == rate(chat, 4, client_id=once)
    with pytest.raises(IdReused):
        rate(chat, 5, client_id=once)
    assert chat.entries.filter(kind="rated").count() == 1


def test_for_a_day_it_can_be_said_otherwise_and_then_no_more(
    shop: House, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = talked(shop, ana)
    end(chat)
    rate(chat, 2)
    rate(chat, 5)
    assert fresh(chat).rating == 5
    assert rating.RATING_CHANGES == 24 * 3600
    monkeypatch.setattr(rating, "RATING_CHANGES", 0)
    with pytest.raises(NotAllowed):
        rate(chat, 1)
    assert fresh(chat).rating == 5


def test_a_day_after_the_close_nobody_is_asked_any_more(shop: House, ana: Staff) -> None:
    chat = talked(shop, ana)
    end(chat)
    Conversation.objects.filter(pk=chat.pk).update(closed_at=timezone.now() - timedelta(hours=24))
    with pytest.raises(NotAllowed):
        rate(chat, 5)


def test_a_chat_that_goes_on_and_ends_again_is_not_asked_again(shop: House, ana: Staff) -> None:
    chat = talked(shop, ana)
    end(chat)
    writes(chat, "One more thing")
    assert fresh(chat).state != "closed"
    end(chat)
    assert shown(chat) == {"kind": "closed"}
    rate(chat, 3)
    assert fresh(chat).rating == 3, "the strip of another window may still ask"


def test_nobody_rates_a_chat_that_is_not_theirs(shop: House, ana: Staff) -> None:
    chat, stranger = talked(shop, ana), shop.visitor()
    end(chat)
    with pytest.raises(NotFound):
        conversation_for_visitor(stranger, chat.public_id)
