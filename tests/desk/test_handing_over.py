"""Handing a chat over: whose it is keeps it until somebody takes it, and nobody holds one too many."""

from uuid import uuid4

import pytest

from support_chat.desk.access import Staff, author_of, permit
from support_chat.desk.actions.assignment import accept_conversation, assign_waiting
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.actions.handing_over import transfer_conversation
from support_chat.desk.actions.messages import post_reopening
from support_chat.desk.actions.offering import decline_conversation
from support_chat.desk.bodies import body_of
from support_chat.desk.errors import AtCapacity, Changed, NotAllowed, NotFound, Unavailable
from support_chat.desk.history import View
from support_chat.desk.integrity import check_integrity
from support_chat.desk.lines import SYSTEM, Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation, Queue
from support_chat.desk.posting import Posting
from support_chat.desk.team import load_of
from support_chat.desk.telling import Telling
from tests.desk.looking import look
from tests.desk.people import House, house, say, waiting_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def returns(shop: House) -> Queue:
    return Queue.objects.create(site=shop.site, name="Returns")


def now(chat: Conversation) -> Conversation:
    return Conversation.objects.select_related("queue", "owner").get(pk=chat.pk)


def hand(staff: Staff, chat: Conversation, *, to: Staff | Queue, note: str | None = None) -> int:
    to_agent = to.agent.public_id if isinstance(to, Staff) and to.agent else None
    to_queue = to.public_id if isinstance(to, Queue) else None
    return transfer_conversation(
        staff=staff,
        conversation=chat.pk,
        client_id=uuid4(),
        to_agent=to_agent,
        to_queue=to_queue,
        note=note,
    )


def take(staff: Staff, chat: Conversation) -> None:
    accept_conversation(staff=staff, conversation=chat.pk, client_id=uuid4())


