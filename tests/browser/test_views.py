"""How an agent keeps their chats in order: views, tags, putting aside, filters, many at once."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, colleague, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.services.open_house import widen_house_in

# A frame with this word is lost, as when the page goes before it is sent.
NEVER_SENT = """(word) => {
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) { if (!String(data).includes(word)) send.call(this, data); };
}"""


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    """Ana at her console, online."""
    screen = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    screen.become("Online")
    return screen


def row_of(page: Page, guest: Guest, name: str = "My chats") -> Locator:
    return page.get_by_role("list", name=name).get_by_role("button", name=guest.name)


def answer(screen: ConsoleScreen, guest: Guest, words: str) -> None:
    """Opens a chat and answers it; then nobody writes any more."""
    row_of(screen.page, guest).click(timeout=ARRIVES)
    expect(screen.page.get_by_role("heading", name=guest.name)).to_be_visible()
    screen.page.wait_for_timeout(800)
    screen.reply(words)
    screen.sees(words)
    screen.page.keyboard.press("Escape")


def view(page: Page, name: str) -> None:
    page.get_by_role("toolbar", name="Views").get_by_role("button", name=name, exact=True).click()


def stand_above_the_team(page: Page, rows: Locator) -> None:
    """Also in a window that has no room for both."""
    page.set_viewport_size({"width": 1280, "height": 300})
    last, team = rows.last.bounding_box(), page.locator(".team").bounding_box()
    assert last
    assert team
    assert team["y"] >= last["y"] + last["height"]
    page.set_viewport_size({"width": 1280, "height": 720})


def test_a_chat_is_put_aside_by_key_in_ones_own_words_and_is_back_when_its_visitor_writes(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Has it arrived?")
        answer(ana, guest, "I shall look tomorrow.")
        ana.page.keyboard.press("z")
        until = ana.page.get_by_role("textbox", name="Until")
        until.fill("soon")
        expect(ana.page.get_by_text("That is no time to come.")).to_be_visible(timeout=ARRIVES)
        until.fill("tomorrow 9")
        expect(ana.page.get_by_text(re.compile(r"^Until \w+ 0?9:00"))).to_be_visible(timeout=ARRIVES)
        until.press("Enter")
        expect(ana.page.get_by_role("dialog")).to_be_hidden(timeout=ARRIVES)
        expect(row_of(ana.page, guest)).to_be_hidden()
        expect(ana.page.get_by_text("Snoozed until")).to_be_visible()
        ana.sees("Ana Costa put the chat aside: “tomorrow 9”")
        view(ana.page, "Snoozed")
        expect(row_of(ana.page, guest, "Snoozed")).to_contain_text("9:00", timeout=ARRIVES)
        guest.say("Found it!")
        view(ana.page, "Inbox")
        expect(row_of(ana.page, guest)).to_contain_text("Found it!", timeout=ARRIVES)


def test_a_chat_is_taken_up_again_by_hand(stage: Stage, ana: ConsoleScreen) -> None:
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Has it arrived?")
        answer(ana, guest, "I shall look.")
        ana.page.keyboard.press("z")
        ana.page.get_by_role("button", name="2 hours").click()
        expect(ana.page.get_by_text(re.compile("^Until "))).to_be_visible(timeout=ARRIVES)
        ana.page.get_by_role("button", name="Snooze").last.click()
        ana.page.get_by_role("button", name="Take up again").click(timeout=ARRIVES)
        expect(row_of(ana.page, guest)).to_contain_text("Back", timeout=ARRIVES)
        expect(ana.page.get_by_text("now back")).to_be_visible()


def test_tags_are_made_by_key_and_suggested_from_then_on(stage: Stage, ana: ConsoleScreen) -> None:
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("Where is my parcel?")
        second.say("Mine, too?")
        answer(ana, first, "Let me see.")
        ana.page.keyboard.press("#")
        box = ana.page.get_by_role("textbox", name="Add a tag")
        box.fill("Late delivery")
        box.press("Enter")
        tags = ana.page.get_by_role("dialog").get_by_role("list", name="Tags")
        expect(tags).to_contain_text("late-delivery")
        ana.page.keyboard.press("Escape")
        expect(ana.page.get_by_role("button", name="Tags: late-delivery")).to_be_visible()
        ana.sees("Ana Costa changed the tags: added late-delivery")
        answer(ana, second, "One moment.")
        ana.page.keyboard.press("#")
        ana.page.get_by_role("dialog").get_by_role("button", name="late-delivery").click(timeout=ARRIVES)
        ana.page.get_by_role("button", name="Take off late-delivery").click(timeout=ARRIVES)
        expect(ana.page.get_by_text("No tags yet.")).to_be_visible()


def test_tags_that_a_colleague_puts_on_the_open_chat_stand_in_its_head(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 1) as (guest,), colleague(stage.served, "ben") as ben:
        guest.say("Where is my parcel?")
        answer(ana, guest, "Let me see.")
        ben.ask("tag_conversation", conversation=guest.chat, client_id=str(uuid4()), add=["vip"])
        expect(ana.page.get_by_role("button", name="Tags: vip")).to_be_visible(timeout=ARRIVES)


def test_a_text_that_is_marked_beyond_the_dialog_leaves_it_open(stage: Stage, ana: ConsoleScreen) -> None:
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my parcel?")
        answer(ana, guest, "Let me see.")
        ana.page.keyboard.press("t")
        note = ana.page.get_by_role("textbox", name="Note for whoever takes it")
        note.fill("The parcel is at the depot.")
        place = note.bounding_box()
        assert place is not None
        ana.page.mouse.move(place["x"] + 40, place["y"] + 12)
        ana.page.mouse.down()
        ana.page.mouse.move(4, 4)
        ana.page.mouse.up()
        expect(note).to_have_value("The parcel is at the depot.")
        ana.page.mouse.click(4, 4)
        expect(ana.page.get_by_role("dialog")).to_be_hidden()


def test_many_chats_are_chosen_by_key_and_tagged_and_that_is_taken_back(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 3) as people:
        for guest in people:
            guest.say("Storm?")
            expect(row_of(ana.page, guest)).to_be_visible(timeout=ARRIVES)
        view(ana.page, "Mine")
        rows = ana.page.get_by_role("list", name="Mine").locator(".row")
        expect(rows).to_have_count(3, timeout=ARRIVES)
        stand_above_the_team(ana.page, rows)
        rows.first.focus()
        ana.page.keyboard.press("x")
        ana.page.keyboard.press("Shift+ArrowDown")
        expect(ana.page.get_by_text("2 chosen")).to_be_visible()
        ana.page.get_by_role("button", name="Tag…", exact=True).click()
        ana.page.get_by_role("textbox", name="Tag").fill("storm")
        ana.page.get_by_role("dialog").get_by_role("button", name="Tag", exact=True).click()
        expect(ana.page.locator(".many-count", has_text="2 tagged.")).to_be_visible(timeout=ARRIVES)
        expect(
            ana.page.get_by_role("list", name="Mine").locator(".row-tags", has_text="storm")
        ).to_have_count(2, timeout=ARRIVES)
        ana.page.get_by_role("button", name="Undo").click()
        expect(ana.page.locator(".many-count", has_text="tag taken from 2.")).to_be_visible(timeout=ARRIVES)
        expect(
            ana.page.get_by_role("list", name="Mine").locator(".row-tags", has_text="storm")
        ).to_have_count(0, timeout=ARRIVES)


def test_a_filter_is_made_kept_and_there_after_a_reload(stage: Stage, ana: ConsoleScreen) -> None:
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("Where is my parcel?")
        second.say("Mine, too?")
        answer(ana, first, "Let me see.")
        expect(row_of(ana.page, second)).to_be_visible(timeout=ARRIVES)
        ana.page.keyboard.press("#")
        ana.page.get_by_role("textbox", name="Add a tag").fill("late")
        ana.page.keyboard.press("Enter")
        expect(ana.page.get_by_role("button", name="Take off late")).to_be_visible(timeout=ARRIVES)
        ana.page.keyboard.press("Escape")
        view(ana.page, "Filter…")
        dialog = ana.page.get_by_role("dialog")
        dialog.get_by_label("Field").select_option("tag")
        dialog.get_by_label("Value").select_option("late")
        name = dialog.get_by_role("textbox", name="Name")
        name.fill("Late ones")
        name.press("Enter")
        found = ana.page.get_by_role("list", name="Late ones")
        expect(found.locator(".row")).to_have_count(1, timeout=ARRIVES)
        expect(found).to_contain_text(first.name)
        ana.page.reload()
        view(ana.page, "Late ones")
        expect(found).to_contain_text(first.name, timeout=ARRIVES)
        ana.page.get_by_role("button", name="Edit filter…").click()
        dialog.get_by_role("button", name="Delete").click()
        dialog.get_by_role("button", name="Really delete it?").click()
        chips = ana.page.get_by_role("toolbar", name="Views")
        expect(chips.get_by_role("button", name="Late ones")).to_be_hidden(timeout=ARRIVES)
        expect(chips.get_by_role("button", name="Inbox")).to_have_attribute("aria-pressed", "true")


def test_what_is_done_with_many_goes_on_after_a_reload(stage: Stage, ana: ConsoleScreen) -> None:
    with guests(stage.served, stage.key, 2) as people:
        for guest in people:
            guest.say("Storm?")
        view(ana.page, "Mine")
        expect(ana.page.get_by_role("list", name="Mine").locator(".row")).to_have_count(2, timeout=ARRIVES)
        ana.page.evaluate(NEVER_SENT, "change_conversations")
        ana.page.get_by_role("checkbox", name="Choose all that are shown").click()
        ana.page.get_by_role("button", name="Tag…", exact=True).click()
        ana.page.get_by_role("textbox", name="Tag").fill("storm")
        ana.page.get_by_role("dialog").get_by_role("button", name="Tag", exact=True).click()
        expect(ana.page.get_by_text("0 of 2")).to_be_visible()
        view(ana.page, "Inbox")
        expect(ana.page.get_by_text("0 of 2")).to_be_visible()
        ana.page.reload()
        expect(ana.page.locator(".many-count", has_text="2 tagged.")).to_be_visible(timeout=ARRIVES)
        ana.page.get_by_role("button", name="Undo").click()
        expect(ana.page.locator(".many-count", has_text="tag taken from 2.")).to_be_visible(timeout=ARRIVES)


def test_a_shared_filter_that_is_deleted_while_it_is_open_says_so_and_leads_back(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen, axe: Axe
) -> None:
    widen_house_in(stage.served.database_url, "automatic")
    sue = ConsoleScreen(open_browser("sue"), stage.served.url, "sue")
    view(sue.page, "Filter…")
    sue.page.get_by_role("textbox", name="Name").fill("Late ones")
    sue.page.get_by_role("checkbox", name="Share it with the team").check()
    sue.page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(sue.page.get_by_role("dialog")).to_be_hidden(timeout=ARRIVES)
    ana.page.reload()
    view(ana.page, "Late ones")
    expect(ana.page.get_by_text("No chat matches.")).to_be_visible(timeout=ARRIVES)
    ana.page.get_by_role("button", name="Edit filter…").click()
    dialog = ana.page.get_by_role("dialog", name="Filter chats")
    expect(dialog.get_by_role("button", name="Delete")).to_have_count(0)
    expect(dialog.get_by_role("checkbox", name="Share it with the team")).to_have_count(0)
    ana.page.keyboard.press("Escape")
    sue.page.get_by_role("button", name="Edit filter…").click()
    sue.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    sue.page.get_by_role("dialog").get_by_role("button", name="Delete it for the whole team?").click()
    expect(sue.page.get_by_role("dialog")).to_be_hidden(timeout=ARRIVES)
    ana.page.get_by_role("button", name="Read the list anew").click()
    expect(ana.page.get_by_text("This filter is not there any more")).to_be_visible(timeout=ARRIVES)
    axe.look(ana.page, "a filter that is gone", widths=(390, 1280))
    ana.page.get_by_role("button", name="Back to the inbox").click()
    chips = ana.page.get_by_role("toolbar", name="Views")
    expect(chips.get_by_role("button", name="Inbox")).to_have_attribute("aria-pressed", "true")
    expect(chips.get_by_role("button", name="Inbox")).to_be_focused()
    expect(chips.get_by_role("button", name="Late ones")).to_have_count(0)
    assert axe.found == []


def test_what_becomes_of_a_colleagues_chat_shows_in_the_team_view_and_among_the_closed(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    with guests(stage.served, stage.key, 1) as (guest,), colleague(stage.served, "ben") as ben:
        ben.ask("set_status", status="online")
        guest.say("Is anybody there?")
        view(ana.page, "Team")
        row = row_of(ana.page, guest, "Team")
        expect(row).to_contain_text("waits", timeout=ARRIVES)
        expect(row).to_contain_text("Ben Costa")
        ben.ask("post_message", conversation=guest.chat, client_id=str(uuid4()), body="Here I am.")
        expect(row).to_contain_text("Here I am.", timeout=ARRIVES)
        expect(row).not_to_contain_text("waits")
        expect(row).not_to_contain_text("You:")
        view(ana.page, "Closed")
        expect(ana.page.get_by_text("No chat of your queues has been closed yet.")).to_be_visible(
            timeout=ARRIVES
        )
        ben.ask("close_conversation", conversation=guest.chat, client_id=str(uuid4()))
        expect(row_of(ana.page, guest, "Closed")).to_be_visible(timeout=ARRIVES)


def test_a_view_shows_of_ones_own_chats_what_the_inbox_shows_and_is_there_after_a_reload(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("Where is my parcel?")
        row_of(ana.page, first).click(timeout=ARRIVES)
        ana.box.fill("It is on")
        second.say("Mine, too?")
        row_of(ana.page, second).click(timeout=ARRIVES)
        second.say("Hello?")
        view(ana.page, "Mine")
        mine = row_of(ana.page, first, "Mine")
        expect(mine).to_contain_text("Draft It is on", timeout=ARRIVES)
        expect(mine.locator(".waiting")).to_contain_text("first reply")
        ana.page.reload()
        expect(mine).to_contain_text("Draft It is on", timeout=ARRIVES)
        first.say("Are you there?")
        expect(mine.locator(".badge")).to_have_text("1", timeout=ARRIVES)
        chips = ana.page.get_by_role("toolbar", name="Views")
        expect(chips.get_by_role("button", name="Mine")).to_have_attribute("aria-pressed", "true")
        view(ana.page, "Inbox")
        ana.page.reload()
        expect(row_of(ana.page, first)).to_be_visible(timeout=ARRIVES)


def test_axe_finds_nothing_in_views_and_their_dialogs(stage: Stage, ana: ConsoleScreen, axe: Axe) -> None:
    both = (1280, 390)
    view(ana.page, "Snoozed")
    expect(ana.page.get_by_text("Nothing is put aside.")).to_be_visible(timeout=ARRIVES)
    axe.look(ana.page, "an empty view", widths=both)
    view(ana.page, "Mentions")
    expect(ana.page.get_by_text("Nobody has mentioned you.")).to_be_visible()
    axe.look(ana.page, "no mentions", widths=both)
    with guests(stage.served, stage.key, 2) as people:
        for guest in people:
            guest.say("Where is my parcel?")
        view(ana.page, "Mine")
        rows = ana.page.get_by_role("list", name="Mine").locator(".row")
        expect(rows).to_have_count(2, timeout=ARRIVES)
        axe.look(ana.page, "a view", widths=both)
        ana.page.get_by_role("checkbox", name="Choose all that are shown").click()
        axe.look(ana.page, "chosen chats", widths=both)
        for deed in ("Tag…", "Snooze…", "Close…", "Hand over…"):
            ana.page.get_by_role("button", name=deed, exact=True).click()
            axe.look(ana.page, f"many: {deed}", widths=both)
            ana.page.keyboard.press("Escape")
        view(ana.page, "Filter…")
        ana.page.get_by_label("Advanced").click()
        ana.page.get_by_role("button", name="Add a group").click()
        axe.look(ana.page, "a filter", widths=both)
        ana.page.keyboard.press("Escape")
        ana.page.set_viewport_size({"width": 1280, "height": 720})
        rows.first.click()
        ana.page.get_by_role("button", name="Tags").first.click()
        axe.look(ana.page, "tags", widths=both)
    assert not axe.found, "\n".join(axe.found)
