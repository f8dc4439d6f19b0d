"""Many replies are brought in at once: all of them, or none."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.access import Staff
from support_chat.desk.actions.importing_replies import MOST, import_replies
from support_chat.desk.models import CannedReply, ReplyVersion
from tests.desk.people import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(shop: House) -> Staff:
    return shop.staff("boss", role="manager", answers=False)


def reply(shortcut: str, text: str = "Words.", **more: Any) -> dict[str, Any]:
    named = {"shortcut": shortcut, "title": shortcut.title(), "text": text, "folder": "", "locale": ""}
    return {**named, "queue": "", "personal": False, **more}


def bring_in(by: Staff, shop: House, *replies: dict[str, Any]) -> int:
    return import_replies(staff=by, site=shop.site.public_key, replies=replies)


def test_what_is_new_is_made_what_differs_is_changed_and_the_rest_is_left(shop: House, boss: Staff) -> None:
    shop.reply("late", "It was late.")
    shop.reply("same", "Words.")
    count = bring_in(boss, shop, reply("late"), reply("same"), reply("new", queue=shop.queue.public_id))
    assert count == 2
    rows = {row.shortcut: (row.text, row.queue, row.saved) for row in CannedReply.objects.all()}
    assert rows == {
        "late": ("Words.", None, 2),
        "same": ("Words.", None, 0),
        "new": ("Words.", shop.queue, 1),
    }
    assert ReplyVersion.objects.get(reply__shortcut="new").by == boss.user


def test_one_that_is_wrong_leaves_everything_as_it_was(shop: House, boss: Staff) -> None:
    shop.reply("late", "It was late.")
    with pytest.raises(ValidationError):
        bring_in(boss, shop, reply("late"), reply("new"), reply("wrong", text="{{nothing}}"))
    assert list(CannedReply.objects.values_list("text", flat=True)) == ["It was late."]
    assert not ReplyVersion.objects.exists()


def test_an_agents_own_stand_beside_the_shared_ones(shop: House, boss: Staff) -> None:
    ana = shop.staff("ana")
    shop.reply("late", "It was late.")
    assert bring_in(ana, shop, reply("late", personal=True)) == 1
    with pytest.raises(ValidationError):
        bring_in(ana, shop, reply("other"))
    owners = CannedReply.objects.order_by("pk").values_list("text", "owner")
    assert ana.agent is not None
    assert list(owners) == [("It was late.", None), ("Words.", ana.agent.pk)]


def test_more_than_so_many_are_refused(shop: House, boss: Staff) -> None:
    with pytest.raises(ValidationError, match=f"at most {MOST}"):
        bring_in(boss, shop, *(reply(f"r{n}") for n in range(MOST + 1)))
