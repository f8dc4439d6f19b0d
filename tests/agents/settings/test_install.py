"""The page for the website's developer: the snippet, the list of websites, and a look at a page."""

import email.message
from html import unescape
from http.client import HTTPMessage

import pytest
from django.test import Client
from django.urls import reverse

from agents.settings import install
from agents.settings.fetching import Fetched, NotFetched
from support_chat.desk.models import Site
from tests.agents.conftest import as_user
from tests.agents.settings.test_pages import save
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db


def of(shop: House) -> str:
    return reverse("site-install", args=[shop.site.public_key])


def answers(monkeypatch: pytest.MonkeyPatch, text: str, *, status: int = 200, policy: str = "") -> None:
    """The website, whatever it is asked for."""
    headers = email.message_from_string(
        f"Content-Security-Policy: {policy}\n\n" if policy else "\n", HTTPMessage
    )
    found = Fetched("https://shop.example/start", status, headers, text)
    monkeypatch.setattr(install, "fetch", lambda url: found)


def test_the_snippet_says_key_looks_and_words_and_nothing_else(shop: House, mia: Client) -> None:
    key = shop.site.public_key
    page = unescape(mia.get(of(shop)).content.decode())
    assert f'<script async src="http://testserver/widget.js" data-site="{key}"></script>' in page
    assert "script-src http://testserver; frame-src http://testserver" in page
    Site.objects.update(colour="#b3261e")
    page = unescape(mia.get(of(shop)).content.decode())
    assert f'data-site="{key}" data-look="--c:#b3261e;--i:#ffffff"></script>' in page
    Site.objects.update(colour="", locale="de", name="Müller, Söhne")
    page = unescape(mia.get(of(shop)).content.decode())
    assert (
        f'data-site="{key}" data-words="Chat öffnen,Chat minimieren,Chat mit Müller Söhne"></script>' in page
    )


def test_websites_are_kept_as_browsers_write_them_and_may_frame_the_panel_at_once(
    shop: House, mia: Client
) -> None:
    typed = "https://Shop.example:443/\n\nhttp://localhost:8001"
    assert save(mia, of(shop), do="origins", allowed_origins=typed).status_code == 302
    site = Site.objects.get(pk=shop.site.pk)
    assert site.allowed_origins == ["https://shop.example", "http://localhost:8001"]
    refused = save(mia, of(shop), do="origins", allowed_origins="https://shop.example/path")
    assert refused.status_code == 400
    assert "is not the origin of a website" in refused.content.decode()


def test_a_page_is_looked_at_and_what_is_missing_is_said(
    shop: House, mia: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, "<p>Nothing yet</p>", policy="frame-src 'self'")
    page = mia.post(of(shop), {"do": "check", "url": "shop.example"}).content.decode()
    assert "The website is on the list of this site." in page
    assert "The snippet is not in the page" in page
    assert "add http://testserver to frame-src" in page


def test_a_page_that_cannot_be_read_says_why_beside_the_address(
    shop: House, mia: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, "", status=404)
    answer = mia.post(of(shop), {"do": "check", "url": "https://shop.example/none"})
    assert (answer.status_code, "answers 404" in answer.content.decode()) == (400, True)

    def refuses(url: str) -> Fetched:
        raise NotFetched("This address is not on the public internet.")

    monkeypatch.setattr(install, "fetch", refuses)
    answer = mia.post(of(shop), {"do": "check", "url": "http://10.0.0.1/"})
    assert list(answer.context["check"].errors) == ["url"]
    assert "not on the public internet" in answer.content.decode()


def test_it_is_for_managers_of_the_site_alone_and_nobody_else_makes_the_server_read_anything(
    shop: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(install, "fetch", asked.append)
    sue = as_user(shop.staff("sue", role="supervisor").user)
    eve = as_user(house("Elsewhere").staff("eve", role="manager", answers=False).user)
    for browser, status in ((sue, 403), (eve, 404)):
        answer = browser.post(of(shop), {"do": "check", "url": "https://shop.example"})
        assert answer.status_code == status
    assert asked == []
