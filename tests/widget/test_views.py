"""The panel's pages: who gets them, under which policy, and what stands in them."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from support_chat.desk.models.site import Site

SHOP = "https://shop.example"


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.create(name="Fieldware </script>", allowed_origins=[SHOP])


def framed(site: Site, origin: str = SHOP) -> Any:
    return Client().get("/widget/frame/", {"site": site.public_key, "origin": origin})


def policy_of(response: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_a_listed_origin_gets_the_panel_and_may_frame_it_alone(site: Site) -> None:
    response = framed(site)
    assert response.status_code == 200
    assert policy_of(response)["frame-ancestors"] == SHOP
    assert "X-Frame-Options" not in response.headers


def test_the_panel_runs_only_scripts_that_carry_this_answers_nonce(site: Site) -> None:
    response = framed(site)
    policy = policy_of(response)
    nonce = re.fullmatch(r"'nonce-(\S+)' 'strict-dynamic'", policy["script-src"])
    assert nonce is not None
    scripts = re.findall(r"<script([^>]*)>", response.content.decode())
    run = [tag for tag in scripts if "application/json" not in tag]
    assert run
    assert all(f'nonce="{nonce[1]}"' in tag for tag in run)
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["connect-src"] == "'self' ws://testserver"


def test_the_panel_is_told_its_site_and_the_one_page_it_may_talk_to(site: Site) -> None:
    page = framed(site).content.decode()
    found = re.search(r'<script id="boot" type="application/json">(.*?)</script>', page)
    assert found is not None
    told = json.loads(found[1])
    assert told["later"]["modules"][0] == "/static/widget/talk.js"
    known = {"key": site.public_key, "name": "Fieldware </script>"}
    assert told["site"].items() >= known.items()
    assert (told["host"], told["socket"]) == (SHOP, "/ws/visitor")


def test_an_isolated_host_page_may_frame_the_panel(site: Site) -> None:
    response = framed(site)
    assert response.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_our_own_pages_may_frame_the_panel_of_every_site(site: Site) -> None:
    assert framed(site, "http://testserver").status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "http://shop.example", f"{SHOP}.evil.example"])
def test_a_foreign_page_reads_why_it_shows_no_chat_and_nothing_of_the_site(site: Site, origin: str) -> None:
    response = framed(site, origin)
    page = response.content.decode()
    assert response.status_code == 403
    assert "The chat is not available on this page" in page
    assert site.name not in page
    assert site.public_key not in page
    assert "<script" not in page
    assert policy_of(response)["frame-ancestors"] == origin


def test_an_empty_list_lets_nobody_frame_the_panel(site: Site) -> None:
    Site.objects.filter(pk=site.pk).update(allowed_origins=[])
    assert framed(site).status_code == 403


@pytest.mark.parametrize("key", ["unknown", "", "\0", "é" * 300])
def test_an_unknown_key_is_answered_in_plain_words(db: None, key: str) -> None:
    response = Client().get("/widget/frame/", {"site": key, "origin": SHOP})
    assert response.status_code == 404
    assert "This chat cannot be found" in response.content.decode()


@pytest.mark.parametrize("origin", ["", "null", "https://a.example; script-src *", "javascript:alert(1)"])
def test_without_an_origin_nobody_frames_anything(site: Site, origin: str) -> None:
    response = framed(site, origin)
    assert response.status_code == 400
    assert policy_of(response)["frame-ancestors"] == "'none'"


def test_the_chats_own_page_can_be_framed_by_nobody(site: Site) -> None:
    response = Client().get(f"/chat/{site.public_key}/")
    assert response.status_code == 200
    assert policy_of(response)["frame-ancestors"] == "'none'"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert '"host": null' in response.content.decode()


def test_the_chats_own_page_of_an_unknown_key_says_so(db: None) -> None:
    response = Client().get("/chat/unknown/")
    assert (response.status_code, response.headers["X-Frame-Options"]) == (404, "DENY")


def test_no_page_of_the_visitors_sets_a_cookie_or_begins_a_session(site: Site) -> None:
    for path in (
        "/widget.js",
        f"/widget/frame/?site={site.public_key}&origin={SHOP}",
        f"/chat/{site.public_key}/",
    ):
        response = Client().get(path)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_the_panel_is_asked_for_anew_each_time_yet_may_come_back_from_the_back_button(site: Site) -> None:
    assert framed(site).headers["Cache-Control"] == "private, no-cache"


def test_what_may_be_sent_is_told_to_whoever_asks(client: Client) -> None:
    told = client.get("/widget/files/").json()
    assert (
        told.items()
        >= {"size": 10 * 1024 * 1024, "count": 10, "style": "/static/support_chat/files.css"}.items()
    )
    assert ".pdf" in told["types"]
    assert "/static/support_chat/file_tray.js" in told["modules"]
