"""A trial is found done by what the log and the line show, and not before."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from fixtures.trial.done import (
    has_moved_up,
    is_answered,
    is_answered_with_a_canned_reply,
    is_handed_over,
    is_moved_to_the_front,
    is_reconnected,
    place_of,
)
from fixtures.trial.memory import Tried
from support_chat.desk.access import Staff, author_for
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.conversations import start_conversation
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.actions.setting_up import add_canned_replies
from support_chat.desk.actions.supervising import move_to_front
from support_chat.desk.ledger import write
from support_chat.desk.models import CannedReply, Conversation, Visitor
from support_chat.desk.posting import Posting
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db(transaction=True)

REPLY = "All our stoneware is safe in the dishwasher."


@pytest.fixture
def shop() -> House:
    return house("Sorrel Lane")


@pytest.fixture
def ana(shop: House) -> Staff:
    add_canned_replies([CannedReply(site=shop.site, shortcut="dishwasher", title="Dishwasher", text=REPLY)])
    return shop.staff("ana", status="online")


@pytest.fixture
def visitor(shop: House, ana: Staff) -> Visitor:
    """A visitor who asked, and whom Ana has got."""
    asking = shop.visitor()
    shop.chat(asking)
    return asking


def answer(visitor: Visitor, ana: Staff, words: str) -> None:
    chat = Conversation.objects.get(visitor=visitor)
    assert ana.agent is not None
    author = author_for(ana.agent, chat.site)
    write([Posting(conversation=chat.pk, author=author, client_id=uuid4(), body=words, owner=ana.agent.pk)])


def test_a_question_is_answered_when_the_team_has_written(visitor: Visitor, ana: Staff) -> None:
    assert not is_answered(visitor, Tried())
    answer(visitor, ana, "Of course.")
    assert is_answered(visitor, Tried())


def test_a_canned_reply_counts_word_for_word(visitor: Visitor, ana: Staff) -> None:
    answer(visitor, ana, "Of course.")
    assert not is_answered_with_a_canned_reply(visitor, Tried())
    answer(visitor, ana, REPLY)
    assert is_answered_with_a_canned_reply(visitor, Tried())


def test_a_pulled_plug_counts_once_it_is_over_and_both_have_written(
    visitor: Visitor, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = Tried(cut_at=timezone.now())
    later = timezone.now() + timedelta(seconds=16)
    answer(visitor, ana, "Are you there?")
    start_conversation(visitor=visitor, client_id=uuid4(), body="Yes!")
    assert not is_reconnected(visitor, Tried())
    assert not is_reconnected(visitor, cut)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert is_reconnected(visitor, cut)
    assert not is_reconnected(visitor, Tried(cut_at=later))


def test_a_place_in_line_counts_the_earlier_ones(shop: House) -> None:
    first, second = shop.visitor(), shop.visitor()
    assert place_of(first) is None
    shop.chat(first)
    shop.chat(second)
    assert (place_of(first), place_of(second)) == (1, 2)


@pytest.mark.parametrize(("places", "moved"), [([], False), ([1], False), ([3, 4], False), ([3, 2], True)])
def test_a_visitor_has_moved_up_who_was_seen_behind_more(places: list[int], moved: bool, shop: House) -> None:
    assert has_moved_up(shop.visitor(), Tried(places=places)) is moved


def test_a_chat_is_handed_over_when_another_has_taken_it(shop: House, visitor: Visitor, ana: Staff) -> None:
    chat, ben = Conversation.objects.get(visitor=visitor), shop.staff("ben", status="online")
    assert ben.agent is not None
    transfer_conversation(
        staff=ana, conversation=chat.pk, client_id=uuid4(), to_agent=ben.agent.public_id, note="Yours?"
    )
    assert not is_handed_over(visitor, Tried())
    accept_conversation(staff=ben, conversation=chat.pk, client_id=uuid4())
    assert is_handed_over(visitor, Tried())


def test_a_visitor_is_moved_to_the_front_when_a_supervisor_did_it(shop: House) -> None:
    waiting, sue = shop.visitor(), shop.staff("sue", role="supervisor")
    chat = shop.chat(waiting)
    assert not is_moved_to_the_front(waiting, Tried())
    move_to_front(staff=sue, conversation=chat.pk, client_id=uuid4(), reason="A trial")
    assert is_moved_to_the_front(waiting, Tried())
