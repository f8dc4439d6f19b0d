"""What becomes of a browser, and of the chats in it, when its website signs who its visitor is."""

from typing import Any

import pytest
from django.db import connection

from support_chat.desk.access import holders_of
from support_chat.desk.actions.identifying import identify
from support_chat.desk.actions.visitor_sessions import sign_out
from support_chat.desk.actions.visitors import claim, make_visitor
from support_chat.desk.errors import BadIdentity
from support_chat.desk.ids import fingerprint
from support_chat.desk.models import Conversation, IdentityKey, Visitor, VisitorMerge, VisitorSession
from support_chat.desk.same_person import person_of
from support_chat.live.refusals import BadField
from tests.desk.identities import key_of, signed
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> House:
    return house()


@pytest.fixture
def key(shop: House) -> IdentityKey:
    return key_of(shop)


def come(key: IdentityKey, sub: str = "bea", token: str | None = None, **more: Any) -> tuple[Visitor, str]:
    """Who they are, and what they come by from now on."""
    visitor, made = identify(site=key.site, identity=signed(key, sub, **more), token=token)
    return visitor, made or token or ""


def holder(token: str) -> Visitor | None:
    return holders_of([token]).get(fingerprint(token))


def opened_by(visitor: Visitor) -> list[int]:
    return list(visitor.conversations.exclude(state="closed").values_list("pk", flat=True))


def test_somebody_new_is_known_by_what_was_signed_and_comes_by_a_session(key: IdentityKey) -> None:
    visitor, token = come(key, email="bea@mail.example", attributes={"plan": "gold"})
    assert (visitor.called, visitor.email, visitor.is_verified) == ("Bea Lind", "bea@mail.example", True)
    assert holder(token) == visitor
    assert token not in str(list(VisitorSession.objects.values()))


def test_a_second_browser_of_the_same_person_is_the_same_visitor(shop: House, key: IdentityKey) -> None:
    visitor, first = come(key)
    chat = shop.chat(visitor)
    again, second = come(key)
    assert again == visitor
    assert first != second
    assert holder(first) == holder(second) == visitor
    assert opened_by(again) == [chat.pk]


def test_a_session_goes_on_with_each_page_and_nothing_is_written(
    key: IdentityKey, django_assert_num_queries: Any
) -> None:
    visitor, token = come(key)
    clock = 0 if connection.vendor == "sqlite" else 2  # times that it is asked what time it is
    with django_assert_num_queries(3 + clock):
        again = identify(site=key.site, identity=signed(key), token=token)
    assert again == (visitor, None)
    come(key, token=token, name="Bea Berg")
    assert Visitor.objects.get(pk=visitor.pk).called == "Bea Berg"
    assert VisitorSession.objects.count() == 1


def test_who_identifies_keeps_their_chat_and_what_they_came_with_opens_nothing_more(
    shop: House, key: IdentityKey
) -> None:
    visitor, token = make_visitor(site=shop.site)
    chat = shop.chat(visitor)
    known, session = come(key, token=token)
    assert (known, opened_by(known)) == (visitor, [chat.pk])
    assert holder(token) is None
    assert holder(session) == visitor


def test_the_chats_of_both_are_theirs_where_they_are_known_already(shop: House, key: IdentityKey) -> None:
    known, elsewhere = come(key)
    before = shop.chat(known)
    Conversation.objects.filter(pk=before.pk).update(state="closed", sort_key=None)
    visitor, token = make_visitor(site=shop.site)
    chat = shop.chat(visitor)
    claim(visitor=visitor, attributes={"basket": 3})
    now, session = come(key, token=token)
    assert now == visitor, "whose chat is open stays, so that our team loses sight of nobody"
    assert set(now.conversations.values_list("pk", flat=True)) == {before.pk, chat.pk}
    assert holder(elsewhere) == holder(session) == now
    assert Visitor.objects.get(pk=known.pk).merged_into == now
    assert Visitor.objects.get(pk=now.pk).claimed == {"basket": 3}


def test_what_was_noted_of_both_and_where_they_were_is_known_of_them(shop: House, key: IdentityKey) -> None:
    known, _ = come(key)
    here, token = make_visitor(site=shop.site)
    pages = [{"page": f"https://shop.example/{n}", "at": f"2026-11-22T10:{n}:00+00:00"} for n in (10, 11)]
    Visitor.objects.filter(pk=known.pk).update(note="Prefers the morning.", trail=pages[:1])
    Visitor.objects.filter(pk=here.pk).update(note="Speaks Dutch.", trail=pages[1:])
    stays, _ = come(key, token=token)
    stays.refresh_from_db()
    assert sorted(stays.note.splitlines()) == ["Prefers the morning.", "Speaks Dutch."]
    assert stays.trail == pages
    goes = Visitor.objects.get(merged_into=stays)
    assert (goes.note, goes.trail) == ("", [])


def test_without_an_open_chat_here_they_are_whom_they_were_elsewhere(shop: House, key: IdentityKey) -> None:
    known, _ = come(key)
    chat = shop.chat(known)
    _, token = make_visitor(site=shop.site)
    now, _ = come(key, token=token)
    assert (now, opened_by(now)) == (known, [chat.pk])


