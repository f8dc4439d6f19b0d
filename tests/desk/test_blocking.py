"""Who may not write for a while: by visitor, identity or address, told honestly, lifted by managers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from support_chat.desk.access import Staff, author_of
from support_chat.desk.actions.blocking import block_visitor, lift_block
from support_chat.desk.actions.conversations import start_conversation
from support_chat.desk.actions.identifying import identify
from support_chat.desk.actions.messages import post_reopening
from support_chat.desk.actions.revising import edit_message
from support_chat.desk.actions.transcripts import leave_email
from support_chat.desk.actions.visitors import claim, make_visitor
from support_chat.desk.blocks import listed, others_hit
from support_chat.desk.errors import Blocked, NotAllowed, NotFound
from support_chat.desk.integrity import check_integrity
from support_chat.desk.masks import NONE
from support_chat.desk.models import Block, Conversation, Site, SourceKey, Visitor
from support_chat.desk.posting import Posted, Posting
from support_chat.desk.previews import previewing
from support_chat.desk.sources import hash_of, hashes_of
from support_chat.live.refusals import BadField
from tests.desk.identities import key_of, signed
from tests.desk.people import House, house, say

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HERE = "192.0.2.7"


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


@pytest.fixture
def mia(shop: House) -> Staff:
    return shop.staff("mia", role="manager", answers=False)


@pytest.fixture
def another() -> House:
    return house("Other")


def block(ana: Staff, chat: Conversation, by: str = "visitor", lasts: str = "hour") -> None:
    block_visitor(staff=ana, conversation=chat.pk, client_id=uuid4(), by=by, lasts=lasts)


def start(visitor: Visitor, source: str = "") -> Conversation:
    return start_conversation(visitor=visitor, client_id=uuid4(), body="Hello", source=source)[0]


def from_there(shop: House) -> Visitor:
    return make_visitor(site=shop.site, source=HERE)[0]


def now(chat: Conversation) -> Conversation:
    return Conversation.objects.select_related("visitor", "site").get(pk=chat.pk)


def test_a_blocked_visitor_writes_nothing_and_begins_no_chat(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    said = say(chat, "Rude.")
    assert isinstance(said, Posted)
    block(ana, chat)
    assert isinstance(say(chat, "Ruder."), Blocked)
    with pytest.raises(Blocked):
        start(now(chat).visitor)
    with pytest.raises(Blocked):
        edit_message(
            by=chat.visitor, conversation=chat.pk, client_id=uuid4(), position=said.visible, body="Rudest."
        )
    assert isinstance(say(chat, "We are sorry to hear that.", by=ana), Posted)
    assert not check_integrity().broken


def test_a_blocked_visitor_reopens_no_chat(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    block(ana, chat)
    Conversation.objects.filter(pk=chat.pk).update(state="closed", owner=None, closed_at=timezone.now())
    author = author_of(chat.visitor)
    posting = Posting(
        conversation=chat.pk, author=author, client_id=uuid4(), body="Me", visitor=chat.visitor_id
    )
    with pytest.raises(Blocked):
        post_reopening(posting=posting)


def test_others_are_not_blocked_with_them(shop: House, ana: Staff) -> None:
    block(ana, shop.chat())
    assert isinstance(say(shop.chat(), "May I?"), Posted)


def test_what_was_sent_before_the_block_is_answered_as_before(shop: House, ana: Staff) -> None:
    chat, once = shop.chat(), uuid4()
    first = say(chat, "Rude.", client_id=once)
    block(ana, chat)
    assert say(chat, "Rude.", client_id=once) == first


def test_a_block_ends_by_itself(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    block(ana, chat)
    Visitor.objects.filter(pk=chat.visitor_id).update(blocked_until=timezone.now() - timedelta(seconds=1))
    assert isinstance(say(chat, "Sorry."), Posted)


def test_by_address_whoever_comes_from_there_is_kept_out_for_an_hour_at_most(shop: House, ana: Staff) -> None:
    rude, other = from_there(shop), from_there(shop)
    chat, apart = start(rude, HERE), start(other, HERE)
    assert others_hit(now(chat)) == {"visitor": 0, "identity": None, "address": 1}
    for lasts in ("day", "always"):
        with pytest.raises(BadField):
            block(ana, chat, "address", lasts)
    block(ana, chat, "address")
    assert isinstance(say(apart, "And me?"), Blocked)
    with pytest.raises(Blocked):
        start(make_visitor(site=shop.site)[0], HERE)
    assert start(make_visitor(site=shop.site)[0], "198.51.100.1").state != "closed"
    until = Block.objects.get().until - timezone.now()
    assert until <= timedelta(hours=1)


def test_there_is_nothing_to_go_by_where_nothing_is_known(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    for by in ("identity", "address"):
        with pytest.raises(NotAllowed):
            block(ana, chat, by)


def test_an_identity_is_kept_out_in_every_browser(shop: House, ana: Staff) -> None:
    key = key_of(shop)
    visitor, _ = identify(site=shop.site, identity=signed(key))
    chat = start(visitor)
    block(ana, chat, "identity", "always")
    again, _ = identify(site=shop.site, identity=signed(key))
    with pytest.raises(Blocked):
        start(again)


def test_whoever_is_blocked_is_so_also_once_the_website_says_who_they_are(shop: House, ana: Staff) -> None:
    key = key_of(shop)
    identify(site=shop.site, identity=signed(key))
    rude, token = make_visitor(site=shop.site)
    block(ana, start(rude))
    known, _ = identify(site=shop.site, identity=signed(key), token=token)
    with pytest.raises(Blocked):
        start(known)


def test_a_manager_lifts_it_and_another_block_still_holds(shop: House, ana: Staff, mia: Staff) -> None:
    visitor = from_there(shop)
    chat = start(visitor, HERE)
    block(ana, chat)
    block(ana, chat, "address")
    by_visitor, by_address = Block.objects.order_by("pk")
    lift_block(staff=mia, site=shop.site.public_key, block=by_visitor.pk)
    assert isinstance(say(chat, "Now?"), Blocked)
    lift_block(staff=mia, site=shop.site.public_key, block=by_address.pk)
    assert isinstance(say(chat, "Now!"), Posted)
    assert [(each["holds"], each["lifted_by"]) for each in listed(shop.site)] == [(False, "Mia Costa")] * 2
    assert not check_integrity().broken


def test_only_managers_of_the_site_lift_it(shop: House, ana: Staff, another: House) -> None:
    block(ana, shop.chat())
    strange = another.staff("max", role="manager", answers=False)
    key = {"site": shop.site.public_key, "block": Block.objects.get().pk}
    with pytest.raises(NotAllowed):
        lift_block(staff=ana, **key)
    with pytest.raises(NotFound):
        lift_block(staff=strange, **key)
    with pytest.raises(NotFound):
        lift_block(staff=strange, site=another.site.public_key, block=key["block"])


def test_an_agent_blocks_in_their_own_chats_and_in_none_of_a_colleagues(shop: House, ana: Staff) -> None:
    chat = shop.chat()
    with pytest.raises(NotAllowed):
        block(shop.staff("ben"), chat)


def test_an_address_is_kept_only_hashed_and_its_key_is_forgotten() -> None:
    kept = hash_of(HERE)
    assert HERE not in kept
    assert kept in hashes_of(HERE)
    SourceKey.objects.update(day=timezone.now().date() - timedelta(days=2))
    assert hash_of(HERE) != kept
    assert kept not in hashes_of(HERE)
    assert SourceKey.objects.count() == 1


def test_what_is_lifted_holds_no_more_for_who_they_have_become(shop: House, ana: Staff, mia: Staff) -> None:
    key = key_of(shop)
    identify(site=shop.site, identity=signed(key))
    rude, token = make_visitor(site=shop.site)
    chat = start(rude)
    block(ana, chat, lasts="day")
    Conversation.objects.filter(pk=chat.pk).update(state="closed", sort_key=None, owner=None)
    known, _ = identify(site=shop.site, identity=signed(key), token=token)
    assert known != rude
    with pytest.raises(Blocked):
        start(known)
    lift_block(staff=mia, site=shop.site.public_key, block=Block.objects.get().pk)
    start(known)


def test_a_blocked_visitor_tells_the_team_nothing_in_other_ways_either(shop: House, ana: Staff) -> None:
    rude = from_there(shop)
    chat = start(rude)
    block(ana, chat)
    with pytest.raises(Blocked):
        claim(visitor=rude, attributes={"name": "Rude"})
    with pytest.raises(Blocked):
        leave_email(visitor=rude, conversation=chat.pk, client_id=uuid4(), email="rude@mail.example")
    Site.objects.update(previews=True)
    assert previewing([rude, from_there(shop)]) == [None, NONE]
