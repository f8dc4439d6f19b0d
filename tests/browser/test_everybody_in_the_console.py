"""Nobody of the team is shut out: axe-core finds nothing in what stands around a chat, in any dialog of the
console and on the board, by day and by night, on phones and on desks."""

import re
from typing import Final
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.services.open_house import widen_house_in

WIDTHS: Final = (390, 1280)
Team = tuple[ConsoleScreen, ConsoleScreen, ConsoleScreen]


@pytest.fixture
def team(stage: Stage, open_browser: OpenBrowser) -> Team:
    """Ana behind a cable, Ben, and Sue who supervises them, online where chats are taken by hand."""
    widen_house_in(stage.served.database_url, "manual")
    ana = ConsoleScreen(open_browser("ana"), stage.cable.url, "ana")
    ben, sue = (ConsoleScreen(open_browser(name), stage.served.url, name) for name in ("ben", "sue"))
    for each in (ana, ben, sue):
        each.become("Online")
    return ana, ben, sue


def take(screen: ConsoleScreen, guest: Guest) -> None:
    """From the queue, where one is the first."""
    queue = screen.page.get_by_role("list", name="Queue")
    queue.get_by_role("button", name=guest.name).click(timeout=ARRIVES)
    screen.page.get_by_role("button", name="Accept").click(timeout=ARRIVES)
    expect(screen.box).to_be_visible(timeout=ARRIVES)


def go_to(screen: ConsoleScreen, guest: Guest) -> None:
    """By its address, as a link leads there."""
    screen.page.goto(f"{screen.page.url.split('#')[0]}#{guest.chat}")
    expect(screen.page.get_by_role("heading", name=guest.name)).to_be_visible(timeout=ARRIVES)


def dialog_of(page: Page) -> Locator:
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=ARRIVES)
    return dialog


def from_menu(page: Page, item: str) -> Locator:
    page.get_by_role("button", name="More for this chat").click()
    page.get_by_role("menuitem", name=item).click()
    return dialog_of(page)


