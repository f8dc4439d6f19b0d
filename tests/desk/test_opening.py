"""Who may speak to all visitors of a site at once, and that it is kept who did."""

from typing import Any

import pytest

from support_chat.desk.access import Staff
from support_chat.desk.actions.opening import pause, resume_chats, set_notice
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.models import SettingChange, Site
from support_chat.settings.chat import PAUSE_LASTS
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db


def all_of_it(staff: Staff, shop: House) -> dict[str, Any]:
    key = shop.site.public_key
    set_notice(staff=staff, site=key, text="Late today.")
    pause(staff=staff, site=key, text="Back soon.")
    return resume_chats(staff=staff, site=key)


@pytest.mark.parametrize("role", ["supervisor", "manager", "owner"])
def test_supervisors_and_managers_of_the_site_may(shop: House, role: str) -> None:
    staff = shop.staff("sam", role=role, answers=role == "supervisor")
    assert all_of_it(staff, shop) == {"available": False, "why": "away", "notice": "Late today."}


def test_agents_and_supervisors_of_one_queue_may_not(shop: House) -> None:
    for staff in (shop.staff("ana"), shop.staff("sam", role="supervisor", queue=shop.queue)):
        with pytest.raises(NotAllowed):
            all_of_it(staff, shop)
    assert Site.objects.get().notice == ""


def test_a_site_of_others_is_unknown(shop: House) -> None:
    elsewhere = house("Elsewhere")
    with pytest.raises(NotFound):
        all_of_it(shop.staff("sam", role="manager"), elsewhere)


def test_it_is_kept_who_set_what_and_when(shop: House) -> None:
    sam = shop.staff("sam", role="supervisor")
    all_of_it(sam, shop)
    notice, paused, resumed = SettingChange.objects.order_by("pk")
    assert notice.values == {"notice": ["", "Late today."]}
    assert paused.values["pause_text"] == ["", "Back soon."]
    assert resumed.values["paused_until"] == [paused.values["paused_until"][1], None]
    assert {each.by for each in (notice, paused, resumed)} == {sam.user}
    assert notice.at <= paused.at <= resumed.at


def test_a_pause_without_an_end_has_one(shop: House) -> None:
    words = pause(staff=shop.staff("sam", role="supervisor"), site=shop.site.public_key, text="")
    assert PAUSE_LASTS - 1 <= words["until"] <= PAUSE_LASTS