def test_of_two_open_chats_the_one_in_front_of_them_stays_and_the_other_ends(
    shop: House, key: IdentityKey
) -> None:
    known, _ = come(key)
    other = shop.chat(known)
    visitor, token = make_visitor(site=shop.site)
    chat = shop.chat(visitor)
    now, _ = come(key, token=token)
    assert opened_by(now) == [chat.pk]
    assert Conversation.objects.get(pk=other.pk).visitor == now
    last = other.entries.select_related("body").order_by("-position")[0]
    assert (last.kind, last.author_role) == ("closed", "system")


def test_an_identity_never_takes_over_what_belongs_to_another(shop: House, key: IdentityKey) -> None:
    bea, token = come(key)
    chat = shop.chat(bea)
    ben, session = come(key, "ben", token=token)
    assert ben != bea
    assert list(ben.conversations.all()) == []
    assert opened_by(bea) == [chat.pk]
    assert holder(token) is None, "this browser is no longer hers"
    assert holder(session) == ben


def test_the_secret_of_another_site_has_no_part_in_it(key: IdentityKey) -> None:
    other = house("Other")
    stranger, token = make_visitor(site=other.site)
    other.chat(stranger)
    visitor, _ = come(key, token=token)
    assert visitor != stranger
    assert list(visitor.conversations.all()) == []
    assert holder(token) == stranger


def test_an_identity_with_a_jti_opens_one_session(key: IdentityKey) -> None:
    _, token = come(key, jti="once")
    for thief in (None, make_visitor(site=key.site)[1]):
        with pytest.raises(BadIdentity):
            come(key, jti="once", token=thief)
    assert come(key, jti="once", token=token)[1] == token


def test_who_did_not_hear_the_answer_is_given_another_session(shop: House, key: IdentityKey) -> None:
    visitor, token = make_visitor(site=shop.site)
    _, unheard = come(key, jti="once", token=token)
    again, session = come(key, jti="once", token=token)
    assert again == visitor
    assert (holder(unheard), holder(session)) == (None, visitor)


def test_after_signing_out_neither_the_session_nor_its_identity_opens_anything(key: IdentityKey) -> None:
    visitor, token = come(key, jti="once")
    sign_out(visitor=visitor, sha256=fingerprint(token))
    assert holder(token) is None
    for brought in (None, token):
        with pytest.raises(BadIdentity):
            come(key, jti="once", token=brought)


def test_somebody_without_an_identity_signs_out_for_good(shop: House) -> None:
    visitor, token = make_visitor(site=shop.site)
    sign_out(visitor=visitor, sha256=fingerprint(token))
    assert holder(token) is None


def test_what_is_refused_leaves_nothing(key: IdentityKey) -> None:
    with pytest.raises(BadIdentity):
        come(key, aud="another")
    assert not Visitor.objects.exists()


def test_what_the_page_says_stands_beside_what_was_signed_and_never_in_its_place(key: IdentityKey) -> None:
    visitor, _ = come(key, attributes={"plan": "free"})
    claim(visitor=visitor, attributes={"plan": "vip", "name": "Mallory", "coupon": "X"})
    assert claim(visitor=visitor, attributes={"coupon": None}) == {"plan": "vip", "name": "Mallory"}
    row = Visitor.objects.get(pk=visitor.pk)
    assert (row.attributes, row.called) == ({"plan": "free"}, "Bea Lind")


def test_the_page_cannot_say_more_than_somebody_reads(key: IdentityKey) -> None:
    visitor, _ = come(key)
    claim(visitor=visitor, attributes={f"a{n}": n for n in range(50)})
    for more in ({"one more": 1}, {f"a{n}": "x" * 500 for n in range(20)}):
        with pytest.raises(BadField):
            claim(visitor=visitor, attributes=more)
    assert Visitor.objects.get(pk=visitor.pk).claimed["a49"] == 49


def test_an_address_that_was_typed_finds_nobody(shop: House, key: IdentityKey) -> None:
    known, _ = come(key, email="bea@mail.example")
    shop.chat(known)
    stranger, _ = make_visitor(site=shop.site)
    claim(visitor=stranger, attributes={"email": "bea@mail.example", "sub": "bea"})
    assert list(stranger.conversations.all()) == []
    assert not stranger.is_verified


def test_whom_the_team_holds_to_be_one_of_both_is_the_one_that_stays(shop: House, key: IdentityKey) -> None:
    known, _ = come(key)
    visitor, token = make_visitor(site=shop.site)
    others = [make_visitor(site=shop.site)[0] for _ in range(2)]
    mia = shop.staff("mia").user
    for one, two in ((visitor, others[0]), (known, others[1]), (visitor, others[1])):
        first, second = sorted([one.pk, two.pk])
        VisitorMerge.objects.create(one_id=first, other_id=second, by=mia)
    now, _ = come(key, token=token)
    assert now == known
    assert person_of(known.pk) == {known.pk, *(each.pk for each in others)}
    assert VisitorMerge.objects.count() == 2
