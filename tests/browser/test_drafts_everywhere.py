"""What an agent has begun is there wherever they go on."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage


def opens(screen: ConsoleScreen, guest: Guest) -> None:
    chats = screen.page.get_by_role("list", name="My chats")
    chats.get_by_role("button", name=guest.name).click(timeout=ARRIVES)
    expect(screen.page.get_by_role("heading", name=guest.name)).to_be_visible()


def test_a_draft_is_on_the_other_device_follows_there_and_goes_when_it_is_sent(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    desk = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    desk.become("Online")
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("Where is my teapot?")
        second.say("Me too")
        opens(desk, first)
        desk.box.fill("Dear Vera, it")
        desk.page.get_by_role("tab", name="Note").click()
        desk.page.get_by_role("textbox", name="Note").fill("She asked before")
        opens(desk, second)
        laptop = ConsoleScreen(open_browser("laptop"), stage.served.url, "ana")
        row = laptop.page.get_by_role("list", name="My chats").get_by_role("button", name=first.name)
        expect(row).to_contain_text("Draft", timeout=ARRIVES)
        opens(laptop, first)
        expect(laptop.box).to_have_value("Dear Vera, it")
        laptop.page.get_by_role("tab", name="Note").click()
        expect(laptop.page.get_by_role("textbox", name="Note")).to_have_value("She asked before")
        laptop.page.get_by_role("tab", name="Reply").click()
        laptop.box.fill("Dear Vera, it left today")
        opens(desk, first)
        desk.page.get_by_role("tab", name="Reply").click()
        expect(desk.box).to_have_value("Dear Vera, it left today", timeout=ARRIVES)
        laptop.send()
        laptop.sees("Dear Vera, it left today")
        expect(desk.box).to_have_value("", timeout=ARRIVES)
        laptop.page.reload()
        laptop.sees("Dear Vera, it left today")
        expect(laptop.box).to_have_value("")
