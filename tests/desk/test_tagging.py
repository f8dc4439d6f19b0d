"""Tags put on a chat and taken off: on the record, once, for staff alone."""

from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.past_chats import PastChat, PastLine, bring_in, bring_in_visitors
from support_chat.desk.actions.tagging import tag_conversation
from support_chat.desk.bodies import body_of
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import IdReused, NotAllowed, NotFound
from support_chat.desk.integrity import check_integrity, mend_rows
from support_chat.desk.models import Conversation, TaggedChat, Visitor
from support_chat.desk.tags import MOST
from support_chat.live.news import News
from support_chat.live.refusals import BadField
from tests.desk.people import House, house
from tests.desk.time_passes import kinds, last_body, now

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


def tag(staff: Staff, chat: Conversation, *add: str, remove: tuple[str, ...] = ()) -> int:
    return tag_conversation(staff=staff, conversation=chat.pk, client_id=uuid4(), add=add, remove=remove)


def test_tags_are_on_the_record_with_what_changed_and_the_row_follows(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    tag(ana, chat, "Late delivery", "order")
    tag(ana, chat, "order", "lost", remove=("late-delivery", "unknown"))
    assert now(chat).tags == ["order", "lost"]
    assert last_body(chat) == {"added": ["lost"], "removed": ["late-delivery"]}
    assert not check_integrity().broken


def test_what_is_so_already_is_done_and_leaves_no_line(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    tag(ana, chat, "order")
    before = kinds(chat)
    assert tag(ana, chat, "Order", remove=("lost",)) == len(before)
    assert kinds(chat) == before


def test_sent_twice_it_is_one_line_and_with_other_tags_refused(shop: House, ana: Staff) -> None:
    chat, once = shop.chat(), uuid4()
    first = tag_conversation(staff=ana, conversation=chat.pk, client_id=once, add=["late"])
    tag(ana, chat, remove=("late",))
    assert tag_conversation(staff=ana, conversation=chat.pk, client_id=once, add=["late"]) == first
    with pytest.raises(IdReused):
        tag_conversation(staff=ana, conversation=chat.pk, client_id=once, add=["other"])
    assert now(chat).tags == []


def test_a_chat_bears_twenty_tags_and_not_one_more(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    tag(ana, chat, *(f"t{number}" for number in range(MOST)))
    with pytest.raises(BadField):
        tag(ana, chat, "another")
    tag(ana, chat, "another", remove=("t0",))
    assert len(now(chat).tags) == MOST


def test_what_holds_no_letter_is_no_tag(shop: House, ana: Staff) -> None:
    with pytest.raises(BadField):
        tag(ana, shop.chat(), "?!")


def test_whoever_may_leave_a_note_may_tag_and_nobody_else(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    tag(shop.staff("ben"), chat, "seen")
    with pytest.raises(NotAllowed):
        tag(shop.staff("mia", role="manager"), chat, "seen-too")
    with pytest.raises(NotFound):
        tag(house("Elsewhere").staff("eve"), chat, "foreign")
    assert now(chat).tags == ["seen"]


def test_lists_hear_of_it_and_no_visitor_does(shop: House, ana: Staff, told: list[News]) -> None:
    chat = shop.chat()
    told.clear()
    tag(ana, chat, "late")
    assert ana.agent is not None
    assert {ear for news in told for ear in news.frames} <= {"staff", f"staff:{ana.agent.public_id}"}
    frames = [frame for news in told for said in news.frames.values() for frame in said]
    assert any('"inbox_changed"' in frame and '"tags":["late"]' in frame for frame in frames)


def test_a_row_that_lost_its_tags_has_them_again_by_its_log(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    tag(ana, chat, "late")
    Conversation.objects.filter(pk=chat.pk).update(tags=[])
    TaggedChat.objects.all().delete()
    assert check_integrity().broken
    mend_rows()
    assert now(chat).tags == ["late"]
    assert not check_integrity().broken


def test_what_is_brought_in_has_its_tags_in_its_log(shop: House) -> None:
    visitor = bring_in_visitors(site=shop.site, visitors=[Visitor()])[0]
    line = PastLine(at=database_now(), kind="opened", role="visitor")
    closed = PastLine(at=database_now(), kind="closed", role="visitor", body={"cause": "visitor ended it"})
    [chat] = bring_in(
        site=shop.site,
        chats=[PastChat(visitor=visitor, queue=shop.queue, tags=["Wrong item"], lines=[line, closed])],
    )
    assert now(chat).tags == ["wrong-item"]
    assert body_of(chat.entries.select_related("body").get(kind="opened"))["tags"] == ["wrong-item"]
    assert not check_integrity().broken
