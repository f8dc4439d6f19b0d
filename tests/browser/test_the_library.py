"""Replies are written for what is known of a chat, and what is not known is filled in before it is sent; what
follows a reply is one key away, and several steps are one name away."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import colleague, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.browser.test_everybody import settings
from tests.browser.test_taking_back import bubble, undo_for

SETTLED = 800  # milliseconds after which Enter no longer asks
GREETING = "Hello {{visitor.first_name}}, this is {{agent.name}}."
WIDTHS = (390, 1280)


@pytest.fixture
def mia(stage: Stage, open_browser: OpenBrowser) -> Page:
    """The manager, at the library."""
    return settings(stage, open_browser, "replies/")


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    screen = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    screen.become("Online")
    return screen


def write_greeting(page: Page) -> None:
    page.get_by_role("link", name="New reply").click()
    page.get_by_label("Title").fill("Greeting")
    page.get_by_label("Shortcut").fill("greeting")
    page.get_by_label("Text").fill(f"{GREETING} Of {{{{visitor.shoes}}}}.")
    expect(page.locator(".filled")).to_have_text("Hello Anna, this is Mia. Of {{visitor.shoes}}.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("stands for nothing")).to_be_visible()
    page.get_by_label("Text").fill(GREETING)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")


def write_macro(page: Page) -> None:
    page.get_by_role("link", name="Macros").click()
    page.get_by_role("link", name="New macro").click()
    page.get_by_label("Name", exact=True).fill("Thank and close")
    first, second = page.get_by_role("group", name="Step 1"), page.get_by_role("group", name="Step 2")
    first.get_by_label("What is done").select_option("reply")
    first.get_by_label("Text of a reply").fill("Thank you, says {{agent.name}}.")
    second.get_by_label("What is done").select_option("close")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")


def test_what_is_not_known_is_marked_and_filled_in_before_it_is_sent(
    stage: Stage, mia: Page, ana: ConsoleScreen, axe: Axe
) -> None:
    write_greeting(mia)
    ana.page.reload()
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello?")
        ana.open_first_chat()
        ana.page.wait_for_timeout(SETTLED)
        ana.pick_canned_reply("greeting")
        expect(ana.box).to_have_value("Hello {{visitor.first_name}}, this is Ana.")
        mark = ana.page.locator(".unfilled-marks mark")
        expect(mark).to_have_text("{{visitor.first_name}}")
        ana.box.press("Enter")
        told = ana.page.get_by_role("group", name="Something is to be filled in")
        expect(told).to_contain_text("Not sent: the visitor’s first name is not known here.")
        axe.look(ana.page, "something is to be filled in", widths=WIDTHS)
        ana.page.set_viewport_size({"width": 1280, "height": 720})
        ana.send()
        assert guest.heard == []
        ana.box.press("Tab")
        ana.page.keyboard.type("Vera")
        expect(ana.box).to_have_value("Hello Vera, this is Ana.")
        expect(mark).to_have_count(0)
        ana.box.press("Enter")
        ana.sees("Hello Vera, this is Ana.")
    assert axe.found == []


def test_a_reply_is_followed_by_the_next_chat_or_by_the_end_of_this_one(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("The first question")
        second.say("The second question")
        ana.open_first_chat()
        ana.sees("The first question")
        ana.page.wait_for_timeout(SETTLED)
        ana.box.fill("The first answer")
        ana.box.press("Alt+Enter")
        ana.sees("The second question")
        expect(ana.box).to_be_focused()
        ana.page.wait_for_timeout(SETTLED)
        ana.box.fill("The second answer")
        ana.box.press("Control+Shift+Enter")
        expect(ana.page.get_by_role("button", name="Reopen chat")).to_be_visible(timeout=ARRIVES)
        assert second.heard == ["The second answer"]
        assert first.heard == ["The first answer"]


def test_what_is_taken_back_closes_nothing(stage: Stage, ana: ConsoleScreen) -> None:
    undo_for("10", ana.page)
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello?")
        ana.open_first_chat()
        ana.page.wait_for_timeout(SETTLED)
        ana.box.fill("Goodbye.")
        ana.page.get_by_role("button", name="More ways to send").click()
        ana.page.get_by_role("menuitem", name="Send and close the chat").click()
        bubble(ana, "Goodbye.").get_by_role("button", name="Undo").click()
        expect(ana.box).to_have_value("Goodbye.")
        undo_for("0", ana.page)
        ana.send()
        ana.sees("Goodbye.")
        expect(ana.page.get_by_role("button", name="Close chat")).to_be_visible()
        expect(ana.page.get_by_role("button", name="Reopen chat")).to_have_count(0)


def test_a_macro_is_looked_at_and_run_from_the_palette(
    stage: Stage, mia: Page, ana: ConsoleScreen, axe: Axe
) -> None:
    write_macro(mia)
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Thanks!")
        ana.page.reload()
        ana.open_first_chat()
        ana.page.keyboard.press("Control+k")
        ana.page.get_by_role("combobox", name="What do you want to do?").fill("thank")
        expect(ana.page.get_by_role("option", name="Thank and close")).to_be_visible(timeout=ARRIVES)
        ana.page.keyboard.press("Enter")
        shown = ana.page.get_by_role("dialog", name="Thank and close")
        expect(shown.get_by_role("listitem")).to_have_text(
            [re.compile("Send a reply.*Thank you, says Ana."), "Close the chat"], timeout=ARRIVES
        )
        axe.look(ana.page, "macro", widths=WIDTHS)
        ana.page.set_viewport_size({"width": 1280, "height": 720})
        assert guest.heard == []
        shown.get_by_role("button", name="Do it").click()
        expect(ana.page.get_by_role("button", name="Reopen chat")).to_be_visible(timeout=ARRIVES)
        assert guest.heard == ["Thank you, says Ana."]
    assert axe.found == []


def test_a_macro_hands_over_to_one_agent_and_says_when_they_are_gone(
    stage: Stage, mia: Page, ana: ConsoleScreen, axe: Axe
) -> None:
    mia.get_by_role("link", name="Macros").click()
    mia.get_by_role("link", name="New macro").click()
    mia.get_by_label("Name", exact=True).fill("Ben knows")
    step = mia.get_by_role("group", name="Step 1")
    step.get_by_label("What is done").select_option("hand_over")
    step.get_by_label("Agent to whom").select_option("Ben Costa")
    axe.look(mia, "a macro that hands over", widths=WIDTHS)
    mia.get_by_role("button", name="Save").click()
    expect(mia.get_by_role("status")).to_contain_text("Saved.")
    with guests(stage.served, stage.key, 1) as (guest,), colleague(stage.served, "ben") as ben:
        guest.say("Is Ben there?")
        ana.page.reload()
        ana.open_first_chat()
        for shown, status in (
            ("Hand over to Ben Costa (Away)", "away"),
            ("Hand over to Ben Costa", "online"),
        ):
            ben.ask("set_status", status=status)
            ana.page.keyboard.press("Control+k")
            ana.page.get_by_role("combobox", name="What do you want to do?").fill("ben knows")
            expect(ana.page.get_by_role("option", name="Ben knows")).to_be_visible(timeout=ARRIVES)
            ana.page.keyboard.press("Enter")
            dialog = ana.page.get_by_role("dialog", name="Ben knows")
            expect(dialog.get_by_role("listitem")).to_have_text(shown, timeout=ARRIVES)
            dialog.get_by_role("button", name="Do it").click()
            if status == "away":
                expect(ana.page.get_by_text("Ben Costa is not online, or not on the team")).to_be_visible()
        expect(ana.page.get_by_text("Handing over to Ben Costa").first).to_be_visible(timeout=ARRIVES)
    assert axe.found == []


def test_a_file_goes_with_its_reply(stage: Stage, mia: Page, ana: ConsoleScreen) -> None:
    mia.get_by_role("link", name="Hours").click()
    mia.get_by_role("link", name="Add a file").click()
    table = {"name": "hours.txt", "mimeType": "text/plain", "buffer": b"Nine to five."}
    mia.get_by_label("Add a file").set_input_files(table)
    mia.get_by_role("button", name="Add", exact=True).click()
    expect(mia.get_by_role("link", name="hours.txt")).to_be_visible()
    ana.page.reload()
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("When are you there?")
        ana.open_first_chat()
        ana.page.wait_for_timeout(SETTLED)
        ana.pick_canned_reply("hours")
        expect(ana.page.locator(".tray-file")).to_contain_text("hours.txt", timeout=ARRIVES)
        ana.box.press("Enter")
        ana.sees("hours.txt")
        ana.sees("nine to five")


def test_axe_finds_nothing_in_the_library(mia: Page, axe: Axe) -> None:
    write_greeting(mia)
    axe.look(mia, "library", widths=WIDTHS)
    mia.get_by_role("link", name="Greeting").click()
    axe.look(mia, "a reply", widths=WIDTHS)
    mia.get_by_role("link", name="Add a file").click()
    axe.look(mia, "its files", widths=WIDTHS)
    mia.get_by_role("link", name="Back to the reply").click()
    mia.get_by_role("link", name="Earlier versions").click()
    axe.look(mia, "its versions", widths=WIDTHS)
    mia.get_by_role("link", name="Canned replies").click()
    mia.get_by_role("checkbox", name="Choose Greeting").check()
    mia.get_by_role("button", name="Delete").click()
    axe.look(mia, "deleted", widths=WIDTHS)
    mia.get_by_role("button", name="Undo").click()
    expect(mia.get_by_role("status")).to_contain_text("1 reply is back.")
    mia.get_by_role("link", name="Import").click()
    table = b"shortcut,text\nnew,New words\nwrong words,Old\n"
    mia.get_by_label("File").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": table})
    mia.get_by_role("button", name="Look at it").click()
    expect(mia.get_by_text("1 new, 0 changed")).to_be_visible()
    axe.look(mia, "what an import would do", widths=WIDTHS)
    mia.get_by_role("button", name="Bring in 1 reply").click()
    expect(mia.get_by_role("status")).to_contain_text("1 reply brought in.")
    write_macro(mia)
    axe.look(mia, "macros", widths=WIDTHS)
    mia.get_by_role("link", name="Thank and close").click()
    axe.look(mia, "a macro", widths=WIDTHS)
    assert axe.found == []
