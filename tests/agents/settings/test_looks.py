"""A manager chooses how the widget looks; the panel and the launcher are told with the frame."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from support_chat.desk.models import Logo, SettingChange, Site
from support_chat.desk.pictures import MOST
from support_chat.desk.theme import launcher_look, tokens
from tests.agents.conftest import as_user
from tests.agents.settings.test_pages import save, typed
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

RED = "#b3261e"
PNG = b"\x89PNG\r\n\x1a\n" + b"a small picture"


def of(shop: House) -> str:
    return reverse("site-looks", args=[shop.site.public_key])


def panel(shop: House) -> str:
    origin = shop.site.allowed_origins[0]
    answer = Client().get("/widget/frame/", {"site": shop.site.public_key, "origin": origin})
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    return answer.content.decode()


def boot(shop: House) -> dict[str, Any]:
    found = re.search(r'<script id="boot" type="application/json">(.*?)</script>', panel(shop), re.DOTALL)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def upload(browser: Client, shop: House, image: bytes) -> Any:
    return browser.post(of(shop), {"do": "logo", "logo": SimpleUploadedFile("logo.svg", image)})


def test_a_chosen_colour_comes_with_the_frame_for_panel_and_launcher(shop: House, mia: Client) -> None:
    assert "<style" not in panel(shop)
    assert save(mia, of(shop), do="looks", colour="B3261E", side="start").status_code == 302
    page = panel(shop)
    for look in ("light", "dark"):
        for name, value in tokens(RED, look).items():
            assert f"{name}:{value};" in page
    assert re.search(r'<style nonce="[^"]+">:root{--accent:#b3261e;', page)
    assert boot(shop)["look"] == launcher_look(RED, at_start=True)


def test_the_first_words_are_the_sites_own(shop: House, mia: Client) -> None:
    save(mia, of(shop), do="looks", welcome="Hello </script>", welcome_more="Ask us anything.")
    told = boot(shop)["site"]
    assert (told["welcome"], told["welcomeMore"]) == ("Hello </script>", "Ask us anything.")


def test_a_site_speaks_the_language_that_is_chosen_or_each_visitors_own(shop: House, mia: Client) -> None:
    assert '<html lang="en"' in panel(shop)
    assert save(mia, of(shop), do="looks", locale="ar").status_code == 302
    assert '<html lang="ar" dir="rtl"' in panel(shop)
    assert save(mia, of(shop), do="looks", locale="tlh").status_code == 400
    assert save(mia, of(shop), do="looks", locale="").status_code == 302
    assert '<html lang="en"' in panel(shop)


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "url(x)", "#fff;}body{"])
def test_what_is_no_colour_is_refused_beside_its_field(shop: House, mia: Client, colour: str) -> None:
    answer = save(mia, of(shop), do="looks", colour=colour)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["colour"]
    assert "is not a colour" in answer.content.decode()
    assert not SettingChange.objects.exists()


def test_a_colour_that_got_into_the_database_by_another_way_is_not_written_into_the_page(
    shop: House,
) -> None:
    Site.objects.update(colour="}*{x:y")
    assert "<style" not in panel(shop)
    assert boot(shop)["look"] == ""


def test_the_preview_says_how_readable_the_colour_is_and_gives_its_shades(shop: House, mia: Client) -> None:
    ask = reverse("looks-preview", args=[shop.site.public_key])
    answer = mia.post(ask, typed(mia, of(shop), colour="#ffd400")).json()
    assert answer["says"] == "What stands on it is black, with a contrast of 14.7 to 1."
    assert answer["dark"] == tokens("#ffd400", "dark")
    assert list(mia.post(ask, typed(mia, of(shop), colour="yellow")).json()) == ["says"]


def test_a_logo_is_shown_from_an_address_that_changes_with_it(shop: House, mia: Client) -> None:
    assert "logo" not in boot(shop)["site"]
    assert upload(mia, shop, PNG).status_code == 302
    address = boot(shop)["site"]["logo"]
    shown = Client().get(address)
    assert (shown.content, shown.headers["Content-Type"]) == (PNG, "image/png")
    assert "immutable" in shown.headers["Cache-Control"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    upload(mia, shop, PNG + b" more")
    assert boot(shop)["site"]["logo"] != address
    assert mia.post(of(shop), {"do": "no-logo"}).status_code == 302
    assert "logo" not in boot(shop)["site"]
    assert Client().get(address).status_code == 404
    assert SettingChange.objects.count() == 3


@pytest.mark.parametrize(
    ("image", "words"),
    [(b"<svg onload=x>", "PNG, JPEG or WebP"), (PNG + b"x" * MOST, "64 KB at most"), (b"", "empty")],
)
def test_what_is_no_small_picture_is_no_logo(shop: House, mia: Client, image: bytes, words: str) -> None:
    answer = upload(mia, shop, image)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Logo.objects.exists()


def test_looks_are_for_managers_of_the_site_alone(shop: House) -> None:
    sue = as_user(shop.staff("sue", role="supervisor").user)
    eve = as_user(house("Elsewhere").staff("eve", role="manager", answers=False).user)
    for browser, status in ((sue, 403), (eve, 404)):
        assert browser.get(of(shop)).status_code == status
        assert upload(browser, shop, PNG).status_code == status
