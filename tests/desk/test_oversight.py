"""What supervisors did is counted, by whom; what they tell all who wait answers nobody."""

from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.actions.notifying import notify_waiting
from support_chat.desk.actions.supervising import assign_conversation, move_to_front, set_priority
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Conversation
from support_chat.desk.oversight import calibrations_of, moves_of
from tests.desk.people import House, house

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def sue(shop: House) -> Staff:
    return shop.staff("sue", role="supervisor", status="away")


def test_each_move_is_counted_with_who_made_it_and_what_agents_take_is_not(shop: House, sue: Staff) -> None:
    assert sue.agent is not None
    first, second, third = (shop.chat() for _ in range(3))
    for chat in (third, second):
        move_to_front(staff=sue, conversation=chat.pk, client_id=uuid4(), reason="Late")
    set_priority(staff=sue, conversation=first.pk, client_id=uuid4(), priority="high", reason="Big")
    assign_conversation(
        staff=sue,
        conversation=first.pk,
        client_id=uuid4(),
        to_agent=sue.agent.public_id,
        reason="Mine",
    )
    accept_conversation(staff=sue, conversation=second.pk, client_id=uuid4())
    assert moves_of(sue) == [
        {"by": "Sue Costa", "what": "assigned", "times": 1},
        {"by": "Sue Costa", "what": "moved to the front", "times": 2},
        {"by": "Sue Costa", "what": "priority changed", "times": 1},
    ]


def test_the_calibration_of_each_queue_that_they_watch_over_is_told(shop: House, sue: Staff) -> None:
    none_yet = {"outcomes": 0, "shorter": 0.0, "inside": 0.0, "longer": 1.0, "score": None}
    assert calibrations_of(sue) == [{"queue": shop.queue.public_id, **none_yet}]
    assert calibrations_of(shop.staff("mia", role="manager", answers=False)) == calibrations_of(sue)
    assert calibrations_of(shop.staff("ana")) == []


def test_moves_in_queues_that_they_do_not_supervise_are_not_theirs_to_see(shop: House, sue: Staff) -> None:
    move_to_front(staff=sue, conversation=shop.chat().pk, client_id=uuid4(), reason="Late")
    assert moves_of(shop.staff("ana")) == []
    assert moves_of(house("Elsewhere").staff("eve", role="supervisor")) == []


def test_all_who_wait_are_told_once_and_still_wait_for_an_answer(shop: House, sue: Staff) -> None:
    chats, once = [shop.chat() for _ in range(3)], uuid4()
    names = [chat.public_id for chat in chats]
    for _ in range(2):
        said = notify_waiting(staff=sue, conversations=names, client_id=once, body="We are on it.")
        assert said == len(chats)
    for row in Conversation.objects.all():
        assert row.entries.filter(kind="message", author_role="agent").count() == 1
        assert (row.first_reply_at, row.replied) == (None, False)
        assert row.waiting_since is not None
    assert not check_integrity().broken


def test_who_waits_no_more_is_told_nothing_and_what_is_foreign_is_not_found(shop: House, sue: Staff) -> None:
    waits, taken = shop.chat(), shop.chat()
    Conversation.objects.filter(pk=taken.pk).update(state="active", sort_key=None, owner=sue.agent)
    both = [waits.public_id, taken.public_id]
    assert notify_waiting(staff=sue, conversations=both, client_id=uuid4(), body="Soon.") == 1
    foreign = house("Elsewhere").chat()
    with pytest.raises(NotFound):
        notify_waiting(staff=sue, conversations=[foreign.public_id], client_id=uuid4(), body="Soon.")
    with pytest.raises(NotAllowed):
        notify_waiting(
            staff=shop.staff("ana"), conversations=[waits.public_id], client_id=uuid4(), body="Soon."
        )
