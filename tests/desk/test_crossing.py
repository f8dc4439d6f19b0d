"""A reply that crossed with what somebody else of the team did: refused, before anything is written of it."""

from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.attaching import post_with_files
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.actions.participating import invite_agent, join_conversation
from support_chat.desk.actions.supervising import assign_conversation
from support_chat.desk.errors import Crossed, NotAllowed
from support_chat.desk.ledger import write
from support_chat.desk.models import Conversation, Entry
from support_chat.desk.posting import Outcome, Posted, Posting
from tests.desk.people import House, said_by, say

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


@pytest.fixture
def sue(shop: House) -> Staff:
    return shop.staff("sue", role="supervisor", status="away")


@pytest.fixture
def chat(shop: House, ana: Staff, sue: Staff) -> Conversation:
    """Ana's, with Sue beside her."""
    chat = shop.chat()
    assert ana.agent is not None
    assert sue.agent is not None
    given = {"conversation": chat.pk, "client_id": uuid4()}
    invite_agent(staff=ana, agent=sue.agent.public_id, **given)
    join_conversation(staff=sue, **{**given, "client_id": uuid4()})
    return now(chat)


def now(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def reply(by: Staff, chat: Conversation, body: str, seen: int | None) -> Posting:
    posting = said_by(by, chat, body, uuid4())
    posting.seen = seen
    return posting


def posted(by: Staff, chat: Conversation, body: str, seen: int | None) -> Outcome:
    return write([reply(by, chat, body, seen)])[0]


def where(outcome: Outcome) -> object:
    assert isinstance(outcome, Crossed)
    return outcome.details["position"]


def test_what_a_colleague_wrote_meanwhile_is_told_first_and_once_seen_the_reply_goes(
    ana: Staff, sue: Staff, chat: Conversation
) -> None:
    seen = chat.position
    said = say(chat, "It was sent on Monday.", by=sue)
    assert isinstance(said, Posted)
    mine = reply(ana, chat, "I will look for it.", seen)
    assert where(write([mine])[0]) == said.position
    assert now(chat).position == said.position
    mine.seen = said.position
    assert isinstance(write([mine])[0], Posted)


def test_what_its_visitor_wrote_and_what_the_author_wrote_and_notes_hold_nothing(
    ana: Staff, sue: Staff, chat: Conversation
) -> None:
    seen = chat.position
    say(chat, "Hello?")
    say(chat, "One moment.", by=ana)
    add_note(staff=sue, conversation=chat.pk, client_id=uuid4(), body="Monday, I think.")
    assert isinstance(posted(ana, chat, "I will look for it.", seen), Posted)


def test_who_does_not_say_what_they_saw_is_not_asked(ana: Staff, sue: Staff, chat: Conversation) -> None:
    say(chat, "It was sent on Monday.", by=sue)
    assert isinstance(posted(ana, chat, "I will look for it.", None), Posted)


def test_what_is_sent_twice_is_answered_as_before_whatever_was_said_since(
    ana: Staff, sue: Staff, chat: Conversation
) -> None:
    mine = reply(ana, chat, "I will look for it.", chat.position)
    first = write([mine])[0]
    say(chat, "It was sent on Monday.", by=sue)
    assert write([mine])[0] == first


def test_a_chat_that_is_handed_over_is_asked_about(
    shop: House, ana: Staff, sue: Staff, chat: Conversation
) -> None:
    bills = shop.site.queues.create(name="Bills").public_id
    handed = transfer_conversation(staff=sue, conversation=chat.pk, client_id=uuid4(), to_queue=bills)
    assert where(posted(ana, chat, "I will look for it.", chat.position)) == handed


def test_a_chat_that_was_given_away_and_back_is_asked_about(
    ana: Staff, sue: Staff, chat: Conversation
) -> None:
    places = []
    for taker in (sue, ana):
        assert taker.agent is not None
        given = {"to_agent": taker.agent.public_id, "reason": "Lunch", "force": True}
        places.append(assign_conversation(staff=sue, conversation=chat.pk, client_id=uuid4(), **given))
    assert where(posted(ana, chat, "I will look for it.", chat.position)) == places[0]
    assert isinstance(posted(ana, chat, "I will look for it.", places[0]), Posted)


def test_two_who_write_in_one_moment_do_not_cross_unseen(ana: Staff, sue: Staff, chat: Conversation) -> None:
    seen = chat.position
    mine = [reply(ana, chat, body, seen) for body in ("I look for it.", "Well.")]
    first, *after = write([reply(sue, chat, "It was sent on Monday.", seen), *mine])
    assert isinstance(first, Posted)
    assert [*map(where, after)] == [first.position] * 2
    assert Entry.objects.filter(conversation=chat, kind="message", position__gt=seen).count() == 1


def test_a_reply_with_files_is_asked_about_too(ana: Staff, sue: Staff, chat: Conversation) -> None:
    mine = reply(ana, chat, "Here it is.", chat.position)
    say(chat, "It was sent on Monday.", by=sue)
    with pytest.raises(Crossed):
        post_with_files(posting=mine)


def test_who_may_not_write_there_learns_nothing_of_what_was_written(
    shop: House, sue: Staff, chat: Conversation
) -> None:
    say(chat, "It was sent on Monday.", by=sue)
    assert isinstance(posted(shop.staff("kim"), chat, "Hello", 1), NotAllowed)
