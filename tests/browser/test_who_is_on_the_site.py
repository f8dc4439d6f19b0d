"""An agent sees who opened the chat, and invites one; the visitor answers, another says no."""

from playwright.sync_api import Locator, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.services.open_house import speak_first_in

RULE = {"words": "Questions about doors?", "path": "/doors*", "after": 600, "when": "always"}


def sees_the_list(stage: Stage, open_browser: OpenBrowser) -> tuple[ConsoleScreen, Locator]:
    """Ana, online, with the list open, on a site that speaks first."""
    speak_first_in(stage.served.database_url, RULE)
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    ana.page.get_by_role("button", name="On the site…").click()
    return ana, ana.page.get_by_role("dialog", name="On the site")


def test_who_opened_the_chat_is_listed_at_once_and_who_saw_the_launcher_alone_is_not(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    _, there = sees_the_list(stage, open_browser)
    expect(there).to_contain_text("Nobody right now", timeout=ARRIVES)
    launcher_alone = VisitorScreen(open_browser("max"), f"{stage.host.origin}/tea")
    expect(launcher_alone.page.get_by_role("button", name="Open chat")).to_be_visible(timeout=ARRIVES)
    vera = VisitorScreen(open_browser("vera", timezone_id="Asia/Tokyo"), f"{stage.host.origin}/doors")
    vera.open_chat()
    row = there.get_by_role("list", name="Visitors on the site").get_by_role("listitem")
    expect(row).to_have_count(1, timeout=ARRIVES)
    for fact in ("/doors", "Asia/Tokyo", "Computer, Chrome", "No chat before"):
        expect(row).to_contain_text(fact, timeout=ARRIVES)
    vera.page.close()
    expect(there).to_contain_text("Nobody right now", timeout=ARRIVES)


def test_an_agent_invites_who_opened_the_chat_and_their_first_message_answers(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    ana, there = sees_the_list(stage, open_browser)
    vera = VisitorScreen(open_browser("vera"), f"{stage.host.origin}/doors")
    vera.open_chat()
    vera.box.fill("I write")
    there.get_by_role("button", name="Invite").click(timeout=ARRIVES)
    expect(there.get_by_role("textbox", name="What they read")).to_have_value("Questions about doors?")
    axe.look(ana.page, "inviting a visitor", widths=(1280, 390))
    there.get_by_role("button", name="Send the invitation").click()
    own = there.get_by_role("region", name="Invited by you")
    expect(own).to_contain_text("Invited", timeout=ARRIVES)
    asked = vera.panel.get_by_role("region", name="Invitation")
    expect(asked).to_contain_text("Ana: Questions about doors?", timeout=ARRIVES)
    assert vera.box.input_value() == "I write"
    expect(vera.box).to_be_focused()
    axe.look(vera.page, "invited", widths=(1280, 390), frame=vera.page.frames[-1])
    axe.look(ana.page, "who was invited", widths=(1280, 390))
    asked.get_by_role("button", name="Write").click()
    expect(asked).to_have_count(0)
    expect(vera.box).to_be_focused()
    vera.write("Are there blue ones?")
    expect(own).to_contain_text("Answered", timeout=ARRIVES)
    there.get_by_role("button", name="Open the chat with").click(timeout=ARRIVES)
    ana.sees("Are there blue ones?")
    ana.sees("Ana Costa had invited them: “Questions about doors?”")
    assert not axe.found, "\n".join(axe.found)


def test_no_thanks_puts_the_invitation_away_for_good(stage: Stage, open_browser: OpenBrowser) -> None:
    speak_first_in(stage.served.database_url, RULE)
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), f"{stage.host.origin}/doors")
    vera.open_chat()
    ana.page.keyboard.press("Control+k")
    ana.page.get_by_role("combobox", name="What do you want to do?").fill("on the site")
    ana.page.keyboard.press("Enter")
    there = ana.page.get_by_role("dialog", name="On the site")
    there.get_by_role("button", name="Invite").click(timeout=ARRIVES)
    there.get_by_role("textbox", name="What they read").fill("May I help?")
    there.get_by_role("button", name="Send the invitation").click()
    asked = vera.panel.get_by_role("region", name="Invitation")
    asked.get_by_role("button", name="No thanks").click(timeout=ARRIVES)
    expect(asked).to_have_count(0)
    expect(there.get_by_role("region", name="Invited by you")).to_contain_text(
        "Said no thanks", timeout=ARRIVES
    )
    expect(there).to_contain_text("Invited within the last day")
    vera.page.reload()
    vera.open_chat()
    expect(there).to_contain_text("1 visitor has opened the chat.", timeout=ARRIVES)
    expect(asked).to_have_count(0)


def test_an_agent_sees_from_which_website_a_visitor_came(stage: Stage, open_browser: OpenBrowser) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.page.goto(stage.host.origin, referer="https://search.example/find?q=secret")
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    pane = ana.page.get_by_role("complementary", name="Visitor")
    expect(pane).to_contain_text("Came from", timeout=ARRIVES)
    expect(pane.get_by_role("link", name="https://search.example/")).to_be_visible(timeout=ARRIVES)
    assert "secret" not in (pane.text_content() or "")
