"""Canned replies are written by whom they are for, kept in versions, deleted and brought back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from support_chat.desk.access import Staff, staff_of
from support_chat.desk.actions.canned_replies import (
    VERSIONS,
    bring_back_replies,
    bring_back_version,
    change_reply,
    delete_replies,
    make_reply,
    move_replies,
)
from support_chat.desk.errors import NotFound
from support_chat.desk.library import canned_replies_for
from support_chat.desk.models import CannedReply, Queue, ReplyVersion
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

LATE = {"shortcut": "late", "title": "Late", "text": 'It is late, {{visitor.first_name|default:"sorry"}}.'}


@pytest.fixture
def boss(shop: House) -> Staff:
    return shop.staff("boss", role="manager", answers=False)


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana")


def make(by: Staff, shop: House, **values: Any) -> CannedReply:
    return make_reply(staff=by, site=shop.site.public_key, values={**LATE, **values})


def offered(staff: Staff) -> list[str]:
    return [row.shortcut for row in canned_replies_for(staff)]


def wrong_in(values: dict[str, Any], by: Staff, shop: House) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        make(by, shop, **values)
    return sorted(refused.value.message_dict)


def test_a_manager_writes_for_everybody_or_for_one_queue(shop: House, boss: Staff, ana: Staff) -> None:
    returns = Queue.objects.create(site=shop.site, name="Returns")
    ana, ben = staff_of(ana.user), shop.staff("ben", queue=shop.queue)
    make(boss, shop)
    make(boss, shop, shortcut="back", queue=returns.public_id)
    assert (offered(ana), offered(ben)) == (["back", "late"], ["late"])


def test_what_an_agent_writes_is_offered_to_nobody_else(shop: House, boss: Staff, ana: Staff) -> None:
    ben = shop.staff("ben")
    mine = make(ana, shop)
    assert mine.owner == ana.agent
    assert (offered(ana), offered(ben)) == (["late"], [])
    with pytest.raises(NotFound):
        change_reply(staff=ben, reply=mine.public_id, values={"title": "Theirs"})
    assert delete_replies(staff=ben, replies=[mine.public_id]) == 0
    change_reply(staff=boss, reply=mine.public_id, values={"personal": False})
    assert offered(ben) == ["late"], "a manager may share it"


def test_an_agent_neither_writes_for_others_nor_changes_what_is_shared(
    shop: House, boss: Staff, ana: Staff
) -> None:
    assert wrong_in({"personal": False}, ana, shop) == ["personal"]
    shared = make(boss, shop)
    with pytest.raises(NotFound):
        change_reply(staff=ana, reply=shared.public_id, values={"text": "Mine"})
    assert move_replies(staff=ana, replies=[shared.public_id], folder="Mine") == 0


def test_what_is_of_another_site_is_not_found(shop: House, boss: Staff, ana: Staff) -> None:
    eve = house("Elsewhere").staff("eve", role="manager", answers=False)
    row = make(boss, shop)
    with pytest.raises(NotFound):
        change_reply(staff=eve, reply=row.public_id, values={"text": "Ours"})
    with pytest.raises(NotFound):
        make(eve, shop)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"shortcut": "two words"}, ["shortcut"]),
        ({"shortcut": "", "text": " "}, ["shortcut", "text"]),
        ({"text": "Hello {{visitor.frist_name}}"}, ["text"]),
        ({"text": "x" * 8001}, ["text"]),
        ({"text": "a\0b"}, ["text"]),
        ({"title": "a\ud800"}, ["title"]),
        ({"locale": "German"}, ["locale"]),
        ({"queue": "nowhere"}, ["queue"]),
        ({"personal": True}, ["personal"]),
        ({"colour": "red"}, ["colour"]),
    ],
)
def test_what_is_wrong_is_told_by_name_and_nothing_is_kept(
    shop: House, boss: Staff, values: dict[str, Any], wrong: list[str]
) -> None:
    assert wrong_in(values, boss, shop) == wrong
    assert not CannedReply.objects.exists()


def test_a_shortcut_is_taken_once_a_language_and_once_for_oneself(
    shop: House, boss: Staff, ana: Staff
) -> None:
    make(boss, shop)
    make(boss, shop, locale="DE")
    make(ana, shop)
    assert wrong_in({}, boss, shop) == ["shortcut"]
    assert wrong_in({"locale": "de"}, boss, shop) == ["shortcut"]
    assert wrong_in({}, ana, shop) == ["shortcut"]


def test_every_save_keeps_how_it_stood_with_who_and_when(shop: House, boss: Staff) -> None:
    row = make(boss, shop)
    change_reply(staff=boss, reply=row.public_id, values={"text": "Very late.", "folder": " Orders/Abroad "})
    change_reply(staff=boss, reply=row.public_id, values={"text": "Very late."})
    kept = list(row.versions.order_by("number"))
    assert [(each.number, each.values["text"], each.by) for each in kept] == [
        (1, LATE["text"], boss.user),
        (2, "Very late.", boss.user),
    ]
    assert all(each.at for each in kept)
    assert kept[1].values["folder"] == "Orders / Abroad"
    row.refresh_from_db()
    assert row.saved == 2


def test_what_stood_before_versions_were_kept_is_one_when_it_is_changed(shop: House, boss: Staff) -> None:
    row = shop.reply("old", "As it always was.")
    change_reply(staff=boss, reply=row.public_id, values={"text": "New."})
    told = row.versions.order_by("number").values_list("number", "values__text", "by__username")
    assert list(told) == [(1, "As it always was.", None), (2, "New.", "boss")]


def test_a_version_is_brought_back_as_a_new_one(shop: House, boss: Staff) -> None:
    row = make(boss, shop)
    change_reply(staff=boss, reply=row.public_id, values={"text": "Worse.", "title": "Worse"})
    bring_back_version(staff=boss, reply=row.public_id, number=1)
    row.refresh_from_db()
    assert (row.text, row.title, row.saved) == (LATE["text"], "Late", 3)
    with pytest.raises(NotFound):
        bring_back_version(staff=boss, reply=row.public_id, number=9)


def test_the_newest_versions_are_kept_and_no_more(shop: House, boss: Staff) -> None:
    row = make(boss, shop)
    ReplyVersion.objects.filter(reply=row).delete()
    rows = [ReplyVersion(reply=row, number=n, values={}) for n in range(1, VERSIONS + 1)]
    ReplyVersion.objects.bulk_create(rows)
    change_reply(staff=boss, reply=row.public_id, values={"text": "Newest."})
    numbers = row.versions.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(2, VERSIONS + 2))


def test_what_is_deleted_is_offered_no_more_and_can_be_brought_back(
    shop: House, boss: Staff, ana: Staff
) -> None:
    ids = [make(boss, shop).public_id, make(boss, shop, shortcut="two").public_id]
    assert delete_replies(staff=boss, replies=[*ids, "unknown"]) == 2
    assert offered(ana) == []
    assert bring_back_replies(staff=boss, replies=ids) == 2
    assert offered(ana) == ["late", "two"]


def test_a_shortcut_that_is_taken_meanwhile_keeps_the_deleted_one_away(shop: House, boss: Staff) -> None:
    old = make(boss, shop)
    delete_replies(staff=boss, replies=[old.public_id])
    make(boss, shop, text="Instead.")
    with pytest.raises(ValidationError, match="Another reply has this shortcut"):
        bring_back_replies(staff=boss, replies=[old.public_id])


def test_several_are_moved_at_once(shop: House, boss: Staff) -> None:
    ids = [make(boss, shop, shortcut=each).public_id for each in ("one", "two")]
    assert move_replies(staff=boss, replies=ids, folder="Orders") == 2
    assert set(CannedReply.objects.values_list("folder", flat=True)) == {"Orders"}
