"""Who works here all day has it their own way: their language, their keys, their density, how they send."""

import re

from playwright.sync_api import Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import guests
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.services.house import PASSWORD


def sheet(page: Page, name: str = "Keys and looks") -> None:
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("dialog", name=name)).to_be_visible(timeout=ARRIVES)


def test_a_key_is_chosen_anew_refused_where_it_is_taken_and_the_same_in_another_browser(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    sheet(ana.page)
    ana.page.get_by_role("button", name="Write a note: key N, choose another").click()
    ana.page.keyboard.press("r")
    expect(ana.page.get_by_text("R is taken: Write a reply.")).to_be_visible()
    with ana.page.expect_response(re.compile("/api/v1/me/")) as kept:
        ana.page.keyboard.press("q")
    assert kept.value.status == 200
    expect(ana.page.get_by_role("button", name="Write a note: key Q, choose another")).to_be_visible()
    again = ConsoleScreen(open_browser("ana elsewhere"), stage.served.url, "ana")
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello")
        again.page.get_by_role("list", name="Queue").get_by_role("button").first.click(timeout=ARRIVES)
        again.sees("Hello")
        again.page.get_by_role("heading", level=2).first.click()
        again.page.keyboard.press("n")
        again.page.keyboard.press("q")
        expect(again.page.get_by_role("textbox", name="Note")).to_be_focused(timeout=ARRIVES)
        again.page.keyboard.press("Control+k")
        expect(again.page.get_by_role("option", name="Write a note")).to_contain_text("Q")
        again.page.keyboard.press("Escape")
    sheet(again.page)
    again.page.get_by_role("button", name="The usual keys again").click()
    expect(again.page.get_by_role("button", name="Write a note: key N, choose another")).to_be_visible()


def test_who_sends_by_ctrl_enter_makes_a_line_by_enter(stage: Stage, open_browser: OpenBrowser) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    sheet(ana.page)
    ana.page.get_by_role("radio", name="Ctrl Enter").check()
    ana.page.keyboard.press("Escape")
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello")
        ana.open_first_chat()
        ana.box.press_sequentially("One")
        ana.box.press("Enter")
        ana.box.press_sequentially("Two")
        expect(ana.box).to_have_value("One\nTwo")
        for _ in range(2):  # right after a change of chat the first only asks; an empty box sends nothing
            ana.box.press("Control+Enter")
        ana.shows_exactly(["One"])
        expect(ana.box).to_have_value("")
        ana.page.keyboard.press("Escape")
        ana.page.keyboard.press("e")
        expect(ana.page.get_by_role("button", name="Reopen chat")).to_be_visible(timeout=ARRIVES)


def test_compact_shows_more_and_stays_so(stage: Stage, open_browser: OpenBrowser) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello")
        row = ana.page.get_by_role("list", name="Queue").get_by_role("button").first
        expect(row).to_be_visible(timeout=ARRIVES)
        tall = row.bounding_box()
        sheet(ana.page)
        ana.page.get_by_role("radio", name="Compact").check()
        ana.page.reload()
        expect(ana.page.locator("html")).to_have_attribute("data-density", "compact")
        sheet(ana.page)
        ana.page.keyboard.press("Escape")
        flat = row.bounding_box()
        assert tall is not None
        assert flat is not None
        assert flat["height"] < tall["height"]


def test_an_agent_who_reads_german_reads_nothing_else_here(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    page = open_browser("ana", locale="de-DE").pages[0]
    page.goto(f"{stage.served.url}/console/")
    page.get_by_label("Name").fill("ana")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("button", name="Status").click()
    page.get_by_role("menuitemradio", name="Online").click()
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    page.get_by_role("list", name="Meine Chats").get_by_role("button").first.click(timeout=ARRIVES)
    box = page.get_by_role("textbox", name="Antwort")
    expect(box).to_be_visible(timeout=ARRIVES)
    box.fill("Ja.")
    page.get_by_role("button", name="Antwort senden").click()
    expect(page.get_by_text(re.compile("^(Gesendet|Gelesen)$"))).to_be_visible(timeout=ARRIVES)
    axe.look(page, "a chat in German", widths=(390, 1280))
    sheet(page, "Tasten und Aussehen")
    axe.look(page, "the sheet in German", widths=(390, 1280))
    with page.expect_navigation():
        page.get_by_label("Sprache").select_option("en")
    expect(page.get_by_role("textbox", name="Reply")).to_be_visible(timeout=ARRIVES)
    assert page.locator("html").get_attribute("lang") == "en"
    assert not axe.found, "\n".join(axe.found)
