"""What an agent has begun is kept for them alone: over windows and devices, until it is sent or given up."""

from datetime import timedelta
from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.drafting import Drafted, save_draft
from support_chat.desk.actions.forgetting import forget_visitor
from support_chat.desk.actions.messages import add_note
from support_chat.desk.database_time import database_now
from support_chat.desk.drafts import drafts_in, drafts_of
from support_chat.desk.models import Conversation, KeptDraft
from support_chat.settings.chat import DRAFTS_LISTED, DRAFTS_REMEMBERED, EXCERPT
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


def begin(
    who: Staff, chat: Conversation, text: str, *, mode: str = "reply", version: int | None = None
) -> Drafted:
    assert who.agent is not None
    return save_draft(agent=who.agent, conversation=chat, mode=mode, text=text, version=version)


def test_replies_and_notes_are_kept_apart_and_for_their_agent_alone(shop: House, ana: Staff) -> None:
    chat, ben = shop.chat(), shop.staff("ben")
    begin(ana, chat, "Dear Vera")
    begin(ana, chat, "She asked before", mode="note")
    assert drafts_in(chat, ana.agent) == {
        "reply": {"text": "Dear Vera", "version": 1},
        "note": {"text": "She asked before", "version": 1},
    }
    assert drafts_in(chat, ben.agent) == {}
    assert drafts_in(chat, None) == {}


def test_each_save_is_a_version_more_and_an_older_one_does_not_replace_it(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    assert begin(ana, chat, "Dear", version=0) == Drafted(1)
    assert begin(ana, chat, "Dear Vera", version=1) == Drafted(2)
    assert begin(ana, chat, "Old", version=1) == Drafted(2, "Dear Vera")
    assert begin(ana, chat, "Whatever it was") == Drafted(3)
    assert drafts_in(chat, ana.agent) == {"reply": {"text": "Whatever it was", "version": 3}}


def test_what_was_given_up_is_not_brought_back_by_an_older_window(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    begin(ana, chat, "Dear Vera")
    begin(ana, chat, "")
    assert begin(ana, chat, "Dear Vera", version=1) == Drafted(2, "")
    assert drafts_of(ana) == []


def test_a_draft_that_was_sent_is_one_no_more_even_if_its_window_could_not_say_so(
    shop: House, ana: Staff
) -> None:
    chat = shop.chat()
    begin(ana, chat, "She asked before", mode="note")
    begin(ana, chat, "She asked before")
    add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body="She asked before")
    assert drafts_in(chat, ana.agent) == {
        "reply": {"text": "She asked before", "version": 1},
        "note": {"text": "", "version": 1},
    }
    begin(ana, chat, "She asked before", mode="note")
    assert drafts_in(chat, ana.agent)["note"]["text"] == "She asked before"


def test_a_card_number_is_hidden_before_a_draft_is_kept(shop: House, ana: Staff) -> None:
    begin(ana, shop.chat(), "It was 4242 4242 4242 4242")
    assert KeptDraft.objects.get().text == "It was •••• 4242"


def test_the_list_names_the_newest_by_their_first_words_and_only_what_may_be_read(
    shop: House, ana: Staff
) -> None:
    chats = [shop.chat() for _ in range(3)]
    for chat in chats[:2]:
        begin(ana, chat, "x" * 500)
    begin(ana, shop.chat(), "")
    elsewhere = house("Elsewhere").chat()
    begin(ana, elsewhere, "Taken from them since")
    listed = drafts_of(ana)
    assert [each["conversation"] for each in listed] == [chats[1].public_id, chats[0].public_id]
    assert [each["begun"] for each in listed] == ["x" * EXCERPT] * 2
    assert len(listed) <= DRAFTS_LISTED


def test_what_was_sent_long_ago_leaves_no_row(shop: House, ana: Staff) -> None:
    old, new = shop.chat(), shop.chat()
    begin(ana, old, "")
    KeptDraft.objects.update(at=database_now() - timedelta(seconds=DRAFTS_REMEMBERED + 1))
    begin(ana, new, "")
    assert [row.conversation for row in KeptDraft.objects.all()] == [new]


def test_who_asks_to_be_forgotten_leaves_nothing_begun_behind(shop: House, ana: Staff) -> None:
    theirs, another = shop.chat(), shop.chat()
    for chat in (theirs, another):
        begin(ana, chat, "Dear Vera")
    forget_visitor(visitor=theirs.visitor)
    assert [row.conversation for row in KeptDraft.objects.all()] == [another]
