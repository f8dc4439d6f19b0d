"""What is said again, in a batch with others: it keeps its place, and they get theirs."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from support_chat.desk import ledger
from support_chat.desk.access import author_of
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.errors import IdReused
from support_chat.desk.ledger import write
from support_chat.desk.models import Conversation, Entry
from support_chat.desk.posting import Posted, Posting
from tests.desk.people import house

pytestmark = pytest.mark.django_db(transaction=True)


def words(chat: Conversation, client_id: UUID | None = None, body: str = "Hello") -> Posting:
    return Posting(
        conversation=chat.pk,
        author=author_of(chat.visitor),
        client_id=client_id or uuid4(),
        body=body,
        visitor=chat.visitor_id,
    )


def statements(batch: list[Posting]) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert all(isinstance(each, Posted) for each in write(batch))
    return len(asked)


def said_in(chat: Conversation) -> int:
    return Entry.objects.filter(conversation=chat, kind="message").count()


def test_who_says_again_what_is_written_gets_its_place_and_others_get_theirs() -> None:
    shop = house()
    chat, other = shop.chat(), shop.chat()
    first = words(chat)
    (place,) = write([first])
    again, new, beside = write([words(chat, first.client_id), words(chat), words(other)])
    assert isinstance(place, Posted)
    assert again == place
    assert isinstance(new, Posted)
    assert new.position == place.position + 1
    assert isinstance(beside, Posted)
    assert (said_in(chat), said_in(other)) == (3, 2)  # each began with one


def test_what_the_database_refuses_costs_no_connection() -> None:
    chat = house().chat()
    first = words(chat)
    write([first])
    before = connection.connection
    write([words(chat), words(chat, first.client_id)])
    assert connection.connection is before


def test_other_words_under_the_same_name_are_refused_alone() -> None:
    shop = house()
    chat, other = shop.chat(), shop.chat()
    first = words(chat)
    write([first])
    changed, beside = write([words(chat, first.client_id, "Good bye"), words(other)])
    assert isinstance(changed, IdReused)
    assert isinstance(beside, Posted)
    assert (said_in(chat), said_in(other)) == (2, 2)


def test_what_was_written_before_the_chat_closed_keeps_its_place_and_reopens_nothing() -> None:
    shop = house()
    chat = shop.chat()
    first = words(chat)
    (place,) = write([first])
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    (again,) = write([words(chat, first.client_id)])
    chat.refresh_from_db()
    assert (again, chat.state) == (place, "closed")


def test_after_somebody_repeated_something_each_batch_looks_for_more_of_it_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So whoever repeats things for ever costs others a look in a journey that they make anyway."""
    chat = house().chat()
    first = words(chat)
    write([first])
    few = statements([words(chat)])
    write([first])
    assert statements([words(chat)]) == few + 1
    monkeypatch.setattr(ledger._repeats, "until", 0.0)
    assert statements([words(chat)]) == few