def shut(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden(timeout=ARRIVES)


def test_axe_finds_nothing_in_the_dialogs_and_menus_of_a_chat(stage: Stage, team: Team, axe: Axe) -> None:
    ana, *_ = team
    page = ana.page
    with guests(stage.served, stage.key, 2) as (guest, other):
        guest.say("Where is my order 84318931?")
        expect(page.get_by_role("heading", name="Choose a chat")).to_be_visible(timeout=ARRIVES)
        take(ana, guest)
        other.say("Do you have teapots?")
        page.get_by_role("button", name="More for this chat").click()
        axe.look(page, "the menu of a chat", widths=WIDTHS)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        for key, name in {"z": "putting aside", "t": "transfer"}.items():
            page.keyboard.press(key)
            dialog_of(page)
            axe.look(page, name, widths=WIDTHS)
            shut(page)
        for item in ("Bring in a colleague…", "Get help now…", "Block visitor…"):
            from_menu(page, item)
            axe.look(page, item, widths=WIDTHS)
            shut(page)
        page.keyboard.press("Control+k")
        dialog_of(page)
        axe.look(page, "the palette", widths=WIDTHS)
        shut(page)
        page.get_by_role("button", name="Keys and looks").click()
        page.get_by_role("button", name="Write a note: key N, choose another").click()
        page.keyboard.press("r")
        expect(page.get_by_text("R is taken: Write a reply.")).to_be_visible()
        axe.look(page, "a key that is taken", widths=WIDTHS)
        page.keyboard.press("Escape")  # the key stays as it was
        shut(page)
        page.get_by_role("button", name="Status").click()
        axe.look(page, "the menu of the status", widths=WIDTHS)
        page.get_by_role("menuitemradio", name="Offline").click()
        dialog_of(page)
        axe.look(page, "leaving with open chats", widths=WIDTHS)
        shut(page)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_around_the_box(stage: Stage, team: Team, axe: Axe) -> None:
    ana, *_ = team
    page = ana.page
    with guests(stage.served, stage.key, 2) as (guest, other):
        guest.say("Where is my order 84318931?")
        take(ana, guest)
        other.say("Do you have teapots?")
        take(ana, other)
        page.wait_for_timeout(800)  # until Enter no longer asks
        ana.box.fill("Your order #84318931 left today.")
        ana.box.press("Enter")
        expect(page.get_by_role("group", name="This may be for another chat")).to_be_visible()
        axe.look(page, "the wrong chat", widths=WIDTHS)
        ana.box.press("Enter")
        ana.sees("left today")
        page.get_by_role("button", name="Edit", exact=True).click()
        axe.look(page, "a message being changed", widths=WIDTHS)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="More ways to send").click()
        axe.look(page, "the menu at the button", widths=WIDTHS)
        page.keyboard.press("Escape")
        ana.box.press_sequentially("@b")
        expect(page.get_by_role("listbox", name="Colleagues")).to_be_visible(timeout=ARRIVES)
        axe.look(page, "colleagues by @", widths=WIDTHS)
        ana.box.press("Enter")
        page.get_by_role("button", name="Add note").click()
        ana.sees("@Ben Costa")
        axe.look(page, "a note", widths=WIDTHS)
        page.get_by_role("tab", name="Reply").click()
        stage.cable.cut()
        ana.reply("Are you still there?")
        expect(page.get_by_text("1 message is kept")).to_be_visible(timeout=ARRIVES)
        axe.look(page, "no connection", widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_where_several_are_in_a_chat(stage: Stage, team: Team, axe: Axe) -> None:
    ana, ben, sue = team
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        take(ana, guest)
        dialog = from_menu(ana.page, "Bring in a colleague…")
        dialog.get_by_role("radio", name="Ben Costa").check()
        dialog.get_by_role("button", name="Ask them in").click()
        expect(ben.page.get_by_role("button", name="Come in")).to_be_visible(timeout=ARRIVES)
        axe.look(ben.page, "asked in", widths=WIDTHS)
        ben.page.get_by_role("button", name="Come in").click()
        expect(ana.page.get_by_role("list", name="Also looking at this chat")).to_be_visible(timeout=ARRIVES)
        ana.page.get_by_role("tab", name="Note").click()
        ana.page.get_by_role("textbox", name="Note").fill("Who packed it, @Ben Costa and @Sue Costa?")
        ana.page.get_by_role("button", name="Add note").click()
        axe.look(ana.page, "a colleague in the chat", widths=WIDTHS)
        views = sue.page.get_by_role("toolbar", name="Views")
        views.get_by_role("button", name=re.compile("^Mentions")).click()
        expect(sue.page.get_by_role("list", name="Mentions")).to_be_visible(timeout=ARRIVES)
        axe.look(sue.page, "a mention", widths=WIDTHS)
        views.get_by_role("button", name="Inbox").click()
        go_to(sue, guest)
        axe.look(sue.page, "a colleague's chat", widths=WIDTHS)
        from_menu(sue.page, "Take over…")
        axe.look(sue.page, "taking over", widths=WIDTHS)
        shut(sue.page)
        sue.page.get_by_role("tab", name="Note").click()
        sue.page.get_by_role("checkbox", name=re.compile("Whisper to Ana Costa")).check()
        sue.page.get_by_role("textbox", name="Note").fill("Stay calm.")
        axe.look(sue.page, "whispering", widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_on_the_board_and_in_its_dialogs(stage: Stage, team: Team, axe: Axe) -> None:
    sue = team[-1]
    page = sue.page
    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="Board")).to_be_visible(timeout=ARRIVES)
    axe.look(page, "a quiet board", widths=WIDTHS)
    for each in team:
        each.become("Away")
    with guests(stage.served, stage.key, 3) as people:
        for guest in people:
            guest.say("Hello")
        rows = page.get_by_role("list", name="Waiting chats").locator(".waiting-name")
        expect(rows).to_have_count(3, timeout=ARRIVES)
        expect(page.get_by_role("list", name="Alarms")).to_be_visible(timeout=ARRIVES)
        page.get_by_role("list", name="Waiting chats").get_by_text("Why?").first.click()
        expect(page.get_by_text("In this queue agents take chats themselves")).to_be_visible()
        axe.look(page, "a busy board", widths=WIDTHS)
        for key in "sfp":
            rows.last.focus()
            page.keyboard.press(key)
            dialog_of(page)
            axe.look(page, f"a dialog of the board: {key}", widths=WIDTHS)
            shut(page)
        page.get_by_role("checkbox", name=f"Choose {people[0].name}").check()
        page.get_by_role("button", name="Tell them all").click()
        dialog_of(page).get_by_role("textbox", name="Message").fill("We are slow today")
        axe.look(page, "telling them all", widths=WIDTHS)
        shut(page)
        rows.last.click()
        expect(page.get_by_role("button", name="Go to who is next")).to_be_visible(timeout=ARRIVES)
        axe.look(page, "a chat that is not next", widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_in_an_offer_and_a_chat_that_is_handed_over(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    widen_house_in(stage.served.database_url, "offer")
    ana, ben = (ConsoleScreen(open_browser(name), stage.served.url, name) for name in ("ana", "ben"))
    ana.become("Online")
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        offers = ana.page.get_by_role("region", name="Offers")
        expect(offers).to_be_visible(timeout=ARRIVES)
        axe.look(ana.page, "an offer", widths=WIDTHS)
        ana.page.keyboard.press("d")
        dialog_of(ana.page)
        axe.look(ana.page, "declining", widths=WIDTHS)
        shut(ana.page)
        ana.page.get_by_role("button", name=f"Accept {guest.name}").click()
        expect(ana.box).to_be_visible(timeout=ARRIVES)
        ben.become("Online")
        ana.page.get_by_role("button", name="Transfer").click()
        dialog_of(ana.page).get_by_role("radio", name="Ben Costa").check(timeout=ARRIVES)
        dialog_of(ana.page).get_by_role("button", name="Transfer").click()
        expect(ana.page.get_by_role("button", name="Keep it").first).to_be_visible(timeout=ARRIVES)
        axe.look(ana.page, "handing over", widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_where_two_visitors_may_be_one_person(
    mailing_stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    widen_house_in(mailing_stage.served.database_url, "manual")
    ana = ConsoleScreen(open_browser("ana"), mailing_stage.served.url, "ana")
    page = ana.page
    expect(page.get_by_role("button", name="Status")).to_be_visible(timeout=ARRIVES)
    with guests(mailing_stage.served, mailing_stage.key, 2) as people:
        for guest in people:
            guest.say("Hello")
            kept = {"client_id": str(uuid4()), "email": "robin@mail.example"}
            guest.ask("keep_place", conversation=guest.chat, **kept)
        go_to(ana, people[1])
        merge = page.get_by_role("button", name=f"{people[0].name} is the same person")
        expect(merge).to_be_visible(timeout=ARRIVES)
        axe.look(page, "perhaps the same person", widths=(1280,))
        page.set_viewport_size({"width": 390, "height": 720})
        page.get_by_role("button", name="Visitor details", exact=True).click()
        expect(merge).to_be_visible()
        axe.look(page, "perhaps the same person", widths=(390,))
        merge.click()
        undo = page.get_by_role("button", name=f"{people[0].name} is somebody else after all")
        expect(undo).to_be_visible(timeout=ARRIVES)
        axe.look(page, "the same person", widths=WIDTHS)
    assert not axe.found, "\n".join(axe.found)
