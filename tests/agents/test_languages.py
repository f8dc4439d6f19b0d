"""The staff's pages speak the language of whoever reads them."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from agents.settings.looks import says
from agents.transcripts.words import size_in_words
from support_chat.desk.models import Agent, Membership, Site, User
from tests.agents.conftest import as_user, member


def page(browser: Client, path: str = "/console/", accepts: str = "") -> str:
    return browser.get(path, headers={"accept-language": accepts}).content.decode()


def test_a_page_is_in_the_first_language_of_the_browser_that_the_staff_has() -> None:
    spoken = {"": "en", "de-AT,en;q=0.8": "de", "en-GB,de;q=0.5": "en", "fr,de;q=0.5": "de", "fr": "en"}
    for accepts, language in spoken.items():
        assert f'<html lang="{language}">' in page(Client(), "/accounts/login/", accepts)
    assert "Für alle im Support-Team." in page(Client(), "/accounts/login/", "de")


def test_ones_own_choice_counts_more_than_the_browser(ana: User) -> None:
    User.objects.update(language="de")
    assert '<html lang="de">' in page(as_user(User.objects.get()), accepts="en")
    User.objects.update(language="en")
    assert '<html lang="en">' in page(as_user(User.objects.get()), accepts="de")


def test_only_who_reads_another_language_loads_its_words_and_they_may_be_kept_for_ever(ana: User) -> None:
    assert "/console/words/" not in page(as_user(ana), accepts="en")
    found = re.search(
        r'<script src="(/console/words/de\.[^"]+)" nonce="[^"]+"', page(as_user(ana), accepts="de")
    )
    assert found is not None
    answer = Client().get(found[1], headers={"accept-encoding": "identity"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Textbaustein suchen" in answer.content.decode()
    assert Client().get("/console/words/de.000000000000.js").headers["Cache-Control"] == "no-store"
    assert Client().get("/console/words/fr.000000000000.js").status_code == 404
    assert Client().get("/console/words/en.000000000000.js").status_code == 404


def test_settings_and_what_is_wrong_with_them_are_in_the_managers_language(shop: Site) -> None:
    browser = as_user(member(shop, "mia", Membership.Role.MANAGER))
    address = f"/console/settings/sites/{shop.public_key}/"
    assert "Öffnungszeiten" in page(browser, address, "de")
    assert "Opening hours" in page(browser, address, "en")
    sent = {"do": "settings", "name": "Shop", "time_zone": "Europe/Berlin", "mon": "late"}
    answer = browser.post(address, sent, headers={"accept-language": "de"})
    assert "„late“ ist keine Zeit von – bis" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "sent", "words"),
    [
        ("site-settings", {"do": "settings", "time_zone": "Mars"}, "Es gibt keine Zeitzone dieses Namens"),
        ("site-settings", {"do": "settings", "mon": "9-25"}, "„25:00“ ist keine Uhrzeit"),
        ("site-settings", {"do": "settings", "mon": "9-12, 11-13"}, "überschneidet sich mit der Zeit davor"),
        ("site-masking", {"patterns": "##"}, "„##“ braucht mindestens 4"),
        ("site-prechat", {"name": "no", "email": "no", "about": "x\n" * 9}, "Höchstens 8 davon."),
        (
            "site-prechat",
            {"name": "no", "email": "no", "about": "x\nx"},
            "Zwei Auswahlen haben denselben Wortlaut.",
        ),
        ("site-starters", {"1-words": "Why?", "2-words": "Why?"}, "Zwei davon haben denselben Wortlaut."),
        (
            "site-install",
            {"do": "origins", "allowed_origins": "shop"},
            "„shop“ ist nicht der Ursprung einer Website",
        ),
        ("site-install", {"do": "check", "url": "http://127.0.0.1/"}, "liegt nicht im öffentlichen Internet"),
        ("site-mail", {"to": "mia@shop.example"}, "Auf diesem Server ist keine Mail eingerichtet"),
    ],
)
def test_what_the_desk_has_against_a_value_is_said_in_german(
    shop: Site, name: str, sent: dict[str, str], words: str
) -> None:
    browser = as_user(member(shop, "mia", Membership.Role.MANAGER))
    usual = (
        {"name": "Shop", "time_zone": "UTC", "always": "", "mon": "9-17"} if name == "site-settings" else {}
    )
    address = reverse(name, args=[shop.public_key])
    answer = browser.post(address, usual | sent, headers={"accept-language": "de"})
    assert words in unescape(answer.content.decode())


def test_what_is_not_there_is_said_in_german(shop: Site) -> None:
    browser = as_user(member(shop, "mia", Membership.Role.MANAGER))
    answer = browser.get("/console/settings/sites/nowhere/", headers={"accept-language": "de"})
    assert (answer.status_code, "Hier ist nichts" in answer.content.decode()) == (404, True)


def test_ones_working_hours_are_told_to_the_console_in_ones_language(shop: Site) -> None:
    user = member(shop, "ana", Membership.Role.AGENT)
    hours = {"week": {"mon": [["00:00", "24:00"]]}, "holidays": [{"date": "12-25"}]}
    Agent.objects.create(user=user, hours=hours)
    told = as_user(user).get(reverse("attention"), headers={"accept-language": "de"}).json()
    assert told["hours"] == ["Montag: ganztags", "12-25 geschlossen", "UTC"]


def test_numbers_are_written_as_the_language_writes_them() -> None:
    with translation.override("de"):
        assert (size_in_words(1_160_000), says("#12574f").split()[-3]) == ("1,2 MB", "8,4")
    assert size_in_words(1_200_000) == "1.2 MB"
