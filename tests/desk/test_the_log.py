from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from support_chat.desk.actions.conversations import close_conversation, end_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.models import Entry
from support_chat.desk.posting import Posted, Reopening
from tests.desk.people import house, say

pytestmark = pytest.mark.django_db


def test_positions_count_without_gaps_for_staff_and_for_the_visitor() -> None:
    shop = house()
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body="Knows us well.")
    say(chat, "Hello Ana", by=None)
    say(chat, "How can I help?", by=ana)
    entries = list(Entry.objects.filter(conversation=chat).order_by("position"))
    assert [entry.position for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert [entry.kind for entry in entries] == [
        "opened",
        "message",
        "assigned",
        "note",
        "message",
        "message",
    ]
    assert [entry.visible for entry in entries if entry.shown] == [1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)  # the database refuses the first try as a whole
def test_a_message_sent_twice_is_one_entry_and_gets_the_first_reply_again() -> None:
    shop = house()
    chat = shop.chat()
    client_id = uuid4()
    first = say(chat, "Is it open?", client_id=client_id)
    assert isinstance(first, Posted)
    assert say(chat, "Is it open?", client_id=client_id) == first


def test_the_database_refuses_to_change_or_delete_an_entry() -> None:
    chat = house().chat()
    entry = chat.entries.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(kind="note")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk)._raw_delete("default")


def test_closing_what_is_closed_is_done_and_writing_then_asks_to_reopen() -> None:
    shop = house()
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    at = close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4()) == at
    assert isinstance(say(chat, "One more thing"), Reopening)
