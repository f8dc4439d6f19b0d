"""Earlier versions are looked at, word by word, and brought back."""

import pytest
from django.test import Client
from django.urls import reverse

from agents.library.versions import pieces
from support_chat.desk.actions.canned_replies import change_reply
from tests.desk.people import House

pytestmark = pytest.mark.django_db


def test_words_that_stayed_went_and_came_are_told() -> None:
    assert pieces("Your parcel is late.", "Your parcel was late.") == [
        ("same", "Your parcel "),
        ("gone", "is "),
        ("new", "was "),
        ("same", "late."),
    ]
    assert pieces("one\ntwo", "one\ntwo") == [("same", "one \ntwo")]


def test_very_long_texts_are_told_whole() -> None:
    before, after = "a " * 3000, "b " * 3000
    assert pieces(before, after) == [("gone", before), ("new", after)]
    assert pieces(before, before) == [("same", before)]


def test_a_version_is_brought_back_by_a_button(shop: House, mia: Client) -> None:
    boss = shop.staff("boss", role="manager", answers=False)
    row = shop.reply("late", "It was late.")
    change_reply(staff=boss, reply=row.public_id, values={"text": "Worse.", "folder": "Orders"})
    address = reverse("library-versions", args=[row.public_id])
    page = mia.get(address).content.decode()
    assert "<del>It was late.</del><ins>Worse.</ins>" in page
    assert "Nobody knows who" in page
    assert "Boss Costa" in page
    assert mia.post(address, {"number": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.folder, row.saved) == ("It was late.", "", 3)
    change_reply(staff=boss, reply=row.public_id, values={"shortcut": "later"})
    shop.reply("late", "Taken meanwhile.")
    answer = mia.post(address, {"number": "1"})
    assert answer.status_code == 400
    assert "Another reply has this shortcut" in answer.content.decode()
    for number in ("9", "", "one", "¹"):
        assert mia.post(address, {"number": number}).status_code == 404
