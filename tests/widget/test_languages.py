"""Which language a visitor reads, and how its words come."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from support_chat.desk.models.site import Site

SHOP = "https://shop.example"
ENGLISH, GERMAN = "en-US,en;q=0.9", "da,de-AT;q=0.8,en;q=0.5"


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.create(name="Fieldware", allowed_origins=[SHOP])


def opened(site: Site, accepted: str, **more: str) -> Any:
    query = {"site": site.public_key, "origin": SHOP, **more}
    return Client(headers={"accept-language": accepted}).get("/widget/frame/", query)


def language_of(response: Any) -> str:
    found = re.search(r'<html lang="([^"]+)"', response.content.decode())
    assert found is not None
    return found[1]


def words_address(response: Any) -> str | None:
    found = re.search(r'<script defer src="([^"]+)" nonce="\S+"></script>', response.content.decode())
    return found and found[1]


@pytest.mark.parametrize(
    ("own", "accepted", "read"),
    [
        ("", GERMAN, "de"),
        ("", "de;q=0.3,en;q=0.9", "en"),
        ("", "tlh,*;q=0.1", "en"),
        ("", "", "en"),
        ("", "\0;q=x," * 50, "en"),
        ("de", ENGLISH, "de"),
        ("en", GERMAN, "en"),
    ],
)
def test_a_visitor_reads_the_sites_language_or_else_the_first_of_theirs_that_we_have(
    site: Site, own: str, accepted: str, read: str
) -> None:
    Site.objects.update(locale=own)
    response = opened(site, accepted)
    assert language_of(response) == read
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("asked", "read", "told"),
    [("de-CH", "de", "de"), ("DE", "de", "de"), ("xx", "en", None), ("", "en", None)],
)
def test_the_website_may_ask_for_a_language_that_we_have(
    site: Site, asked: str, read: str, told: str | None
) -> None:
    response = opened(site, ENGLISH, locale=asked)
    boot = re.search(r'<script id="boot" type="application/json">(.*?)</script>', response.content.decode())
    assert boot is not None
    assert (language_of(response), json.loads(boot[1]).get("locale")) == (read, told)


def test_what_is_no_language_is_shown_nowhere(site: Site) -> None:
    response = opened(site, '"><script>', locale='de"><script>')
    assert language_of(response) == "en"
    assert "<script>" not in response.content.decode()


def test_english_stands_in_the_code_and_takes_no_request_more(site: Site) -> None:
    assert words_address(opened(site, ENGLISH)) is None


def test_the_words_of_another_language_come_once_and_stay(site: Site) -> None:
    response = opened(site, GERMAN)
    page = response.content.decode()
    address = words_address(response)
    assert address is not None
    assert page.index(address) < page.index('<script type="module"'), "before the first module runs"
    answer = Client().get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    told = json.loads(answer.content.decode().removeprefix("supportChatWords="))
    assert told["texts"]["Send"] == "Senden"
    assert told["texts"]["%(n)s new message"] == ["%(n)s neue Nachricht", "%(n)s neue Nachrichten"]
    assert (len(told["plurals"]), told["plurals"][:3]) == (200, "101")


def test_a_language_with_one_form_for_every_number_is_told_so(db: None) -> None:
    answer = Client().get("/widget/words/ja.000000000000.js")
    told = json.loads(answer.content.decode().removeprefix("supportChatWords="))
    assert told["texts"]["%(n)s new message"] == ["新しいメッセージ%(n)s件"]
    assert set(told["plurals"]) == {"0"}


def test_the_words_of_another_release_are_answered_with_ours_and_not_kept(db: None) -> None:
    answer = Client().get("/widget/words/de.000000000000.js")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert Client().get("/widget/words/xx.000000000000.js").status_code == 404


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_the_words_come_small(db: None, coding: str) -> None:
    client = Client(headers={"accept-encoding": coding})
    answer = client.get("/widget/words/de.000000000000.js")
    assert answer.headers["Content-Encoding"] == coding
    assert len(answer.content) < 8_000


def test_who_is_refused_reads_why_in_their_language(db: None) -> None:
    response = Client(headers={"accept-language": GERMAN}).get(
        "/widget/frame/", {"site": "none", "origin": SHOP}
    )
    assert (response.status_code, language_of(response)) == (404, "de")
    assert "Dieser Chat wurde nicht gefunden" in response.content.decode()
