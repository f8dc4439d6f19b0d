"""Who wrote a message may say it otherwise or take it back; what was said before is kept nowhere."""

import json
from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions import revising
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.actions.revising import edit_message, retract_message
from support_chat.desk.errors import IdReused, NotAllowed, NotFound
from support_chat.desk.history import View, page
from support_chat.desk.integrity import check_integrity
from support_chat.desk.letters.transcript import as_text, seen_transcript
from support_chat.desk.models import Conversation, EntryBody
from tests.desk.people import House, house, say

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SECRET = "My card is 4111 1111"


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


@pytest.fixture
def chat(shop: House, ana: Staff) -> Conversation:
    """A secret that its visitor should not have written, behind a note, and an answer."""
    chat = fresh(shop.chat())
    add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body="A note")
    say(chat, SECRET)
    say(chat, "We do not need it.", by=ana)
    return fresh(chat)


def fresh(chat: Conversation) -> Conversation:
    return Conversation.objects.select_related("visitor", "site", "queue").get(pk=chat.pk)


def at(chat: Conversation, text: str, *, visitor: bool = True) -> int:
    """Where this stands, as one side counts."""
    entry = chat.entries.get(body__text=json.dumps({"text": text}, separators=(",", ":")))
    return entry.visible if visitor else entry.position


def edit(chat: Conversation, position: int, body: str, *, by: Any = None, **more: Any) -> int:
    asked = {"client_id": uuid4(), **more}
    by = by or chat.visitor
    return edit_message(by=by, conversation=chat.pk, position=position, body=body, **asked).visible


def retract(chat: Conversation, position: int, *, by: Any = None) -> None:
    retract_message(by=by or chat.visitor, conversation=chat.pk, position=position, client_id=uuid4())


def shown(chat: Conversation, *, visitor: bool = True) -> list[dict[str, Any]]:
    read: dict[str, Any] = page(fresh(chat), View(visitor=visitor, me=""), before=99, limit=99)
    return list(read["entries"])


def everything_kept(chat: Conversation) -> str:
    bodies = EntryBody.objects.filter(entry__conversation=chat).values_list("text", flat=True)
    return "".join([*bodies, str(Conversation.objects.filter(pk=chat.pk).values())])


def test_what_was_said_before_is_kept_nowhere_and_the_log_is_whole(chat: Conversation) -> None:
    secret = at(chat, SECRET)
    edit(chat, secret, "My card is gone")
    last = shown(chat)[-1]
    assert (last["kind"], last["body"]) == ("edited", {"of": secret, "text": "My card is gone"})
    edit(chat, secret, "Never mind")
    retract(chat, secret)
    assert shown(chat)[-1]["body"] == {"of": secret}
    for words in (SECRET, "My card is gone", "Never mind"):
        assert words not in everything_kept(chat)
        assert words not in as_text(seen_transcript(fresh(chat)))
    assert "This message was removed." in as_text(seen_transcript(fresh(chat)))
    assert not check_integrity().broken


def test_each_side_reads_of_which_message_as_it_counts(chat: Conversation, ana: Staff) -> None:
    answer = at(chat, "We do not need it.", visitor=False)
    edit(chat, answer, "We do not need that.", by=ana)
    seen = next(each for each in shown(chat) if each["kind"] == "edited")["body"]["of"]
    told = next(each for each in shown(chat, visitor=False) if each["kind"] == "edited")["body"]["of"]
    assert (told, seen) == (answer, answer - 1), "the note is private"
    assert fresh(chat).last_words["text"] == "We do not need that."


def test_a_list_shows_what_the_last_message_says_by_now_and_an_earlier_one_changes_it_not(
    chat: Conversation, ana: Staff
) -> None:
    retract(chat, at(chat, SECRET))
    assert fresh(chat).last_words["text"] == "We do not need it."
    retract(chat, at(chat, "We do not need it.", visitor=False), by=ana)
    assert fresh(chat).last_words["text"] == ""


def test_nobody_changes_what_another_said_nor_what_is_no_message(
    shop: House, chat: Conversation, ana: Staff
) -> None:
    ben = shop.staff("ben", status="online")
    theirs, ours = at(chat, SECRET, visitor=False), at(chat, "We do not need it.", visitor=False)
    for position, who in ((theirs, ana), (ours, ben), (at(chat, "We do not need it."), chat.visitor)):
        with pytest.raises(NotAllowed):
            edit(chat, position, "Mine now", by=who)
        with pytest.raises(NotAllowed):
            retract(chat, position, by=who)
    for position in (1, 99):
        with pytest.raises(NotFound):
            retract(chat, position)
    outsider = house("Else").staff("eve")
    with pytest.raises(NotFound):
        retract(chat, ours, by=outsider)


def test_after_five_minutes_it_stays_as_it_is(chat: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    assert revising.REVISED_WITHIN == 300
    monkeypatch.setattr(revising, "REVISED_WITHIN", 0)
    with pytest.raises(NotAllowed):
        edit(chat, at(chat, SECRET), "Too late")
    assert SECRET in everything_kept(chat)


def test_what_was_taken_back_does_not_come_back(chat: Conversation) -> None:
    secret = at(chat, SECRET)
    retract(chat, secret)
    with pytest.raises(NotAllowed):
        edit(chat, secret, "Here again")


def test_sending_a_change_twice_is_changing_once(chat: Conversation) -> None:
    secret, once = at(chat, SECRET), uuid4()
    assert edit(chat, secret, "Other", client_id=once) == edit(chat, secret, "Other", client_id=once)
    with pytest.raises(IdReused):
        edit(chat, secret, "Another", client_id=once)
    assert chat.entries.filter(kind="edited").count() == 1


def test_it_can_be_changed_after_the_chat_was_closed(chat: Conversation) -> None:
    secret = at(chat, SECRET)
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    retract(chat, secret)
    assert fresh(chat).state == "closed"
    assert SECRET not in everything_kept(chat)
