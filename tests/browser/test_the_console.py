"""What an agent may rely on while they work."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.services.house import REPLIES

SETTLED = 800  # milliseconds after which Enter no longer asks


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    """Ana at her console, online."""
    screen = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    screen.become("Online")
    return screen


def row_of(page: Page, guest: Guest, name: str = "My chats") -> Locator:
    return page.get_by_role("list", name=name).get_by_role("button", name=guest.name)


def names(page: Page, name: str = "My chats") -> list[str]:
    """The visitors of a list, from top to bottom."""
    return page.get_by_role("list", name=name).locator(".row-name").all_inner_texts()


def talk_to(screen: ConsoleScreen, guest: Guest) -> None:
    """Opens a guest's chat, and waits until Enter would send."""
    row_of(screen.page, guest).click(timeout=ARRIVES)
    expect(screen.page.get_by_role("heading", name=guest.name)).to_be_visible()
    screen.page.wait_for_timeout(SETTLED)


def test_no_event_changes_the_open_chat_the_focus_or_the_text_in_the_box(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("Where is my teapot?")
        talk_to(ana, first)
        expect(ana.box).to_be_focused()
        ana.box.press_sequentially("I am look")
        second.say("Me too!")
        expect(row_of(ana.page, second)).to_be_visible(timeout=ARRIVES)
        first.say("Hello?")
        first.end()
        expect(ana.page.get_by_role("button", name="Reopen chat")).to_be_visible(timeout=ARRIVES)
        expect(ana.page.get_by_role("heading", name=first.name)).to_be_visible()
        expect(ana.box).to_be_focused()
        expect(ana.box).to_have_value("I am look")


def test_a_list_holds_still_under_the_pointer_and_sorts_itself_afterwards(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 3) as (first, second, third):
        first.say("One")
        second.say("Two")
        talk_to(ana, first)
        ana.reply("Done!")
        expect(row_of(ana.page, first)).to_contain_text("Done!", timeout=ARRIVES)
        row_of(ana.page, second).hover()
        before = names(ana.page)
        third.say("Three")
        first.end()
        expect(row_of(ana.page, third)).to_be_visible(timeout=ARRIVES)
        expect(row_of(ana.page, first)).to_contain_text("Closed", timeout=ARRIVES)
        assert names(ana.page) == [*before, third.name]
        ana.page.mouse.move(900, 300)
        expect(row_of(ana.page, first)).to_be_hidden()
        assert names(ana.page) == [second.name, third.name]


def test_a_chat_that_moves_between_the_lists_never_moves_the_rows_under_the_pointer(
    stage: Stage, ana: ConsoleScreen
) -> None:
    ana.become("Away")
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("One")
        second.say("Two")
        row_of(ana.page, first, "Queue").click(timeout=ARRIVES)
        ana.page.get_by_role("button", name="Accept").wait_for()
        row_of(ana.page, second, "Queue").hover()
        before = row_of(ana.page, second, "Queue").bounding_box()
        ana.page.keyboard.press("a")
        expect(row_of(ana.page, first)).to_be_visible(timeout=ARRIVES)
        assert row_of(ana.page, second, "Queue").bounding_box() == before


def test_enter_right_after_a_change_of_chat_asks_once_more(stage: Stage, ana: ConsoleScreen) -> None:
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("One")
        second.say("Two")
        talk_to(ana, first)
        talk_to(ana, second)
        ana.box.fill("For the second")
        row_of(ana.page, first).click()
        row_of(ana.page, second).click()
        ana.box.press("Enter")
        expect(ana.page.locator(".held")).to_have_text(f"Press Enter again to send to {second.name}")
        expect(ana.box).to_have_value("For the second")
        ana.box.press("Enter")
        ana.sees("For the second")
        expect(ana.box).to_have_value("")


def test_drafts_of_replies_and_notes_are_kept_apart_chat_by_chat_and_through_a_reload(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("One")
        second.say("Two")
        talk_to(ana, first)
        ana.box.fill("reply to the first")
        ana.page.get_by_role("tab", name="Note").click()
        note = ana.page.get_by_role("textbox", name="Note")
        note.fill("note on the first")
        talk_to(ana, second)
        expect(ana.box).to_have_value("")
        talk_to(ana, first)
        expect(note).to_have_value("note on the first")
        ana.page.reload()
        expect(ana.page.get_by_role("heading", name=first.name)).to_be_visible(timeout=ARRIVES)
        expect(ana.box).to_have_value("reply to the first")


def test_a_canned_reply_is_found_by_the_keyboard_and_never_sent_by_itself(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("When are you there?")
        talk_to(ana, guest)
        ana.box.press_sequentially("Well: /")
        options = ana.page.get_by_role("listbox", name="Canned replies").get_by_role("option")
        expect(options).to_have_count(len(REPLIES))
        ana.box.press("ArrowDown")
        chosen = options.nth(1)
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(ana.box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
        ana.box.press_sequentially("thnks")
        expect(options.first).to_contain_text(REPLIES["thanks"])
        ana.box.press("Tab")
        expect(ana.box).to_have_value(f"Well: {REPLIES['thanks']}")
        expect(ana.box).to_be_focused()
        assert guest.heard == []
        ana.box.press("Enter")
        ana.sees(REPLIES["thanks"])
        ana.box.press_sequentially("Now and /or something")
        expect(options).to_have_count(0)
        ana.box.press("Enter")
        ana.sees("Now and /or something")


def test_two_consoles_stay_in_step_and_only_one_gets_a_waiting_chat(
    stage: Stage, ana: ConsoleScreen, open_browser: OpenBrowser
) -> None:
    ben = ConsoleScreen(open_browser("ben"), stage.served.url, "ben")
    for screen in (ana, ben):
        screen.become("Away")
    team = ana.page.get_by_role("list", name="Team")
    expect(team).to_contain_text("Away", timeout=ARRIVES)
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Who takes me?")
        for screen in (ana, ben):
            row_of(screen.page, guest, "Queue").click(timeout=ARRIVES)
            screen.page.get_by_role("button", name="Accept").wait_for()
        ben.page.get_by_role("button", name="Accept").click()
        expect(ben.page.get_by_role("button", name="Close chat")).to_be_visible(timeout=ARRIVES)
        expect(ana.page.get_by_role("button", name="Accept")).to_be_hidden(timeout=ARRIVES)
        expect(ana.page.get_by_text("Ben Costa has this chat")).to_be_visible()
        expect(team).to_contain_text("1 of 4", timeout=ARRIVES)


def test_replies_written_without_a_connection_are_kept_and_sent_once_in_order(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.cable.url, "ana")
    ana.become("Online")
    words = ["First", "Second", "Third"]
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello?")
        talk_to(ana, guest)
        stage.cable.cut()
        for each in words:
            ana.reply(each)
        expect(ana.page.get_by_text("3 messages are kept")).to_be_visible(timeout=ARRIVES)
        guest.say("Are you there?")
        stage.cable.mend()
        ana.sees("Are you there?")
        expect(ana.page.get_by_text("No connection")).to_be_hidden(timeout=ARRIVES)
        deadline = time.monotonic() + ARRIVES / 1000
        while len(guest.heard) < len(words) and time.monotonic() < deadline:
            ana.page.wait_for_timeout(50)
        assert guest.heard == words
        ana.shows_exactly(["Hello?", "Are you there?", *words])


def test_what_a_visitor_writes_stays_text_on_every_part_of_the_screen(
    stage: Stage, ana: ConsoleScreen
) -> None:
    sly = "<img src=x onerror=window.hurt=1> javascript:alert(1) \u202eevil"
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say(sly)
        talk_to(ana, guest)
        ana.sees("<img src=x onerror=window.hurt=1>")
        expect(row_of(ana.page, guest)).to_contain_text("<img src=x")
        assert ana.page.evaluate("window.hurt") is None
        assert ana.log.get_by_role("link").count() == 0


def test_letters_are_keys_until_somebody_writes_or_switches_them_off(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello")
        expect(row_of(ana.page, guest)).to_be_visible(timeout=ARRIVES)
        ana.page.keyboard.press("j")
        expect(row_of(ana.page, guest)).to_be_focused()
        ana.page.keyboard.press("Enter")
        expect(ana.box).to_be_focused()
        ana.page.keyboard.type("jnr?")
        expect(ana.box).to_have_value("jnr?")
        ana.page.keyboard.press("Escape")
        ana.page.keyboard.press("n")
        expect(ana.page.get_by_role("textbox", name="Note")).to_be_focused()
        ana.page.keyboard.press("Escape")
        ana.page.keyboard.press("?")
        ana.page.get_by_label("Single characters work as keys").uncheck()
        ana.page.keyboard.press("Escape")
        ana.page.keyboard.press("r")
        expect(ana.box).to_be_hidden()


def test_a_part_that_could_not_be_fetched_says_so_and_is_fetched_when_it_is_asked_for_again(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    context = open_browser("ana")
    context.route(re.compile(r"/agents/later[^/]*\.js"), lambda route: route.abort())
    ana = ConsoleScreen(context, stage.served.url, "ana")
    ana.page.get_by_role("button", name="Keys and looks").click()
    expect(ana.page.get_by_text("could not be loaded")).to_be_visible()
    context.unroute_all()
    ana.page.get_by_role("button", name="Keys and looks").click()
    expect(ana.page.get_by_role("dialog", name="Keys and looks")).to_be_visible()


def test_everything_that_can_be_done_is_found_by_its_words_from_within_the_box(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 2) as (first, second):
        for guest in (first, second):
            guest.say(f"Hello from {guest.name}")
        talk_to(ana, first)
        ana.box.press_sequentially("I am look")
        keys = ana.page.keyboard
        asked = ana.page.get_by_role("combobox", name="What do you want to do?")
        keys.press("Control+k")
        expect(asked).to_be_focused(timeout=ARRIVES)
        keys.type("zebra crossing")
        expect(ana.page.get_by_text("Nothing is called that here.")).to_be_visible()
        keys.press("Escape")
        expect(ana.box).to_be_focused()
        expect(ana.box).to_have_value("I am look")
        keys.press("Control+k")
        keys.type(second.name.lower())
        keys.press("Enter")
        expect(ana.page.get_by_role("heading", name=second.name)).to_be_visible(timeout=ARRIVES)
        keys.press("Control+k")
        keys.type("close this")
        expect(ana.page.get_by_role("option", name="Close this chat")).to_be_visible(timeout=ARRIVES)
        keys.press("ArrowDown")
        keys.press("ArrowUp")
        keys.press("Enter")
        expect(ana.page.get_by_role("button", name="Reopen chat")).to_be_visible(timeout=ARRIVES)
