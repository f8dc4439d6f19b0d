"""Managers set hours, queues and people on plain pages; what is wrong stands beside its field."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from support_chat.desk.access import Staff
from support_chat.desk.models import Agent, Membership, Queue, SettingChange, Site
from tests.agents.conftest import as_user
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

OFFICE = {"week": {"mon": [["09:00", "12:30"], ["13:30", "18:00"]], "fri": [["22:00", "06:00"]]}}


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", queue=shop.queue)


def addresses(shop: House, ana: Staff) -> list[str]:
    assert ana.agent is not None
    return [reverse("settings"), of_site(shop), of_queue(shop), of_agent(ana)]


def of_site(shop: House) -> str:
    return reverse("site-settings", args=[shop.site.public_key])


def of_queue(shop: House) -> str:
    return reverse("queue-settings", args=[shop.queue.public_id])


def of_agent(ana: Staff) -> str:
    assert ana.agent is not None
    return reverse("agent-settings", args=[ana.agent.public_id])


def typed(browser: Client, address: str, **changed: str | None) -> dict[str, str]:
    """What a browser would send of this page's fields, after these were changed; None: left out."""
    page = browser.get(address).content.decode()
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        chosen = given.get("type") not in ("checkbox", "radio") or " checked" in tag
        if "name" in given and chosen:
            blank = "on" if given.get("type") == "checkbox" else ""
            sent[given["name"]] = unescape(given.get("value", blank))
    for name, text in re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL):
        sent[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        sent[name] = unescape(re.findall(r'value="([^"]*)" selected', options)[0])
    return {name: value for name, value in {**sent, **changed}.items() if value is not None}


def save(browser: Client, address: str, **changed: str | None) -> Any:
    return browser.post(address, typed(browser, address, **changed))


def hours_typed(**days: str) -> dict[str, str | None]:
    return {"do": "settings", "always": None, **days}


def test_hours_with_breaks_and_nights_and_holidays_are_set_and_shown_again(shop: House, mia: Client) -> None:
    days = hours_typed(mon="9-12:30, 13:30-18", fri="22:00–06:00", holidays="12-25 closed\n12-31 9-13")
    answer = save(mia, of_site(shop), **days, time_zone="Europe/Lisbon")
    assert answer.headers["Location"] == f"{of_site(shop)}?saved=settings"
    site = Site.objects.get(pk=shop.site.pk)
    special = [{"date": "12-25"}, {"date": "12-31", "open": [["09:00", "13:00"]]}]
    assert (site.time_zone, site.hours) == ("Europe/Lisbon", {**OFFICE, "holidays": special})
    page = mia.get(answer.headers["Location"]).content.decode()
    assert "09:00–12:30, 13:30–18:00" in page
    assert "Saved." in page


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(shop: House, mia: Client) -> None:
    answer = save(mia, of_site(shop), **hours_typed(tue="nine to five", wed="9-12, 11-15"), time_zone="Mars")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"tue", "wed", "time_zone"}
    assert "overlaps the interval before it" in page
    tuesday = re.search(r'<input[^>]*name="tue"[^>]*>', page)
    assert tuesday is not None
    assert 'aria-invalid="true"' in tuesday[0]
    assert "id_tue_error" in tuesday[0]
    assert '<a href="#id_tue">Tuesday</a>' in page, "and is listed above"
    assert Site.objects.get(pk=shop.site.pk).hours is None


def test_the_preview_says_what_the_hours_as_typed_would_mean(shop: House, mia: Client) -> None:
    ask = reverse("settings-preview", args=["site", shop.site.public_key])
    assert mia.post(ask, typed(mia, of_site(shop))).content == b"Open now, and does not close."
    never = typed(mia, of_site(shop), **hours_typed(mon="9-12 or so"))
    assert mia.post(ask, never).content == b"Correct the hours below to see when it is open."
    Site.objects.filter(pk=shop.site.pk).update(hours={"week": {}})
    ask = reverse("settings-preview", args=["queue", shop.queue.public_id])
    assert b"no opening is in sight" in mia.post(ask, typed(mia, of_queue(shop))).content


def test_a_queue_is_set_with_all_that_it_has(shop: House, mia: Client) -> None:
    answer = save(
        mia,
        of_queue(shop),
        name="Orders",
        routing="offer",
        offer_lasts="45",
        strategy="round_robin",
        backup_after="0",
        skills="lang:de, topic:billing",
        relaxes_after="120",
        closes_at_waiting="30",
        closes_at_wait="1800",
        speaks_locale="on",
    )
    assert answer.status_code == 302
    queue = Queue.objects.get(pk=shop.queue.pk)
    assert (queue.name, queue.routing, queue.offer_lasts, queue.strategy) == (
        "Orders",
        "offer",
        45,
        "round_robin",
    )
    assert (queue.skills, queue.relaxes_after) == (["lang:de", "topic:billing"], 120)
    assert (queue.closes_at_waiting, queue.closes_at_wait, queue.speaks_locale) == (30, 1800, True)


@pytest.mark.parametrize(
    ("name", "value"), [("offer_lasts", "4"), ("skills", "German"), ("name", "Taken"), ("cool_down", "")]
)
def test_what_the_desk_refuses_of_a_queue_stands_beside_its_field(
    shop: House, mia: Client, name: str, value: str
) -> None:
    Queue.objects.create(site=shop.site, name="Taken")
    answer = save(mia, of_queue(shop), **{name: value})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [name]
    assert not SettingChange.objects.exists()


