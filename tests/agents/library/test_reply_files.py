"""The files of a reply are added and removed on a page, and fetched by consoles."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from support_chat.desk.access import Staff
from support_chat.desk.models import ReplyFile, User
from tests.agents.conftest import as_user
from tests.desk.people import House

pytestmark = pytest.mark.django_db


def test_a_file_is_added_fetched_and_removed(shop: House, mia: Client, ana: Staff) -> None:
    reply = shop.reply("late", "It is late.")
    address = reverse("library-files", args=[reply.public_id])
    answer = mia.post(address, {"upload": SimpleUploadedFile("größen <1>.txt", b"S, M, L")}, follow=True)
    assert answer.status_code == 200
    assert "1 file" in mia.get(reverse("library-reply", args=[reply.public_id])).content.decode()
    (told,) = as_user(ana.user).get("/api/v1/canned-replies/").json()[0]["files"]
    assert (told["name"], told["type"], told["size"]) == ("größen _1_.txt", "text/plain; charset=utf-8", 7)
    fetched = as_user(ana.user).get(told["url"])
    assert fetched.content == b"S, M, L"
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in fetched.headers["Content-Security-Policy"]
    assert Client().get(told["url"]).status_code == 403
    stranger = as_user(User.objects.create_user("nobody", password="x"))
    assert stranger.get(told["url"]).status_code == 403
    mia.post(address, {"remove": told["id"]})
    assert not ReplyFile.objects.exists()
    assert as_user(ana.user).get(told["url"]).status_code == 404
    assert mia.post(address, {"remove": told["id"]}).status_code == 404


def test_what_is_not_taken_is_said_beside_the_field(shop: House, mia: Client, ana: Staff) -> None:
    address = reverse("library-files", args=[shop.reply("late", "It is late.").public_id])
    answer = mia.post(address, {"upload": SimpleUploadedFile("setup.exe", b"MZ")})
    assert answer.status_code == 400
    assert "Files of this kind are not taken." in answer.content.decode()
    assert as_user(ana.user).get(address).status_code == 404
