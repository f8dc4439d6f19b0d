"""What agents choose among canned replies is kept for their site, and can be forgotten."""

from uuid import uuid4

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.picks import PICKS_A_CHAT, forget_picks, keep_memory, pick_reply
from support_chat.desk.actions.revising import edit_message, retract_message
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.models import CannedReply, Conversation, Pick, PickMemory
from tests.desk.people import House, house, say

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


def pick(by: Staff, chat: Conversation, reply: CannedReply, position: int = 1, typed: str = "late") -> None:
    pick_reply(staff=by, conversation=chat.pk, reply=reply.public_id, typed=typed, position=position)


def test_a_pick_is_kept_once_with_what_was_typed_and_known(shop: House, ana: Staff) -> None:
    late, chat = shop.reply("late", "It is late."), shop.chat()
    for _ in range(2):
        pick(ana, chat, late, position=1, typed="  " + "x" * 300)
    kept = Pick.objects.get()
    assert (kept.site, kept.conversation, kept.reply, kept.position) == (shop.site, chat, late, 1)
    assert kept.typed == "x" * 100


@pytest.mark.parametrize("edited", [None, True, False])
def test_whether_it_was_sent_as_it_stood_is_kept_where_that_is_known(
    shop: House, ana: Staff, edited: bool | None
) -> None:
    late, chat = shop.reply("late", "It is late."), shop.chat()
    pick_reply(staff=ana, conversation=chat.pk, reply=late.public_id, typed="late", position=1, edited=edited)
    assert Pick.objects.get().edited is edited


def test_a_card_number_is_hidden_before_what_was_typed_is_kept(shop: House, ana: Staff) -> None:
    pick(ana, shop.chat(), shop.reply("card", "Never send us card numbers."), typed="4242 4242 4242 4242 no")
    assert Pick.objects.get().typed == "•••• 4242 no"


def test_nobody_had_more_before_them_than_the_log_holds(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    pick(ana, chat, shop.reply("late", "It is late."), position=1_000)
    chat.refresh_from_db()
    assert Pick.objects.get().position == chat.position


def test_only_whose_chat_it_is_picks_for_it(shop: House, ana: Staff) -> None:
    late, chat = shop.reply("late", "It is late."), shop.chat()
    with pytest.raises(NotAllowed):
        pick(shop.staff("ben"), chat, late)
    with pytest.raises(NotFound):
        pick(house("Elsewhere").staff("eve"), chat, late)
    assert not Pick.objects.exists()


def test_a_reply_of_another_site_is_not_found(shop: House, ana: Staff) -> None:
    with pytest.raises(NotFound):
        pick(ana, shop.chat(), house("Elsewhere").reply("late", "It is late."))


def test_a_chat_that_is_picked_for_without_end_is_kept_within_bounds(shop: House, ana: Staff) -> None:
    late, bye, chat = shop.reply("late", "It is late."), shop.reply("bye", "Goodbye."), shop.chat()
    Pick.objects.bulk_create(
        Pick(site=shop.site, conversation=chat, reply=late, position=n, at=database_now())
        for n in range(PICKS_A_CHAT)
    )
    pick(ana, chat, bye)
    assert Pick.objects.count() == PICKS_A_CHAT


def test_forgetting_a_chat_deletes_what_was_typed_there_and_what_was_learnt_of_it(
    shop: House, ana: Staff
) -> None:
    late, first, second = shop.reply("late", "It is late."), shop.chat(), shop.chat()
    pick(ana, first, late, typed="sorry Vera")
    pick(ana, second, late)
    assert keep_memory(site=shop.site.pk, generation=0, learnt=[1, 2], memory=b"both")
    forget_picks(conversations=[first.pk])
    assert [each.conversation for each in Pick.objects.all()] == [second]
    kept = PickMemory.objects.get()
    assert (kept.generation, kept.memory, kept.learnt) == (1, None, [])


def test_what_was_learnt_before_something_had_to_be_forgotten_is_not_kept(shop: House, ana: Staff) -> None:
    pick(ana, chat := shop.chat(), shop.reply("late", "It is late."))
    forget_picks(conversations=[chat.pk])
    assert not keep_memory(site=shop.site.pk, generation=0, learnt=[1], memory=b"old")
    assert PickMemory.objects.get().memory is None


def test_the_process_that_knows_more_is_believed(shop: House) -> None:
    assert keep_memory(site=shop.site.pk, generation=0, learnt=[1, 5], memory=b"five")
    assert not keep_memory(site=shop.site.pk, generation=0, learnt=[1, 4], memory=b"four")
    assert bytes(PickMemory.objects.get().memory) == b"five"


def test_what_is_taken_back_is_unlearnt_and_what_was_picked_before_it_is_not(shop: House, ana: Staff) -> None:
    late, chat, other = shop.reply("late", "It is late."), shop.chat(body="My PIN is secret"), shop.chat()
    say(chat, "And another word")
    pick(ana, chat, late, position=2)
    pick(ana, other, late)
    retract_message(by=chat.visitor, conversation=chat.pk, client_id=uuid4(), position=4)
    assert Pick.objects.count() == 2, "picked before it was said"
    retract_message(by=chat.visitor, conversation=chat.pk, client_id=uuid4(), position=2)
    assert [each.conversation for each in Pick.objects.all()] == [other]
    assert PickMemory.objects.get().generation == 1


def test_what_is_said_otherwise_is_learnt_anew_and_every_pick_stays(shop: House, ana: Staff) -> None:
    late, chat = shop.reply("late", "It is late."), shop.chat(body="My PIN is secret")
    say(chat, "And another word")
    pick(ana, chat, late, position=2)
    assert keep_memory(site=shop.site.pk, generation=0, learnt=[1], memory=b"secret")
    revised = {"by": chat.visitor, "conversation": chat.pk, "body": "Where is it?"}
    edit_message(**revised, client_id=uuid4(), position=4)
    assert PickMemory.objects.get().memory == b"secret", "picked before it was said"
    edit_message(**revised, client_id=uuid4(), position=2)
    kept = PickMemory.objects.get()
    assert (Pick.objects.count(), kept.generation, kept.memory) == (1, 1, None)
