"""What a website and its visitors may rely on: the widget in real Chromium, on a page of another origin."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.chromium import ARGS
from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.services.open_house import allow_in

WELCOME_COOKIES = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
TWO_DIRECTIVES = "default-src 'none'; script-src {chat}; frame-src {chat}"
POLICIES = [
    "",
    TWO_DIRECTIVES,
    f"{TWO_DIRECTIVES}; require-trusted-types-for 'script'; trusted-types 'none'",
    "default-src 'none'; script-src 'nonce-once' 'strict-dynamic'; frame-src {chat}",
]
COUNT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => (window.violations ??= []).push(event.blockedURI))
"""

SWAP_BODY = """() => {
    const { src, dataset } = document.querySelector("script[data-site]");
    const again = Object.assign(document.createElement("script"), { src });
    again.dataset.site = dataset.site;
    const body = document.createElement("body");
    body.append(again);
    document.body.replaceWith(body);
}"""


@pytest.fixture
def vera(stage: Stage, open_browser: OpenBrowser) -> VisitorScreen:
    """Vera on the shop's page."""
    return VisitorScreen(open_browser("vera"), stage.host.origin)


@pytest.fixture
def lenient(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser that takes third-party cookies; storage is apart for each website all the same."""
    profile = tmp_path / "lenient"
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(WELCOME_COOKIES))
    context = playwright.chromium.launch_persistent_context(profile, executable_path=chromium, args=ARGS)
    yield context
    context.close()


def launcher(page: Page, name: str = "Open chat") -> None:
    expect(page.get_by_role("button", name=name)).to_be_visible(timeout=ARRIVES)


def test_before_the_first_click_there_is_one_script_and_nothing_else(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    context = open_browser("vera")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    vera = VisitorScreen(context, stage.host.origin)
    vera.page.on("websocket", lambda socket: asked.append(socket.url))
    launcher(vera.page)
    vera.page.get_by_role("button", name="Open chat").hover()
    vera.page.wait_for_timeout(500)
    assert [url for url in asked if not url.startswith(stage.host.origin)] == [f"{stage.cable.url}/widget.js"]
    assert len(vera.page.frames) == 1
    assert vera.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_websites_with_no_policy_and_with_the_strictest_need_two_directives_at_most(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    context = open_browser("vera")
    context.add_init_script(COUNT_VIOLATIONS)
    for number, policy in enumerate(POLICIES):
        stage.host.embed(stage.cable.url, stage.key, policy.format(chat=stage.cable.url))
        vera = VisitorScreen(context, stage.host.origin)
        vera.open_chat()
        vera.write(f"Good morning {number}")
        vera.sees(f"Good morning {number}")
        expect(vera.panel.get_by_text("Sent", exact=True)).to_be_visible(timeout=ARRIVES)
        assert vera.page.evaluate("window.violations ?? []") == [], policy


def test_a_snippet_that_runs_again_changes_nothing_and_a_swapped_body_keeps_the_chat(
    vera: VisitorScreen,
) -> None:
    vera.open_chat()
    vera.box.fill("half a thought")
    vera.page.evaluate(SWAP_BODY)
    vera.page.wait_for_timeout(500)
    assert vera.page.locator("support-chat").count() == 1
    expect(vera.box).to_have_value("half a thought")


def test_a_website_that_is_not_on_the_list_reads_why_and_can_close_it_again(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    page = open_browser("eve").new_page()
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(stage.host.origin.replace("localhost", "127.0.0.1"))
    page.get_by_role("button", name="Open chat").click()
    panel = page.frame_locator("support-chat iframe")
    expect(panel.get_by_text("The chat is not available on this page")).to_be_visible(timeout=ARRIVES)
    page.get_by_role("button", name="Minimise chat").click()
    launcher(page)


def test_escape_and_the_chevron_minimise_and_give_the_focus_back(vera: VisitorScreen) -> None:
    vera.open_chat()
    expect(vera.box).to_be_focused(timeout=ARRIVES)
    vera.page.keyboard.press("Escape")
    expect(vera.page.get_by_role("button", name="Open chat")).to_be_focused()
    vera.page.keyboard.press("Enter")
    expect(vera.box).to_be_focused(timeout=ARRIVES)
    vera.panel.get_by_role("button", name="Minimise chat").click()
    expect(vera.page.get_by_role("button", name="Open chat")).to_be_focused()


def test_a_reload_keeps_the_chat_and_what_was_being_written(vera: VisitorScreen) -> None:
    vera.open_chat()
    vera.write("Do you have blue doors?")
    expect(vera.panel.get_by_text("Sent", exact=True)).to_be_visible(timeout=ARRIVES)
    vera.box.fill("And red")
    vera.page.reload()
    vera.open_chat()
    vera.sees("Do you have blue doors?")
    expect(vera.box).to_have_value("And red")


def test_another_website_with_the_same_chat_meets_another_visitor_also_where_its_cookies_are_welcome(
    stage: Stage, lenient: BrowserContext
) -> None:
    elsewhere = stage.host.origin.replace("localhost", "127.0.0.1")
    allow_in(stage.served.database_url, stage.key, elsewhere)
    vera = VisitorScreen(lenient, stage.host.origin)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    expect(vera.panel.get_by_text("Sent", exact=True)).to_be_visible(timeout=ARRIVES)
    other = VisitorScreen(lenient, elsewhere, lenient.new_page())
    other.open_chat()
    other.sees("How can we help?")
    vera.page.reload()
    vera.open_chat()
    vera.sees("Do you have blue doors?")


def test_new_messages_are_counted_on_the_launcher_also_on_the_next_page(
    stage: Stage, vera: VisitorScreen, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    vera.panel.get_by_role("button", name="Minimise chat").click()
    ana.reply("We do.")
    launcher(vera.page, "Open chat, 1 new message")
    vera.page.goto(f"{stage.host.origin}/doors")
    launcher(vera.page, "Open chat, 1 new message")
    vera.open_chat()
    vera.sees("We do.")


def test_who_ends_the_chat_reads_how_to_go_on_and_goes_on_by_writing(vera: VisitorScreen) -> None:
    vera.open_chat()
    vera.write("Never mind")
    vera.panel.get_by_role("button", name="End chat").click(timeout=ARRIVES)
    vera.sees("You ended the chat. Continue by writing.")
    vera.write("Or perhaps")
    vera.sees("The chat goes on")
    vera.sees("Or perhaps")


def test_a_message_is_changed_by_keys_and_escape_leaves_it_and_the_panel_as_they_are(
    vera: VisitorScreen,
) -> None:
    vera.open_chat()
    vera.write("Do you have blue dors?")
    vera.has_sent_all()
    edit = vera.panel.get_by_role("button", name="Edit")
    edit.click(timeout=ARRIVES)
    vera.page.keyboard.type("No, wait")
    vera.page.keyboard.press("Escape")
    vera.shows_exactly(["Do you have blue dors?"])
    expect(vera.box).to_be_visible()
    edit.click()
    vera.page.keyboard.press("ControlOrMeta+a")
    vera.page.keyboard.type("Do you have blue doors?")
    vera.page.keyboard.press("Enter")
    vera.sees("Do you have blue doors?")
    launcher(vera.page, "Minimise chat")


def test_a_lost_network_is_told_after_two_seconds_and_what_was_written_goes_out_once(
    stage: Stage, vera: VisitorScreen
) -> None:
    vera.open_chat()
    vera.write("one")
    expect(vera.panel.get_by_text("Sent", exact=True)).to_be_visible(timeout=ARRIVES)
    stage.cable.cut()
    vera.page.context.set_offline(True)
    notice = vera.panel.get_by_role("status").filter(has_text="No connection")
    for words in ("two", "three"):
        vera.write(words)
    expect(notice).to_be_visible(timeout=ARRIVES)
    stage.cable.mend()
    vera.page.context.set_offline(False)
    expect(notice).to_be_hidden(timeout=ARRIVES)
    expect(vera.panel.get_by_text("Sent", exact=True)).to_be_visible(timeout=ARRIVES)
    vera.page.reload()
    vera.open_chat()
    vera.shows_exactly(["one", "two", "three"])


def test_a_forged_message_opens_nothing_closes_nothing_and_counts_nothing(vera: VisitorScreen) -> None:
    vera.open_chat()
    for say in ("minimise", "unread", "going-on"):
        vera.page.evaluate("(say) => postMessage({supportChat: 1, say, count: 7, on: true}, '*')", say)
    vera.page.wait_for_timeout(300)
    launcher(vera.page, "Minimise chat")
    assert vera.page.evaluate("localStorage.length") == 0


def test_destroy_takes_everything_off_the_page(vera: VisitorScreen) -> None:
    vera.open_chat()
    vera.page.evaluate("SupportChat.destroy()")
    assert vera.page.evaluate("[document.querySelectorAll('support-chat').length, typeof SupportChat]") == [
        0,
        "undefined",
    ]
