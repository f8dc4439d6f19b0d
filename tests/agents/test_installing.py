"""The console can be installed as an app."""

from django.contrib.staticfiles import finders
from django.test import Client

from support_chat.desk.models import User
from tests.agents.conftest import as_user


def test_the_manifest_names_the_console_and_pictures_that_are_there() -> None:
    answer = Client().get("/console/manifest.webmanifest")
    told = answer.json()
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"]) == ("/console/", "/console/", "standalone")
    sizes = {(icon["sizes"], icon["purpose"]) for icon in told["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= sizes
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")) is not None


def test_the_consoles_page_leads_to_the_manifest_and_its_policy_lets_it_through(ana: User) -> None:
    answer = as_user(ana).get("/console/")
    assert '<link rel="manifest" href="/console/manifest.webmanifest">' in answer.content.decode()
    assert "manifest-src 'self'" in answer.headers["Content-Security-Policy"]
