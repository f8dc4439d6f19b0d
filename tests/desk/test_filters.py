"""Filters under a name: whose they are, who sees them, who changes them."""

from uuid import UUID, uuid4

import msgspec
import pytest

from support_chat.desk.access import Staff, staff_of
from support_chat.desk.actions.filters import MOST, delete_filter, save_filter
from support_chat.desk.errors import IdReused, NotAllowed, NotFound
from support_chat.desk.models import Membership, SavedFilter
from support_chat.desk.views import filters_for, told
from support_chat.live.order_frames import Rules
from support_chat.live.refusals import BadField
from tests.desk.people import House, house

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATE = msgspec.convert({"groups": [{"conditions": [{"field": "tag", "value": "late"}]}]}, Rules)


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana")


@pytest.fixture
def sue(shop: House) -> Staff:
    return shop.staff("sue", role="supervisor")


def keep(
    staff: Staff, shop: House, *, shared: bool = False, once: UUID | None = None, name: str = "Late"
) -> SavedFilter:
    return save_filter(
        staff=staff,
        client_id=once or uuid4(),
        site=shop.site.public_key,
        name=name,
        rules=LATE,
        shared=shared,
    )


def names(staff: Staff) -> list[str]:
    return [saved.name for saved in filters_for(staff)]


def test_ones_own_are_nobody_elses_and_shared_ones_are_the_sites(shop: House, ana: Staff, sue: Staff) -> None:
    keep(ana, shop, name="Mine")
    keep(sue, shop, name="Ours", shared=True)
    assert (names(ana), names(sue)) == (["Mine", "Ours"], ["Ours"])
    assert names(house("Elsewhere").staff("eve")) == []
    assert [told(ana, saved)["mine"] for saved in filters_for(ana)] == [True, False]


def test_only_who_supervises_the_site_shares(shop: House, ana: Staff) -> None:
    with pytest.raises(NotAllowed):
        keep(ana, shop, shared=True)
    keep(shop.staff("mia", role="manager", answers=False), shop, shared=True)


def test_saved_twice_it_is_one_and_answered_alike(shop: House, ana: Staff) -> None:
    once = uuid4()
    first, again = keep(ana, shop, once=once), keep(ana, shop, once=once)
    assert told(ana, first) == told(ana, again)
    assert "site" in again._state.fields_cache, "it is told where nothing can be asked of the database"
    assert SavedFilter.objects.count() == 1
    with pytest.raises(IdReused):
        keep(ana, shop, once=once, name="Lost")


def test_it_cannot_be_shared_by_way_of_another_site(shop: House, ana: Staff) -> None:
    other = house("Other")
    Membership.objects.create(user=ana.user, site=other.site, role="supervisor")
    both = staff_of(ana.user)
    mine = keep(both, shop)
    change = {"client_id": uuid4(), "name": "Late", "rules": LATE, "shared": True, "known": mine.public_id}
    with pytest.raises(NotFound):
        save_filter(staff=both, site=other.site.public_key, **change)
    assert not SavedFilter.objects.get().shared


def test_it_is_changed_and_thrown_away_by_who_made_it(shop: House, ana: Staff, sue: Staff) -> None:
    saved = keep(ana, shop)
    other = {"client_id": uuid4(), "site": shop.site.public_key, "name": " Lost ", "rules": LATE}
    changed = save_filter(staff=ana, known=saved.public_id, **other)
    assert (changed.pk, changed.name) == (saved.pk, "Lost")
    with pytest.raises(NotFound):
        save_filter(staff=sue, known=saved.public_id, **other)
    with pytest.raises(NotFound):
        delete_filter(staff=sue, known=saved.public_id)
    delete_filter(staff=ana, known=saved.public_id)
    assert names(ana) == []


def test_a_shared_one_is_changed_by_supervisors_and_by_no_agent(shop: House, ana: Staff, sue: Staff) -> None:
    saved = keep(sue, shop, shared=True)
    with pytest.raises(NotAllowed):
        delete_filter(staff=ana, known=saved.public_id)
    delete_filter(staff=shop.staff("sam", role="supervisor"), known=saved.public_id)
    assert names(sue) == []


def test_what_cannot_be_asked_is_not_kept(shop: House, ana: Staff) -> None:
    rules = msgspec.convert({"groups": [{"conditions": [{"field": "state", "value": "odd"}]}]}, Rules)
    with pytest.raises(BadField):
        save_filter(staff=ana, client_id=uuid4(), site=shop.site.public_key, name="Odd", rules=rules)
    with pytest.raises(NotFound):
        keep(ana, house("Elsewhere"))


def test_nobody_makes_more_than_one_row_shows(shop: House, ana: Staff) -> None:
    once = [uuid4() for _ in range(MOST)]
    for each in once:
        keep(ana, shop, once=each)
    with pytest.raises(BadField):
        keep(ana, shop)
    keep(ana, shop, once=once[-1])
