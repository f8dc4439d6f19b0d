"""The library is listed, narrowed down, moved, deleted and brought back on a plain page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agents.library.shelf import shelf_of
from support_chat.desk.access import Staff
from support_chat.desk.database_time import database_now
from support_chat.desk.models import CannedReply, User
from tests.agents.conftest import as_user
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

PAGE = "/console/settings/replies/"


def found(staff: Staff, *, words: str = "", folder: str | None = None, kind: str = "all") -> list[str]:
    shelf = shelf_of(staff, words=words, folder=folder, kind=kind, now=database_now())
    return [each.reply.shortcut for each in shelf.rows]


def test_managers_see_all_of_their_site_and_agents_their_own(shop: House, mia: Client, ana: Staff) -> None:
    boss = shop.staff("boss", role="manager", answers=False)
    shop.reply("shared", "For all.")
    mine = shop.reply("mine", "For me.")
    CannedReply.objects.filter(pk=mine.pk).update(owner=ana.agent)
    house("Elsewhere").reply("theirs", "Not ours.")
    assert found(boss) == ["mine", "shared"]
    assert found(ana) == ["mine"]
    page = mia.get(PAGE).content.decode()
    assert "Only <bdi>Ana Costa</bdi>" in page
    assert "theirs" not in page


def test_words_folders_and_kinds_narrow_it_down(shop: House, ana: Staff) -> None:
    boss = shop.staff("boss", role="manager", answers=False)
    for shortcut, text, folder in (
        ("late", "Sorry, your parcel is late.", "Orders"),
        ("late2", "Your parcel is late, sorry!", "Orders / Abroad"),
        ("refund", "Your money comes back.", ""),
    ):
        row = shop.reply(shortcut, text)
        CannedReply.objects.filter(pk=row.pk).update(folder=folder)
    CannedReply.objects.filter(shortcut="refund").update(made_at=database_now() - timedelta(days=1))
    assert found(boss, words="PARCEL sorry") == ["late", "late2"]
    assert found(boss, folder="Orders") == ["late", "late2"]
    assert found(boss, folder="Orders / Abroad") == ["late2"]
    assert found(boss, folder="") == ["refund"]
    assert found(boss, kind="alike") == ["late", "late2"]
    assert found(boss, kind="unused") == ["late", "late2"]
    assert found(boss, kind="own") == []
    assert found(boss, kind="deleted") == []


def test_those_chosen_are_moved_deleted_and_brought_back(shop: House, mia: Client) -> None:
    ids = [shop.reply(each, "Words.").public_id for each in ("one", "two")]
    answer = mia.post(PAGE, {"reply": ids, "do": "move", "to": "Orders", "words": "w"}, follow=True)
    assert "2 replies moved." in answer.content.decode()
    assert set(CannedReply.objects.values_list("folder", flat=True)) == {"Orders"}
    answer = mia.post(PAGE, {"reply": ids[:1], "do": "delete"}, follow=True)
    assert "1 reply deleted." in answer.content.decode()
    assert f'value="{ids[0]}"' in answer.content.decode(), "for the undo"
    assert CannedReply.objects.get(public_id=ids[0]).deleted_by == User.objects.get(username="mia")
    mia.post(PAGE, {"reply": ids[:1], "do": "bring-back"})
    assert CannedReply.objects.filter(deleted_at=None).count() == 2
    assert mia.post(PAGE, {"do": "delete"}).status_code == 400, "nothing is chosen"


def test_what_is_not_theirs_stays_as_it_is(shop: House, ana: Staff) -> None:
    shared = shop.reply("shared", "For all.")
    browser = as_user(ana.user)
    browser.post(PAGE, {"reply": shared.public_id, "do": "delete"})
    shared.refresh_from_db()
    assert shared.deleted_at is None
    for name in ("library-reply", "library-versions"):
        assert browser.get(reverse(name, args=[shared.public_id])).status_code == 404


def test_strangers_are_told_that_it_is_not_for_them(shop: House) -> None:
    nobody = User.objects.create_user("nobody", password="x")
    assert as_user(nobody).get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_what_no_database_keeps_finds_nothing(mia: Client) -> None:
    assert mia.get(PAGE, {"words": "a\0", "folder": "\0", "ids": "\0"}).status_code == 200
    assert mia.post(PAGE, {"reply": "\0", "do": "delete"}).status_code == 400
