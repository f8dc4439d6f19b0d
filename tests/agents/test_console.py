import json
import re

import pytest
from django.test import Client

from support_chat.desk.models import Agent, AgentProfile, Membership, Queue, Site, User
from tests.agents.conftest import as_user, member


def _boot(user: User) -> dict[str, object]:
    """What the page hands to its modules."""
    page = as_user(user).get("/console/").content.decode()
    found = re.search(r'<script id="boot" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    boot: dict[str, object] = json.loads(found[1])
    return boot


def test_the_console_asks_strangers_to_sign_in_first() -> None:
    assert Client().get("/console/").headers["Location"] == "/accounts/login/?next=/console/"


def test_the_console_opens_for_a_member_and_says_so_to_somebody_without_a_team(ana: User) -> None:
    assert as_user(ana).get("/console/").status_code == 200
    stranger = User.objects.create_user("nobody", password="x")
    answer = as_user(stranger).get("/console/")
    assert answer.status_code == 403
    assert "not on a team yet" in answer.content.decode()


@pytest.mark.parametrize("path", ["/console/", "/accounts/login/"])
def test_a_staff_page_is_never_framed_never_kept_and_runs_only_its_own_scripts(ana: User, path: str) -> None:
    answer = (as_user(ana) if path == "/console/" else Client()).get(path)
    policy = dict(each.split(" ", 1) for each in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "'none'"
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in answer.headers["Cache-Control"]


def test_every_script_of_the_console_carries_the_nonce_of_its_answer(ana: User) -> None:
    browser = as_user(ana)
    nonces = set()
    for _ in range(2):
        answer = browser.get("/console/")
        nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
        assert nonce is not None
        scripts = re.findall(r"<script(?![^>]*application/json)[^>]*>", answer.content.decode())
        assert scripts
        assert all(f'nonce="{nonce[1]}"' in script for script in scripts)
        nonces.add(nonce[1])
    assert len(nonces) == 2


def test_only_managers_are_led_to_transcripts_and_settings(shop: Site, orders: Queue, ana: User) -> None:
    mia = member(shop, "mia", Membership.Role.MANAGER)
    assert (_boot(ana)["transcripts"], _boot(ana)["settings"]) == (None, None)
    assert str(_boot(mia)["transcripts"]).startswith("/console/transcripts/")
    assert _boot(mia)["settings"] == "/console/settings/"


def test_agents_are_told_under_which_name_visitors_of_each_site_read_them(shop: Site, ana: User) -> None:
    assert _boot(ana)["public_names"] == {}
    agent = Agent.objects.create(user=ana)
    AgentProfile.objects.create(agent=agent, site=shop, public_name="Annie")
    elsewhere = Site.objects.create(name="Elsewhere")
    AgentProfile.objects.create(agent=agent, site=elsewhere, public_name="Not here")
    assert _boot(ana)["public_names"] == {"Shop": "Annie"}


def test_a_name_made_to_break_out_of_the_page_stays_text(shop: Site) -> None:
    sly = member(shop, "sly", Membership.Role.AGENT)
    sly.first_name = "</script><img src=x>"
    sly.save()
    assert _boot(sly)["name"] == "</script><img src=x>"


def test_the_page_names_all_that_files_take_so_that_it_can_be_fetched_again_and_again(ana: User) -> None:
    files = _boot(ana)["files"]
    assert isinstance(files, dict)
    assert {"/static/support_chat/files_later.js", "/static/support_chat/file_tray.js"} <= {*files["modules"]}
