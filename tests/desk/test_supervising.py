"""What a supervisor may do with whose turn it is, by whom and why the log says."""

from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.supervising import assign_conversation, move_to_front, set_priority
from support_chat.desk.bodies import body_of
from support_chat.desk.errors import AtCapacity, Changed, NotAllowed, Unavailable
from support_chat.desk.integrity import check_integrity
from support_chat.desk.models import Conversation, Entry
from support_chat.desk.routing import in_order
from tests.desk.people import House, waiting_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WHY = "They called, too."


@pytest.fixture
def sue(shop: House) -> Staff:
    return shop.staff("sue", role="supervisor", status="away")


def now(chat: Conversation) -> Conversation:
    return Conversation.objects.get(pk=chat.pk)


def line(shop: House) -> list[int]:
    return [chat.id for chat in in_order(waiting_in(shop.queue.pk))]


def give(sue: Staff, chat: Conversation, to: Staff, *, force: bool = False) -> None:
    assert to.agent is not None
    assign_conversation(
        staff=sue,
        conversation=chat.pk,
        client_id=uuid4(),
        to_agent=to.agent.public_id,
        reason=WHY,
        force=force,
    )


def last(chat: Conversation) -> tuple[Entry, dict[str, object]]:
    entry = chat.entries.select_related("body").order_by("-position")[0]
    return entry, dict(body_of(entry))


def test_a_waiting_chat_is_given_with_a_reason_that_the_log_keeps(shop: House, sue: Staff) -> None:
    chat, ana = shop.chat(), shop.staff("ana", status="online")
    give(sue, chat, ana)
    entry, body = last(chat)
    assert (now(chat).owner, entry.kind, body["cause"]) == (ana.agent, "assigned", "supervisor")
    assert body["why"] == {"rule": "supervisor", "by": "Sue Costa", "reason": WHY}


def test_a_chat_is_taken_over_from_a_colleague(shop: House, sue: Staff) -> None:
    ana = shop.staff("ana", status="online")
    chat = shop.chat()
    assert now(chat).owner == ana.agent
    give(sue, chat, sue)
    assert (now(chat).owner, now(chat).last_owner) == (sue.agent, ana.agent)
    assert not check_integrity().broken


def test_only_force_gives_more_than_an_agent_may_hold_and_it_is_marked(shop: House, sue: Staff) -> None:
    chat, ana = shop.chat(), shop.staff("ana", status="online", capacity=0)
    with pytest.raises(AtCapacity):
        give(sue, chat, ana)
    give(sue, chat, ana, force=True)
    assert (now(chat).owner, now(chat).forced, last(chat)[1]["forced"]) == (ana.agent, True, True)
    assert not check_integrity().broken


def test_only_force_gives_to_somebody_who_is_not_online(shop: House, sue: Staff) -> None:
    chat, ana = shop.chat(), shop.staff("ana", status="away")
    with pytest.raises(Unavailable):
        give(sue, chat, ana)
    give(sue, chat, ana, force=True)
    assert (now(chat).owner, now(chat).forced) == (ana.agent, False)


def test_an_agent_may_do_none_of_it(shop: House) -> None:
    chat, ana = shop.chat(), shop.staff("ana", status="away")
    with pytest.raises(NotAllowed):
        give(ana, chat, ana)
    with pytest.raises(NotAllowed):
        move_to_front(staff=ana, conversation=chat.pk, client_id=uuid4(), reason=WHY)
    with pytest.raises(NotAllowed):
        set_priority(staff=ana, conversation=chat.pk, client_id=uuid4(), priority="urgent", reason=WHY)


def test_a_chat_moved_to_the_front_stands_before_all_and_the_rest_in_their_order(
    shop: House, sue: Staff
) -> None:
    chats = [shop.chat() for _ in range(4)]
    move_to_front(staff=sue, conversation=chats[2].pk, client_id=uuid4(), reason=WHY)
    assert line(shop) == [chats[at].pk for at in (2, 0, 1, 3)]
    entry, body = last(chats[2])
    assert (entry.kind, entry.author_name, body["reason"], now(chats[2]).place_why) == (
        "moved",
        "Sue Costa",
        WHY,
        "moved",
    )
    assert not check_integrity().broken


def test_an_urgent_chat_goes_ahead_and_back_again(shop: House, sue: Staff) -> None:
    chats = [shop.chat() for _ in range(3)]
    for priority, order in (("urgent", (2, 0, 1)), ("high", (2, 0, 1)), ("low", (0, 1, 2))):
        set_priority(staff=sue, conversation=chats[2].pk, client_id=uuid4(), priority=priority, reason=WHY)
        assert line(shop) == [chats[at].pk for at in order]
    set_priority(staff=sue, conversation=chats[2].pk, client_id=uuid4(), priority="normal", reason=WHY)
    assert now(chats[2]).sort_key == chats[2].sort_key
    assert not check_integrity().broken


def test_what_does_not_wait_has_no_place_to_move(shop: House, sue: Staff) -> None:
    shop.staff("ana", status="online")
    with pytest.raises(Changed):
        move_to_front(staff=sue, conversation=shop.chat().pk, client_id=uuid4(), reason=WHY)


def test_who_is_first_already_loses_nothing_by_being_moved_to_the_front(shop: House, sue: Staff) -> None:
    chat = shop.chat()
    set_priority(staff=sue, conversation=chat.pk, client_id=uuid4(), priority="urgent", reason=WHY)
    key = now(chat).sort_key
    move_to_front(staff=sue, conversation=chat.pk, client_id=uuid4(), reason=WHY)
    assert now(chat).sort_key == key