def test_who_hands_a_chat_to_a_colleague_keeps_it_until_they_accept(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    ben = shop.staff("ben", status="online", capacity=1)
    hand(ana, chat, to=ben, note="They ask about an invoice.")
    assert (now(chat).owner, now(chat).offered_to) == (ana.agent, ben.agent)
    say(chat, "One moment, please", by=ana)
    take(ben, chat)
    assert (now(chat).owner, now(chat).last_owner, now(chat).offered_to) == (ben.agent, ana.agent, None)
    assert not check_integrity().broken


def test_a_colleague_who_declines_leaves_it_with_whom_it_is(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    ben = shop.staff("ben", status="online")
    hand(ana, chat, to=ben)
    decline_conversation(staff=ben, conversation=chat.pk, client_id=uuid4(), reason="Full hands")
    assert (now(chat).owner, now(chat).offered_to, now(chat).state) == (ana.agent, None, "active")


def test_a_chat_is_handed_to_nobody_who_cannot_take_it(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    full = shop.staff("full", status="online", capacity=0)
    away, elsewhere = shop.staff("away", status="away"), house("Elsewhere").staff("eve", status="online")
    for taker, refusal in ((full, AtCapacity), (away, Unavailable), (elsewhere, Unavailable)):
        with pytest.raises(refusal):
            hand(ana, chat, to=taker)
    with pytest.raises(Changed):
        hand(ana, chat, to=ana)
    assert now(chat).offered_to is None


def test_a_chat_handed_to_a_queue_waits_there_by_when_it_came(shop: House, returns: Queue) -> None:
    ana, chat = shop.staff("ana", status="online", queue=shop.queue), shop.chat()
    hand(ana, chat, to=returns)
    assert (now(chat).owner, now(chat).state, now(chat).queue) == (ana.agent, "active", shop.queue)
    assert [each.id for each in waiting_in(returns.pk)] == [chat.pk]
    assert now(chat).sort_key == chat.sort_key


def test_who_answers_the_queue_gets_it_and_the_chat_is_of_that_queue_then(
    shop: House, returns: Queue
) -> None:
    ana, chat = shop.staff("ana", status="online", queue=shop.queue), shop.chat()
    hand(ana, chat, to=returns)
    rita = shop.staff("rita", status="online", queue=returns)
    assign_waiting(site=shop.site.pk)
    assert (now(chat).owner, now(chat).queue, now(chat).wanted_queue) == (rita.agent, returns, None)
    assert body_of(chat.entries.filter(kind="assigned").latest("position"))["queue"] == returns.public_id
    assert ana.agent is not None
    assert load_of(ana.agent) == 0
    assert not check_integrity().broken


def test_who_handed_it_over_may_keep_it_after_all(shop: House, returns: Queue) -> None:
    ana, chat = shop.staff("ana", status="online", queue=shop.queue), shop.chat()
    hand(ana, chat, to=returns)
    take(ana, chat)
    assert (now(chat).owner, now(chat).wanted_queue, now(chat).sort_key) == (ana.agent, None, None)
    assert not check_integrity().broken


def test_a_chat_that_is_closed_while_it_is_handed_over_waits_nowhere(shop: House, returns: Queue) -> None:
    ana, chat = shop.staff("ana", status="online", queue=shop.queue), shop.chat()
    hand(ana, chat, to=returns)
    close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert waiting_in(returns.pk) == []
    assert not check_integrity().broken


def test_only_who_has_it_hands_it_over_and_only_to_one(shop: House, returns: Queue) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    ben = shop.staff("ben", status="online")
    with pytest.raises(NotAllowed):
        hand(ben, chat, to=returns)
    with pytest.raises(NotAllowed):
        transfer_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    with pytest.raises(NotFound):
        transfer_conversation(staff=ana, conversation=chat.pk, client_id=uuid4(), to_queue="nowhere")


def test_the_visitor_reads_who_took_over_and_nothing_of_the_handing(shop: House) -> None:
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    ben = shop.staff("ben", status="online")
    view = View(visitor=True, me=chat.visitor.public_id)
    before = look(now(chat), view).told
    hand(ana, chat, to=ben, note="Rude today.")
    assert look(now(chat), view).told == before
    take(ben, chat)
    assert [entry["kind"] for entry in look(now(chat), view).told["entries"]][-1] == "assigned"


def test_who_answers_the_queue_may_read_and_take_what_is_handed_to_it_by_hand(
    shop: House, returns: Queue
) -> None:
    ana, chat = shop.staff("ana", status="online", queue=shop.queue), shop.chat()
    hand(ana, chat, to=returns)
    cleo = shop.staff("cleo", status="away", queue=returns)
    permit(cleo, now(chat), "read")
    with pytest.raises(NotAllowed):
        permit(cleo, now(chat), "post")
    take(cleo, chat)
    assert (now(chat).owner, now(chat).queue) == (cleo.agent, returns)


def test_who_is_offered_a_chat_of_another_queue_may_read_and_take_it(shop: House, returns: Queue) -> None:
    ana, chat = shop.staff("ana", status="online", queue=shop.queue), shop.chat()
    cleo = shop.staff("cleo", status="online", queue=returns)
    with pytest.raises(NotFound):
        permit(cleo, now(chat), "read")
    hand(ana, chat, to=cleo)
    permit(cleo, now(chat), "read")
    take(cleo, chat)
    assert now(chat).owner == cleo.agent


def test_who_declines_a_chat_of_another_queue_sees_no_more_of_it(shop: House, returns: Queue) -> None:
    ana, chat = shop.staff("ana", status="online", queue=shop.queue), shop.chat()
    cleo = shop.staff("cleo", status="online", queue=returns)
    hand(ana, chat, to=cleo)
    decline_conversation(staff=cleo, conversation=chat.pk, client_id=uuid4())
    with pytest.raises(NotFound):
        permit(cleo, now(chat), "read")


def test_a_quiet_chat_that_is_handed_over_and_goes_on_with_a_full_agent_waits_where_it_is_wanted(
    shop: House, returns: Queue
) -> None:
    ana, chat = shop.staff("ana", status="online", capacity=1, queue=shop.queue), shop.chat()
    with Telling() as telling:
        row, at = lock_conversation(chat.pk)
        append(telling, [Draft(conversation=row, kind="idle", author=SYSTEM)], now=at)
    take(ana, shop.chat())
    hand(ana, chat, to=returns)
    said = {"author": author_of(chat.visitor), "client_id": uuid4(), "body": "And this?"}
    post_reopening(posting=Posting(conversation=chat.pk, visitor=chat.visitor_id, **said))
    assert (now(chat).state, now(chat).owner, now(chat).queue) == ("queued", None, returns)
    assert not check_integrity().broken