def test_two_managers_who_save_after_each_other_keep_each_others_changes(shop: House, mia: Client) -> None:
    before = typed(mia, of_queue(shop), cool_down="9")
    save(mia, of_queue(shop), offer_lasts="45")
    assert mia.post(of_queue(shop), before).status_code == 302
    queue = Queue.objects.get(pk=shop.queue.pk)
    assert (queue.offer_lasts, queue.cool_down) == (45, 9)


def test_an_agents_skills_and_load_and_queues_are_set(shop: House, mia: Client, ana: Staff) -> None:
    returns = Queue.objects.create(site=shop.site, name="Returns")
    places = {f"queue-{shop.queue.public_id}": "", f"queue-{returns.public_id}": "helps"}
    answer = save(mia, of_agent(ana), capacity="2", skills="lang:pt", **places)
    assert answer.status_code == 302
    agent = Agent.objects.get()
    assert (agent.capacity, agent.skills) == (2, ["lang:pt"])
    places_now = agent.user.memberships.values_list("queue", "role", "backup")
    assert list(places_now) == [(returns.pk, Membership.Role.AGENT, True)]
    refused = save(mia, of_agent(ana), **{f"queue-{returns.public_id}": ""})
    assert "Leave them one queue at least." in refused.content.decode()


def test_new_chats_are_paused_until_a_time_of_the_sites_clocks_and_taken_again(
    shop: House, mia: Client
) -> None:
    Site.objects.update(time_zone="Asia/Tokyo")
    asked = {"do": "pause", "pause-until": "2999-01-01T09:00", "pause-text": "Stocktaking"}
    assert save(mia, of_site(shop), **asked).status_code == 302
    site = Site.objects.get(pk=shop.site.pk)
    assert site.paused_until is not None
    assert f"{site.paused_until:%Y-%m-%d %H:%M}" == "2999-01-01 00:00"
    assert (site.pause_text, "Paused:" in mia.get(of_site(shop)).content.decode()) == ("Stocktaking", True)
    mia.post(of_site(shop), {"do": "resume"})
    assert Site.objects.get(pk=shop.site.pk).paused_until is None
    refused = save(mia, of_site(shop), **{**asked, "pause-until": "2001-01-01T09:00"})
    assert "still to come" in refused.content.decode()


def test_a_notice_is_set_and_taken_away(shop: House, mia: Client) -> None:
    save(mia, of_site(shop), **{"do": "notice", "notice-text": "Parcels are late"})
    assert Site.objects.get(pk=shop.site.pk).notice == "Parcels are late"
    save(mia, of_site(shop), **{"do": "notice", "notice-text": ""})
    assert Site.objects.get(pk=shop.site.pk).notice == ""


def test_settings_are_for_managers_of_the_site_alone(shop: House, mia: Client, ana: Staff) -> None:
    sue = as_user(shop.staff("sue", role="supervisor").user)
    eve = as_user(house("Elsewhere").staff("eve", role="manager", answers=False).user)
    for address in addresses(shop, ana):
        assert mia.get(address).status_code == 200
        assert as_user(ana.user).get(address).status_code == 403
        assert sue.post(address, {"do": "resume"}).status_code == 403
        assert Client().get(address).headers["Location"].startswith("/accounts/login/")
    for address in addresses(shop, ana)[1:]:
        assert eve.get(address).status_code == 404
    assert shop.site.name not in eve.get(reverse("settings")).content.decode()


def test_no_form_works_without_its_token(shop: House, mia: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = mia.cookies
    assert strict.post(of_site(shop), {"do": "resume"}).status_code == 403


def test_every_label_of_the_pages_names_a_field_and_every_id_is_one_thing(
    shop: House, mia: Client, ana: Staff
) -> None:
    for address in addresses(shop, ana):
        page = mia.get(address).content.decode()
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), address
        fields = re.findall(r'<label[^>]*for="([^"]+)"', page)
        named = fields + re.findall(r'aria-describedby="([^"]+)"', page)
        assert set(" ".join(named).split()) <= set(ids), address


def test_previews_and_the_question_of_who_somebody_is_are_off_until_a_manager_wants_them(
    shop: House, mia: Client
) -> None:
    assert not Site.objects.filter(previews=True).exists()
    save(mia, of_site(shop), do="settings", previews="on", verified_only="on")
    assert Site.objects.values_list("previews", "verified_only").get(pk=shop.site.pk) == (True, True)
    save(mia, of_site(shop), do="settings", previews=None)
    assert Site.objects.values_list("previews", "verified_only").get(pk=shop.site.pk) == (False, True)


def test_an_agents_hours_are_set_in_their_zone_and_read_by_the_agent(
    shop: House, ana: Staff, mia: Client
) -> None:
    days = {"always": None, "mon": "9-12:30, 13:30-18", "fri": "22:00–06:00", "time_zone": "Europe/Lisbon"}
    assert save(mia, of_agent(ana), **days).status_code == 302
    agent = Agent.objects.get()
    assert (agent.hours, agent.time_zone) == (OFFICE, "Europe/Lisbon")
    told = as_user(ana.user).get(reverse("attention")).json()
    assert told["hours"][0] == "Monday: 09:00–12:30, 13:30–18:00"
    answer = save(mia, of_agent(ana), mon="", fri="")
    assert "Nobody could ever ring them" in answer.content.decode()
    assert save(mia, of_agent(ana), always="on").status_code == 302
    assert Agent.objects.get().hours is None
