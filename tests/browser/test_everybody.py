"""Nobody is shut out: axe-core finds nothing in any state of the widget and the console, by day and by night,
on phones and on desks; and the whole story can be told without a mouse."""

from functools import partial
from typing import Final

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.browser.wire import Wire, availability
from tests.services.house import PASSWORD

PHONE_TO_DESK: Final = (320, 1280)
DESK: Final = (390, 1280)
PAUSED: Final = {"available": False, "why": "paused", "text": "We are moving house.", "mail": True}
SOON: Final = {"low": 600, "high": 1200}


def look(axe: Axe, vera: VisitorScreen, state: str) -> None:
    axe.look(vera.page, state, widths=PHONE_TO_DESK, frame=vera.page.frames[-1])


def settings(stage: Stage, open_browser: OpenBrowser, page_name: str = "") -> Page:
    """The manager's pages, signed in."""
    page = open_browser("mia").pages[0]
    page.goto(f"{stage.cable.url}/console/settings/{page_name}")
    page.get_by_label("Name").fill("mia")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def test_axe_finds_nothing_in_a_chat_from_the_launcher_to_the_rating(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    expect(vera.page.get_by_role("button", name="Open chat")).to_be_visible(timeout=ARRIVES)
    axe.look(vera.page, "launcher", widths=PHONE_TO_DESK)
    vera.open_chat()
    axe.look(vera.page, "page below an open chat", widths=(1280,))
    look(axe, vera, "welcome")
    ana.become("Online")
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    ana.reply("We do: https://shop.example/doors")
    vera.sees("We do")
    vera.write("Thank you!")
    vera.has_sent_all()
    look(axe, vera, "chat")
    vera.panel.get_by_role("button", name="More").click()
    expect(vera.panel.get_by_role("button", name="Download")).to_be_visible(timeout=ARRIVES)
    look(axe, vera, "more")
    vera.panel.get_by_role("button", name="End and forget").click()
    look(axe, vera, "sure to forget")
    vera.panel.get_by_role("button", name="More").click()
    vera.panel.get_by_role("button", name="End chat").click()
    expect(vera.panel.get_by_role("group", name="How was this chat?")).to_be_visible(timeout=ARRIVES)
    look(axe, vera, "rating")
    vera.panel.get_by_role("button", name="4 of 5").click()
    vera.sees("Thank you for your rating")
    look(axe, vera, "rated")
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_where_one_waits_leaves_a_message_or_is_refused(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    context = open_browser("vera")
    wire = Wire(context)
    wire.to_page = partial(availability, **PAUSED)
    vera = VisitorScreen(context, stage.host.origin)
    vera.open_chat()
    expect(vera.panel.get_by_role("textbox", name="Your e-mail address")).to_be_visible(timeout=ARRIVES)
    look(axe, vera, "unavailable")
    wire.to_page = partial(availability, available=True, why="open")
    wire.tell("availability_changed", available=True, why="open")
    vera.write("Do you have blue doors?")
    vera.has_sent_all()
    wire.tell("queue_moved", conversation=wire.chat, place=3, of=9, wait=SOON)
    expect(vera.panel.get_by_role("button", name="Ring me when it's my turn")).to_be_visible(timeout=ARRIVES)
    look(axe, vera, "waiting")
    wire.refuse["post_message"] = {"code": "too_fast", "message": "", "retry": False}
    vera.write("Hello?")
    expect(vera.panel.get_by_text("Not sent")).to_be_visible(timeout=ARRIVES)
    look(axe, vera, "not sent")
    stage.cable.cut()
    context.set_offline(True)
    expect(vera.panel.get_by_text("No connection")).to_be_visible(timeout=ARRIVES)
    look(axe, vera, "offline")
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_in_what_may_be_asked_or_begun_with_nor_on_pages_of_words(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    page = settings(stage, open_browser, f"sites/{stage.key}/starters/")
    page.get_by_label("The visitor’s words").first.fill("Where is my order?")
    page.get_by_label("Answer to show first").first.fill("On its way: https://shop.example/track")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible(timeout=ARRIVES)
    vera = VisitorScreen(open_browser("vera"), f"{stage.cable.url}/chat/{stage.key}/")
    expect(vera.page.get_by_role("button", name="Where is my order?")).to_be_visible(timeout=ARRIVES)
    axe.look(vera.page, "starters", widths=PHONE_TO_DESK)
    vera.page.get_by_role("button", name="Where is my order?").click()
    axe.look(vera.page, "answer of a starter", widths=PHONE_TO_DESK)
    vera.page.goto(f"{stage.cable.url}/chat/nobody/")
    axe.look(vera.page, "refused", widths=PHONE_TO_DESK)
    assert not axe.found, "\n".join(axe.found)


def test_axe_finds_nothing_in_the_console(stage: Stage, open_browser: OpenBrowser, axe: Axe) -> None:
    page = open_browser("ben").pages[0]
    page.goto(f"{stage.served.url}/console/")
    axe.look(page, "sign in", widths=DESK)
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    expect(ana.page.get_by_role("heading", level=1)).to_be_visible(timeout=ARRIVES)
    axe.look(ana.page, "nobody here", widths=DESK)
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    ana.reply("We do.")
    axe.look(ana.page, "a chat", widths=DESK)
    ana.box.press_sequentially("/")
    expect(ana.page.get_by_role("listbox", name="Canned replies")).to_be_visible(timeout=ARRIVES)
    axe.look(ana.page, "canned replies", widths=DESK)
    assert not axe.found, "\n".join(axe.found)


@pytest.mark.parametrize(
    "name", ["", "sites/{key}/looks/", "sites/{key}/starters/", "sites/{key}/first/", "sites/{key}/masking/"]
)
def test_axe_finds_nothing_on_the_managers_pages(
    stage: Stage, open_browser: OpenBrowser, axe: Axe, name: str
) -> None:
    page = settings(stage, open_browser, name.format(key=stage.key))
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=ARRIVES)
    axe.look(page, name or "overview", widths=DESK)
    assert not axe.found, "\n".join(axe.found)


# What is left of 1280 × 800 at 200 %, and of 1280 × 1024 at 400 %, in CSS pixels.
@pytest.mark.parametrize(("width", "height"), [(640, 400), (320, 256)], ids=["200 %", "400 %"])
def test_a_visitor_who_zooms_reads_and_writes_without_scrolling_sideways(
    stage: Stage, open_browser: OpenBrowser, width: int, height: int
) -> None:
    window = ViewportSize(width=width, height=height)
    vera = VisitorScreen(open_browser("vera", viewport=window), stage.host.origin)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    vera.has_sent_all()
    expect(vera.panel.get_by_text("Nobody is here right now.")).to_be_attached()  # it takes room below
    vera.panel.get_by_text("Do you have blue doors?").scroll_into_view_if_needed()
    expect(vera.panel.get_by_text("Do you have blue doors?")).to_be_in_viewport()
    read = vera.log.bounding_box()
    assert read is not None
    assert read["height"] >= height / 3
    vera.box.fill("And red ones?")
    for each in (vera.box, vera.panel.get_by_role("button", name="Send", exact=True)):
        expect(each).to_be_in_viewport(ratio=1)
    beyond = "document.documentElement.scrollWidth - innerWidth"
    assert (vera.page.evaluate(beyond), vera.page.frames[-1].evaluate(beyond)) == (0, 0)


def test_a_visitor_tells_the_whole_story_without_a_mouse(stage: Stage, open_browser: OpenBrowser) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    keys = vera.page.keyboard
    launcher = vera.page.get_by_role("button", name="Open chat")
    expect(launcher).to_be_visible(timeout=ARRIVES)
    tab_to(vera.page, "support-chat")
    keys.press("Enter")
    expect(vera.box).to_be_focused(timeout=ARRIVES)
    keys.type("Do you have blue doors?")
    keys.press("Enter")
    vera.has_sent_all()
    ana.open_first_chat()
    ana.reply("We do.")
    vera.sees("We do.")
    keys.type("Thank you!")
    keys.press("Enter")
    vera.sees("Thank you!")
    end = vera.panel.get_by_role("button", name="End chat")
    expect(end).to_be_visible(timeout=ARRIVES)
    for _ in range(12):
        if end.evaluate("node => node === document.activeElement"):
            break
        keys.press("Shift+Tab")
    expect(end).to_be_focused()
    keys.press("Enter")
    expect(vera.box).to_be_focused(timeout=ARRIVES)
    for _ in range(12):
        keys.press("Shift+Tab")
        if vera.panel.get_by_role("button", name="5 of 5").evaluate(
            "node => node === document.activeElement"
        ):
            break
    keys.press("Enter")
    vera.sees("Thank you for your rating")
    keys.press("Escape")
    expect(launcher).to_be_focused()


def tab_to(page: Page, tag: str) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.localName") == tag:
            return
    raise AssertionError(f"no key leads to {tag}")
