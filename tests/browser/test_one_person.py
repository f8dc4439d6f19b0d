"""Two visitors who are one person: likely by their address, or found by an agent; said, and taken back."""

from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.services.open_house import widen_house_in


@pytest.fixture
def ana(mailing_stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    widen_house_in(mailing_stage.served.database_url, "manual")
    screen = ConsoleScreen(open_browser("ana"), mailing_stage.served.url, "ana")
    expect(screen.page.get_by_role("button", name="Status")).to_be_visible(timeout=ARRIVES)
    return screen


def leave_address(guest: Guest, email: str) -> None:
    guest.ask("keep_place", conversation=guest.chat, client_id=str(uuid4()), email=email)


def beside(screen: ConsoleScreen, guest: Guest) -> Locator:
    """What stands beside this guest's chat."""
    screen.page.goto(f"{screen.page.url.split('#')[0]}#{guest.chat}")
    expect(screen.page.get_by_role("heading", name=guest.name)).to_be_visible(timeout=ARRIVES)
    return screen.page.get_by_role("complementary", name="Visitor")


def test_who_shares_an_address_is_merged_and_parted_again_and_so_are_the_chats(
    mailing_stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(mailing_stage.served, mailing_stage.key, 2) as (first, second):
        for guest, words in ((first, "Where is my teapot?"), (second, "And my cups?")):
            guest.say(words)
            leave_address(guest, "robin@mail.example")
        first.end()
        pane = beside(ana, second)
        earlier = pane.get_by_role("button", name="Where is my teapot?")
        merge = pane.get_by_role("button", name=f"{first.name} is the same person")
        merge.click(timeout=ARRIVES)
        expect(earlier).to_be_visible(timeout=ARRIVES)
        pane.get_by_role("button", name=f"{first.name} is somebody else after all").click()
        expect(earlier).to_be_hidden(timeout=ARRIVES)
        expect(merge).to_be_visible()
        ana.page.reload()
        expect(merge).to_be_visible(timeout=ARRIVES)
        expect(earlier).to_be_hidden()


def test_another_visitor_is_found_by_their_address_merged_from_the_palette_and_parted_from_it(
    mailing_stage: Stage, ana: ConsoleScreen, axe: Axe
) -> None:
    page = ana.page
    with guests(mailing_stage.served, mailing_stage.key, 2) as (first, second):
        first.say("Where is my teapot?")
        leave_address(first, "robin@mail.example")
        second.say("And my cups?")
        first.end()
        pane = beside(ana, second)
        earlier = pane.get_by_role("button", name="Where is my teapot?")
        wish(ana, "merge this visitor")
        dialog = page.get_by_role("dialog", name=f"Who is the same person as {second.name}?")
        dialog.get_by_role("searchbox", name="Name or e-mail address").fill("robin@mail.example")
        found = dialog.get_by_role("radio", name=first.name)
        found.check(timeout=ARRIVES)
        axe.look(page, "choosing who is the same person", widths=(390, 1280))
        dialog.get_by_role("button", name="Merge").click()
        expect(dialog).to_be_hidden()
        expect(earlier).to_be_visible(timeout=ARRIVES)
        wish(ana, "somebody else after all")
        expect(earlier).to_be_hidden(timeout=ARRIVES)
    assert not axe.found, "\n".join(axe.found)


def wish(screen: ConsoleScreen, words: str) -> None:
    """From the palette."""
    screen.page.keyboard.press("Control+k")
    box = screen.page.get_by_role("combobox", name="What do you want to do?")
    box.fill(words)
    expect(screen.page.get_by_role("option").first).to_be_visible(timeout=ARRIVES)
    box.press("Enter")
