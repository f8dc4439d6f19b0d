"""Nobody of the team is shut out: axe-core finds nothing on any page of settings, library and transcripts, as
it is found, filled in and refused, by day and by night, on phones and on desks."""

from typing import Final
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import colleague, guests
from tests.browser.screens import ARRIVES
from tests.browser.stage import Stage
from tests.browser.test_everybody import settings
from tests.services.house import PASSWORD
from tests.services.open_house import leave_the_team_in, widen_house_in

WIDTHS: Final = (390, 1280)
PARTS: Final = 6  # of all pages, in tests of their own
LINKS: Final = "links => links.map(link => link.href)"


@pytest.fixture
def mia(stage: Stage, open_browser: OpenBrowser) -> Page:
    """The manager, at her settings."""
    page = settings(stage, open_browser)
    expect(page.get_by_role("heading", name="Settings")).to_be_visible(timeout=ARRIVES)
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).first.click()


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page_that_the_settings_lead_to(mia: Page, axe: Axe, part: int) -> None:
    pages = [mia.url, *mia.locator(".ways a").evaluate_all(LINKS)]
    assert len(pages) > 2 * PARTS
    for address in pages[part::PARTS]:
        mia.goto(address)
        axe.look(mia, address.partition("/console/")[2], widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_where_settings_are_refused_tried_and_warned_about(
    stage: Stage, mia: Page, axe: Axe
) -> None:
    site = f"{mia.url}sites/{stage.key}/"
    mia.goto(f"{site}looks/")
    mia.get_by_label("Colour", exact=True).fill("#FFD400")
    expect(mia.get_by_text("What stands on it is black")).to_be_visible(timeout=ARRIVES)
    axe.look(mia, "a colour with a warning", widths=WIDTHS)
    mia.goto(f"{site}masking/")
    mia.get_by_role("button", name="Try it, save nothing").click()
    expect(mia.get_by_role("heading", name="What would be hidden")).to_be_visible(timeout=ARRIVES)
    axe.look(mia, "masking tried", widths=WIDTHS)
    mia.goto(f"{site}install/")
    mia.get_by_role("button", name="Check it").click()
    expect(mia.locator(".errorlist").first).to_be_visible(timeout=ARRIVES)
    axe.look(mia, "no page to check", widths=WIDTHS)
    mia.goto(site)
    mia.get_by_label("Monday").fill("nine to five")
    save(mia)
    expect(mia.locator(".errorlist").first).to_be_visible(timeout=ARRIVES)
    axe.look(mia, "hours that are none", widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_on_the_page_of_alerts_and_of_shifts(mia: Page, axe: Axe) -> None:
    overview = mia.url
    mia.get_by_role("link", name="Queue Questions").click()
    mia.get_by_role("link", name="When a chat waits too long").click()
    step = mia.get_by_role("group", name="Step 2")
    step.get_by_label("After").fill("90")
    step.get_by_label("Happens").select_option("push")
    save(mia)
    expect(mia.get_by_text("Saved. It holds")).to_be_visible(timeout=ARRIVES)
    mia.get_by_role("button", name="Send a test").first.click()
    expect(mia.get_by_text("No browser of yours takes pushes")).to_be_visible(timeout=ARRIVES)
    axe.look(mia, "an alert that was tried", widths=WIDTHS)
    mia.goto(overview)
    mia.get_by_role("link", name="Ana Costa").click()
    mia.get_by_label("Monday").fill("9-12:30, 13:30-18")
    mia.get_by_label("Tuesday").fill("noon")
    save(mia)
    expect(mia.locator(".errorlist").first).to_be_visible(timeout=ARRIVES)
    axe.look(mia, "a shift that is none", widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_in_transcripts_and_on_the_page_of_who_may_not_write(
    stage: Stage, mia: Page, axe: Axe
) -> None:
    widen_house_in(stage.served.database_url, "manual")
    with guests(stage.served, stage.key, 1) as (guest,), colleague(stage.served, "ben") as ben:
        guest.say("Where is my teapot?")
        ben.ask("set_status", status="online")
        ben.serve(guest.chat, "On its way.")
        blocked = {"by": "visitor", "lasts": "day"}
        ben.ask("block_visitor", conversation=guest.chat, client_id=str(uuid4()), **blocked)
    console = mia.url.partition("settings/")[0]
    mia.goto(f"{console}transcripts/")
    mia.get_by_role("link", name=guest.name).click()
    mia.get_by_role("link", name="With notes").click()
    axe.look(mia, "a transcript", widths=WIDTHS)
    mia.goto(f"{console}transcripts/")
    axe.look(mia, "transcripts", widths=WIDTHS)
    mia.goto(f"{console}transcripts/?visitor=nobody")
    axe.look(mia, "no transcript", widths=WIDTHS)
    mia.goto(f"{console}transcripts/?since=soon")
    axe.look(mia, "a day that is none", widths=WIDTHS)
    mia.goto(f"{console}settings/sites/{stage.key}/blocks/")
    expect(mia.get_by_text(guest.name)).to_be_visible()
    axe.look(mia, "somebody may not write", widths=WIDTHS)
    mia.get_by_role("button", name=f"Lift the block of {guest.name}").click()
    axe.look(mia, "a block that is over", widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_where_somebody_is_sent_away(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    page = open_browser("ana").pages[0]
    page.goto(f"{stage.served.url}/console/settings/")
    for password in ("wrong", PASSWORD):
        page.get_by_label("Name").fill("ana")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        if password != PASSWORD:
            expect(page.get_by_role("alert")).to_be_visible(timeout=ARRIVES)
            axe.look(page, "a wrong password", widths=WIDTHS)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=ARRIVES)
    axe.look(page, "settings that are for managers", widths=WIDTHS)
    page.goto(f"{stage.served.url}/console/transcripts/")
    axe.look(page, "transcripts that are for managers", widths=WIDTHS)
    page.goto(f"{stage.served.url}/console/settings/replies/")
    axe.look(page, "an agent's own replies", widths=WIDTHS)
    page.get_by_label("Words").fill("nowhere")
    page.get_by_role("button", name="Find").click()
    axe.look(page, "no reply fits", widths=WIDTHS)
    leave_the_team_in(stage.served.database_url, "ana")
    page.goto(f"{stage.served.url}/console/")
    expect(page.get_by_role("heading", name="You are not on a team yet")).to_be_visible(timeout=ARRIVES)
    axe.look(page, "nobody's team", widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)
