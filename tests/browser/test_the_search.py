"""What was said is found, shown where it stands, and the lists are as they were afterwards."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen, search_until_found
from tests.browser.stage import Stage
from tests.services.served import own_environment, run_manage

STORY = """
from support_chat.desk.models import Conversation
from tests.desk.people import say
chat = Conversation.objects.select_related("visitor", "site").get()
for number in range(130):
    say(chat, f"And another thing, number {number}")
"""


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    """Ana at her console, online."""
    screen = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    screen.become("Online")
    expect(box_of(screen.page)).to_be_visible(timeout=ARRIVES)
    return screen


def box_of(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search people, messages and files")


FOUND_AFTER = 2_500  # ms: once a second the clock brings in what was said


def search_for(page: Page, words: str) -> None:
    page.wait_for_timeout(FOUND_AFTER)
    box_of(page).fill(words)


def a_long_story(stage: Stage, guest: Guest) -> None:
    """What is searched for stands far from the end: more than anybody may say in a moment."""
    guest.say("My teapot arrived broken")
    environment = own_environment(stage.served.database_url)
    run_manage("shell", "-v0", "--command", STORY, environment=environment)


def test_a_message_far_back_is_found_opened_where_it_stands_and_left_again(
    stage: Stage, ana: ConsoleScreen
) -> None:
    page = ana.page
    with guests(stage.served, stage.key, 2) as (first, second):
        a_long_story(stage, first)
        second.say("Hello")
        row = page.get_by_role("list", name="My chats").get_by_role("button", name=second.name)
        row.focus()
        page.keyboard.press("f")
        box = box_of(page)
        expect(box).to_be_focused()
        expect(page.get_by_text("these words in a row")).to_be_visible()
        page.wait_for_timeout(FOUND_AFTER)
        page.keyboard.type("teap")
        found = page.get_by_role("option")
        expect(found).to_have_count(1)
        expect(found.locator("mark")).to_have_text("teapot")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=first.name)).to_be_visible(timeout=ARRIVES)
        bubble = page.locator(".bubble", has_text="My teapot arrived broken")
        expect(bubble).to_be_in_viewport()
        expect(box).to_be_focused()
        page.keyboard.press("Escape")
        expect(row).to_be_focused()
        expect(found).to_have_count(0)
        expect(box).to_have_value("")


def test_many_are_found_page_by_page_and_only_some_of_them_drawn(stage: Stage, ana: ConsoleScreen) -> None:
    page = ana.page
    with guests(stage.served, stage.key, 1) as (first,):
        a_long_story(stage, first)
        search_until_found(page, "another thing ", "number 129")
        options = page.get_by_role("option")
        chosen = page.get_by_role("option", selected=True)
        until = time.monotonic() + 2 * ARRIVES / 1000
        while chosen.get_attribute("aria-posinset") != "130" and time.monotonic() < until:
            page.keyboard.press("ArrowDown")
        expect(chosen).to_contain_text("number 0")
        expect(chosen).to_be_in_viewport()
        assert options.count() < 60


def test_a_further_page_leaves_the_findings_where_they_were_scrolled_to(
    stage: Stage, ana: ConsoleScreen
) -> None:
    page = ana.page
    with guests(stage.served, stage.key, 1) as (first,):
        a_long_story(stage, first)
        search_until_found(page, "another thing ", "number 129")
        options = page.get_by_role("option")
        many = int(options.first.get_attribute("aria-setsize") or 0)
        found = page.get_by_role("listbox", name="Found")
        down = found.evaluate("list => (list.scrollTop = list.scrollHeight, list.scrollTop)")
        more = page.locator(f"[role=option]:not([aria-setsize='{many}'])")
        expect(more.first).to_be_attached(timeout=ARRIVES)
        assert found.evaluate("list => list.scrollTop") >= down


def test_what_cannot_be_understood_or_is_nowhere_is_said_in_words(stage: Stage, ana: ConsoleScreen) -> None:
    page = ana.page
    says = page.get_by_role("search").get_by_role("status")
    search_for(page, "teapot foo:bar")
    expect(says).to_contain_text("“foo:” is none of the ways to narrow a search")
    search_for(page, "after:soon")
    expect(says).to_contain_text("Write days like 2026-03-01")
    search_for(page, "nowhere")
    expect(page.get_by_text(re.compile("Nothing found"))).to_be_visible()


def test_axe_finds_nothing_in_a_search(stage: Stage, ana: ConsoleScreen, axe: Axe) -> None:
    page = ana.page
    with guests(stage.served, stage.key, 1) as (first,):
        first.say("My teapot arrived broken")
        page.keyboard.press("f")
        axe.look(page, "how to search", widths=(390, 1280))
        search_for(page, "teapot")
        expect(page.get_by_role("option")).to_have_count(1, timeout=ARRIVES)
        axe.look(page, "found", widths=(390, 1280))
        search_for(page, "is:")
        expect(page.get_by_role("search").get_by_role("status")).to_contain_text("of what?")
        axe.look(page, "not understood", widths=(390, 1280))
    assert not axe.found, "\n".join(axe.found)
