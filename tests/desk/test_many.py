"""The same with many chats: each by the action that does it alone, once, piece by piece."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions import many
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.many import Done, change_conversations
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Conversation, Entry, Queue
from support_chat.live.order_frames import Deed, Which
from support_chat.live.refusals import BadField
from tests.desk.people import House, house
from tests.desk.time_passes import answered, kinds, now

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WAITING = {"rules": {"groups": [{"conditions": [{"field": "state", "value": "queued"}]}]}}


@pytest.fixture
def sue(shop: House) -> Staff:
    return shop.staff("sue", role="supervisor")


def piece(
    staff: Staff, which: dict[str, Any], after: str | None = None, once: UUID | None = None, **deed: Any
) -> Done:
    return change_conversations(
        staff=staff,
        client_id=once or uuid4(),
        which=msgspec.convert(which, Which),
        deed=msgspec.convert(deed, Deed),
        after=after,
    )


def whole(staff: Staff, which: dict[str, Any], **deed: Any) -> list[Done]:
    once, found = uuid4(), [Done(next=None)]
    while len(found) == 1 or found[-1].next is not None:
        found.append(piece(staff, which, found[-1].next, once, **deed))
    return found[1:]


def test_the_whole_result_is_worked_through_piece_by_piece(
    shop: House, sue: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "PIECE", 3)
    chats = [shop.chat() for _ in range(8)]
    pieces = whole(sue, WAITING, what="tag", tag="storm")
    assert [len(each.done) for each in pieces] == [3, 3, 2]
    assert {name for each in pieces for name in each.done} == {chat.public_id for chat in chats}
    assert all(now(chat).tags == ["storm"] for chat in chats)


def test_a_piece_ends_in_time_and_goes_on_where_it_ended(
    shop: House, sue: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "LASTS", -1.0)
    chats = [shop.chat() for _ in range(3)]
    assert [each.done for each in whole(sue, WAITING, what="tag", tag="storm")] == [
        [chat.public_id] for chat in reversed(chats)
    ]


def test_chats_that_no_longer_match_once_they_are_changed_leave_nobody_out(
    shop: House, sue: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "PIECE", 2)
    chats = [shop.chat() for _ in range(5)]
    pieces = whole(sue, WAITING, what="close")
    assert sum(len(each.done) for each in pieces) == 5
    assert not Conversation.objects.exclude(state="closed").exists()
    assert all(kinds(chat)[-1] == "closed" for chat in chats)
    assert not check_integrity().broken


def test_who_came_after_the_first_piece_is_left_out(
    shop: House, sue: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "PIECE", 1)
    [shop.chat() for _ in range(2)]
    once = uuid4()
    first = piece(sue, WAITING, once=once, what="tag", tag="storm")
    late = shop.chat()
    rest = piece(sue, WAITING, first.next, once, what="tag", tag="storm")
    assert (rest.next, now(late).tags) == (None, [])


def test_what_is_so_already_and_what_is_refused_are_counted_apart(shop: House, sue: Staff) -> None:
    ana = shop.staff("ana", status="online", capacity=1)
    mine, others = answered(shop, ana), [shop.chat(), shop.chat()]
    end_conversation(visitor=others[0].visitor, conversation=others[0].pk, client_id=uuid4())
    every = {"conversations": [chat.public_id for chat in (mine, *others)]}
    made = piece(ana, every, what="close")
    assert (made.done, made.same, dict(made.refused)) == ([mine.public_id], 1, {"not_allowed": 1})


def test_a_piece_that_is_asked_for_again_is_answered_again_and_done_once(shop: House, sue: Staff) -> None:
    chats, once = [shop.chat() for _ in range(3)], uuid4()
    every = {"conversations": [chat.public_id for chat in chats]}
    first = piece(sue, every, once=once, what="tag", tag="storm")
    assert piece(sue, every, once=once, what="tag", tag="storm") == first
    assert Entry.objects.filter(kind="tagged").count() == 3


def test_what_may_not_be_read_is_not_touched(shop: House, sue: Staff) -> None:
    foreign = house("Elsewhere").chat()
    made = piece(sue, {"conversations": [foreign.public_id]}, what="close")
    assert (made.done, made.same, dict(made.refused)) == ([], 0, {})
    assert now(foreign).state == "queued"


def test_every_deed_is_done_by_its_own_action(shop: House) -> None:
    ana = shop.staff("ana", status="online", role="supervisor", capacity=1)
    other = Queue.objects.create(site=shop.site, name="Returns", routing="manual")
    mine, waiting = answered(shop, ana), shop.chat()
    one, two = {"conversations": [mine.public_id]}, {"conversations": [waiting.public_id]}
    urgent = {"what": "prioritise", "priority": "urgent", "reason": "Storm"}
    deeds = [
        *((one, {"what": "tag", "tag": "a"}, "tagged"), (one, {"what": "untag", "tag": "a"}, "tagged")),
        (two, urgent, "prioritised"),
        (two, {"what": "transfer", "to_queue": other.public_id}, "transferred"),
        (one, {"what": "snooze", "when": "tomorrow 9", "zone": "UTC"}, "snoozed"),
        *((one, {"what": "wake"}, "woken"), (one, {"what": "close"}, "closed")),
    ]
    for which, deed, kind in deeds:
        assert len(piece(ana, which, **deed).done) == 1, deed
        assert kind in kinds(mine if which is one else waiting)


@pytest.mark.parametrize("deed", [{"what": "tag"}, {"what": "snooze", "when": "9"}, {"what": "transfer"}])
def test_what_is_needed_for_it_has_to_be_said(shop: House, sue: Staff, deed: dict[str, Any]) -> None:
    with pytest.raises(BadField):
        piece(sue, WAITING, **deed)
