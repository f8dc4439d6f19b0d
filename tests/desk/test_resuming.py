"""A handle that the page keeps for a visitor whose browser keeps nothing for us: it opens once, no more."""

import pytest

from support_chat.desk.access import holders_of
from support_chat.desk.actions.identifying import identify
from support_chat.desk.actions.resuming import renew_handle, resume_by
from support_chat.desk.actions.visitor_sessions import sign_out
from support_chat.desk.actions.visitors import make_visitor
from support_chat.desk.errors import NotAllowed, UnknownToken
from support_chat.desk.ids import fingerprint
from support_chat.desk.models import ResumeHandle, Visitor
from tests.desk.identities import key_of, signed
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> House:
    return house()


def holder(token: str) -> Visitor | None:
    return holders_of([token]).get(fingerprint(token))


def refused(shop: House, handle: str) -> bool:
    with pytest.raises(UnknownToken):
        resume_by(site=shop.site, handle=handle)
    return True


def test_a_handle_opens_one_session_of_whose_it_is(shop: House) -> None:
    visitor, token = make_visitor(site=shop.site)
    handle = renew_handle(visitor=visitor)
    found, session = resume_by(site=shop.site, handle=handle)
    assert found == visitor == holder(session) == holder(token)
    assert handle not in str(list(ResumeHandle.objects.values()))


def test_each_beginning_of_the_panel_replaces_it(shop: House) -> None:
    visitor = shop.visitor()
    first = renew_handle(visitor=visitor)
    second = renew_handle(visitor=visitor, handle=first)
    assert ResumeHandle.objects.count() == 1
    assert resume_by(site=shop.site, handle=second)[0] == visitor
    third = renew_handle(visitor=visitor, handle=second)
    assert third != second, "of a line whose handle was used and not replaced, a new one is begun"
    assert refused(shop, first)


def test_whom_a_handle_has_led_back_goes_on_with_its_line(shop: House) -> None:
    visitor = shop.visitor()
    handle = renew_handle(visitor=visitor)
    for _ in range(3):
        _, session = resume_by(site=shop.site, handle=handle)
        handle = renew_handle(visitor=visitor, handle=handle, sha256=fingerprint(session))
        assert holder(session) == visitor
    assert ResumeHandle.objects.count() == 1


def test_a_handle_that_comes_twice_ends_all_that_it_opened(shop: House) -> None:
    visitor, token = make_visitor(site=shop.site)
    handle = renew_handle(visitor=visitor)
    _, stolen = resume_by(site=shop.site, handle=handle)
    assert refused(shop, handle)
    assert holder(stolen) is None
    assert holder(token) == visitor, "which was never with the page"
    assert refused(shop, handle)


def test_who_still_has_their_secret_finds_out_a_thief_and_ends_them(shop: House) -> None:
    visitor, token = make_visitor(site=shop.site)
    handle = renew_handle(visitor=visitor)
    _, stolen = resume_by(site=shop.site, handle=handle)
    following = renew_handle(visitor=visitor, handle=handle)
    assert (holder(stolen), holder(token)) == (None, visitor)
    assert resume_by(site=shop.site, handle=following)[0] == visitor


@pytest.mark.parametrize("handle", ["", ".", "unknown", "unknown.secret", "a.b.c"])
def test_what_is_no_handle_opens_nothing(shop: House, handle: str) -> None:
    renew_handle(visitor=shop.visitor())
    assert refused(shop, handle)
    assert ResumeHandle.objects.count() == 1


def test_the_handle_of_another_site_or_visitor_is_nobodys_here(shop: House) -> None:
    other = house("Other")
    theirs = renew_handle(visitor=other.visitor())
    assert refused(shop, theirs)
    renew_handle(visitor=other.visitor(), handle=theirs)
    assert resume_by(site=other.site, handle=theirs)


def test_it_is_good_for_thirty_days(shop: House) -> None:
    handle = renew_handle(visitor=shop.visitor())
    ResumeHandle.objects.update(expires_at="2026-01-01T00:00:00Z")
    assert refused(shop, handle)


def test_who_signs_out_leaves_no_handle(shop: House) -> None:
    visitor, token = make_visitor(site=shop.site)
    handle = renew_handle(visitor=visitor)
    sign_out(visitor=visitor, sha256=fingerprint(token))
    assert refused(shop, handle)


def test_who_is_known_by_their_website_needs_none(shop: House) -> None:
    visitor, token = make_visitor(site=shop.site)
    handle = renew_handle(visitor=visitor)
    known, _ = identify(site=shop.site, identity=signed(key_of(shop)), token=token)
    assert refused(shop, handle)
    with pytest.raises(NotAllowed):
        renew_handle(visitor=known)


def test_a_visitor_has_few(shop: House) -> None:
    visitor = shop.visitor()
    first, *_ = [renew_handle(visitor=visitor) for _ in range(9)]
    assert ResumeHandle.objects.count() == 8
    assert refused(shop, first)
