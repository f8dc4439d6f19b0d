"""Tabs that were opened before an update go on with the server of the other release."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.host_page import HostSite
from tests.browser.screens import ConsoleScreen, VisitorScreen
from tests.services.open_house import build_house_in
from tests.services.served import ROOT
from tests.skew.servers import Place

COMES_BACK = 40_000  # milliseconds; a tab asks again ever more seldom while a busy machine starts a server


@pytest.fixture
def place(tmp_path: Path, postgres_url: str) -> Iterator[Place]:
    """One address; the schema is this release's."""
    place = Place(tmp_path, postgres_url, redis_url=None)
    yield place
    place.leave()


@pytest.mark.parametrize("opened_by", ["the release before", "this release"])
def test_an_open_panel_and_an_open_console_chat_on_with_the_other_release(
    release_before: Path, place: Place, host_site: HostSite, open_browser: OpenBrowser, opened_by: str
) -> None:
    first, second = release_before, ROOT
    if opened_by == "this release":
        first, second = second, first
    key = build_house_in(place.database_url, host_site.origin)
    address = place.serve(first).url
    host_site.embed(address, key)
    ana = ConsoleScreen(open_browser("ana"), address, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), host_site.origin)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    ana.reply("We do.")
    vera.sees("We do.")

    place.serve(second)
    vera.write("And red ones?")
    expect(ana.log).to_contain_text("And red ones?", timeout=COMES_BACK)
    ana.reply("Those, too.")
    vera.sees("Those, too.")
    said = ["Do you have blue doors?", "We do.", "And red ones?", "Those, too."]
    vera.shows_exactly(said)
    ana.shows_exactly(said)
