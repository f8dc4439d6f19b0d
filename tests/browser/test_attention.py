"""What asks for an agent's attention: it rings, it is told beside the page, and it leaves them in peace."""

import json
import re
import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.browser.test_everybody import settings
from tests.services.house import PASSWORD
from tests.services.open_house import widen_house_in

COUNT_TONES = """globalThis.tones = 0;
const make = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () { globalThis.tones += 1; return make.call(this); };"""
LOOKS_ELSEWHERE = """elsewhere => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => elsewhere });
  Object.defineProperty(document, "hasFocus", { configurable: true, value: () => !elsewhere });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
A_MINUTE_PASSES = "() => { const now = Date.now; Date.now = () => now() + 61_000; }"
# To whom Playwright looks like somebody who clicks.
NEVER_TOUCHED = "Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false } });"
A_PUSH_SERVICE = """PushManager.prototype.subscribe = async () => ({
  endpoint: "https://push.example/send/abc",
  toJSON: () => ({ endpoint: "https://push.example/send/abc", keys: {
    p256dh: "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
    auth: "tBHItJI5svbpez7KI4CCXg" } }),
  unsubscribe: async () => true,
});"""


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    """Online, in a queue whose chats are taken by hand."""
    widen_house_in(stage.served.database_url, "manual")
    context = open_browser("ana")
    context.add_init_script(COUNT_TONES)
    screen = ConsoleScreen(context, stage.served.url, "ana")
    screen.become("Online")
    return screen


def rings_at_once(stage: Stage, open_browser: OpenBrowser) -> Page:
    """The manager sets the queue's first step to no seconds at all."""
    page = settings(stage, open_browser)
    page.get_by_role("link", name="Queue Questions").click()
    page.get_by_role("link", name="When a chat waits too long").click()
    step = page.get_by_role("group", name="Step 1")
    step.get_by_label("After").fill("0")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. It holds")).to_be_visible(timeout=ARRIVES)
    return page


def tones(page: Page) -> int:
    heard: int = page.evaluate("globalThis.tones")
    return heard


def until_more_than(page: Page, count: int) -> None:
    until = time.monotonic() + ARRIVES / 1000
    while (
        tones(page) <= count and time.monotonic() < until
    ):  # the page's policy lets no predicate be waited for
        page.wait_for_timeout(50)
    assert tones(page) > count


def dialog_of(screen: ConsoleScreen) -> Any:
    """Sounds and notices, opened by the palette."""
    screen.page.keyboard.press("Control+k")
    screen.page.get_by_role("combobox", name="What do you want to do?").fill("sounds and notices")
    screen.page.keyboard.press("Enter")
    dialog = screen.page.get_by_role("dialog", name="Sounds and notices")
    expect(dialog.get_by_role("group", name="Tell me of")).to_be_visible(timeout=ARRIVES)
    return dialog


def rings(screen: ConsoleScreen) -> Any:
    return screen.page.get_by_role("complementary", name="Attention").get_by_role("alert")


def test_a_chat_that_nobody_takes_rings_again_and_again_until_it_is_taken(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen
) -> None:
    rings_at_once(stage, open_browser)
    with guests(stage.served, stage.key, 2) as (guest, other):
        guest.say("Where is my teapot?")
        expect(rings(ana)).to_contain_text(f"{guest.name} waits, and nobody takes the chat.", timeout=ARRIVES)
        until_more_than(ana.page, 0)
        until_more_than(ana.page, tones(ana.page))
        rings(ana).get_by_role("button", name="Silence").click()
        expect(rings(ana)).to_be_empty()
        other.say("Hello?")
        expect(rings(ana)).to_contain_text(f"{other.name} waits, and nobody takes", timeout=ARRIVES)
        ana.page.reload()
        expect(rings(ana)).to_contain_text(f"{other.name} waits, and nobody takes", timeout=ARRIVES)
        again = ana.page.context.new_page()
        again.goto(ana.page.url)
        in_the_other_tab = again.get_by_role("complementary", name="Attention").get_by_role("alert")
        expect(in_the_other_tab).to_contain_text(f"{other.name} waits, and nobody takes", timeout=ARRIVES)
        rings(ana).get_by_role("button", name="Open the chat").click()
        expect(ana.page.get_by_role("heading", name=other.name)).to_be_visible(timeout=ARRIVES)
        for each in (rings(ana), in_the_other_tab):
            expect(each).to_be_empty()


def test_on_a_break_nothing_rings_and_it_does_again_afterwards(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen
) -> None:
    rings_at_once(stage, open_browser)
    with guests(stage.served, stage.key, 2) as (guest, other):
        guest.say("Where is my teapot?")
        expect(rings(ana)).to_contain_text(guest.name, timeout=ARRIVES)
        ana.become("Away")
        expect(rings(ana)).to_be_empty(timeout=ARRIVES)
        before = tones(ana.page)
        other.say("And mine?")
        waits = ana.page.get_by_role("list", name="Queue").get_by_role("button", name=other.name)
        expect(waits).to_be_visible(timeout=ARRIVES)
        assert tones(ana.page) == before
        ana.become("Online")
        expect(rings(ana)).to_contain_text("2 chats wait", timeout=ARRIVES)


def test_unread_chats_stand_on_the_tab_and_its_icon_and_messages_sound(
    stage: Stage, ana: ConsoleScreen
) -> None:
    icon = ana.page.locator("link[rel=icon]")
    with guests(stage.served, stage.key, 1) as (guest,):
        take(ana, guest)
        ana.page.evaluate(LOOKS_ELSEWHERE, True)
        before = tones(ana.page)
        guest.say("It is blue.")
        expect(ana.page).to_have_title(re.compile(r"^\(\d\)"), timeout=ARRIVES)
        expect(icon).to_have_attribute("href", re.compile("^data:image/png"))
        until_more_than(ana.page, before)
        ana.page.evaluate(LOOKS_ELSEWHERE, False)
        expect(ana.page).to_have_title(re.compile("^Console"), timeout=ARRIVES)
        expect(icon).to_have_attribute("href", re.compile("icon.*svg$"))


def take(screen: ConsoleScreen, guest: Guest) -> None:
    guest.say("Where is my teapot?")
    screen.page.get_by_role("list", name="Queue").get_by_role("button", name=guest.name).click(
        timeout=ARRIVES
    )
    screen.page.get_by_role("button", name="Accept").first.click()
    expect(screen.box).to_be_visible(timeout=ARRIVES)
    row = screen.page.get_by_role("list", name="My chats").get_by_role("button", name=guest.name)
    expect(row).to_be_visible(timeout=ARRIVES)


def test_whoever_comes_back_reads_once_what_happened_meanwhile(
    stage: Stage, ana: ConsoleScreen, axe: Axe
) -> None:
    with guests(stage.served, stage.key, 2) as (guest, other):
        for each in (guest, other):
            take(ana, each)
        ana.page.evaluate(LOOKS_ELSEWHERE, True)
        guest.say("It is blue.").say("And old.")
        other.say("Never mind.").end()
        rows = ana.page.get_by_role("list", name="My chats").get_by_role("button", name=guest.name)
        expect(rows).to_contain_text("2 unread", timeout=ARRIVES)
        closed = ana.page.get_by_role("list", name="Closed lately")
        expect(closed.get_by_role("button", name=other.name)).to_be_visible(timeout=ARRIVES)
        ana.page.evaluate(A_MINUTE_PASSES)
        ana.page.evaluate(LOOKS_ELSEWHERE, False)
        expect(
            ana.page.get_by_text("While you were away: 2 new messages in 1 chat, 1 chat closed.")
        ).to_be_visible(timeout=ARRIVES)
        axe.look(ana.page, "what happened meanwhile", widths=(1280, 390))
    assert not axe.found, "\n".join(axe.found)


def test_quiet_hours_hold_in_every_browser_of_an_agent_and_silence_what_would_sound(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen
) -> None:
    dialog = dialog_of(ana)
    dialog.get_by_label("From – to").fill("night")
    dialog.get_by_label("From – to").press("Tab")
    expect(dialog.get_by_text("Write times from – to")).to_be_visible()
    dialog.get_by_label("From – to").fill("0-12, 12-24")
    dialog.get_by_label("From – to").press("Tab")
    expect(dialog.get_by_label("Time zone")).to_be_visible(timeout=ARRIVES)
    with ana.page.expect_response(lambda answer: answer.request.method == "PATCH"):
        dialog.get_by_role("radio", name="Whatever I may see").check()
    elsewhere = ConsoleScreen(open_browser("ana again"), stage.served.url, "ana")
    expect(elsewhere.page.get_by_role("button", name="Status")).to_be_visible(timeout=ARRIVES)
    again = dialog_of(elsewhere)
    expect(again.get_by_label("From – to")).to_have_value("00:00–12:00, 12:00–24:00")
    expect(again.get_by_role("radio", name="Whatever I may see")).to_be_checked(timeout=ARRIVES)
    ana.page.keyboard.press("Escape")
    with guests(stage.served, stage.key, 1) as (guest,):
        before = tones(ana.page)
        take(ana, guest)
        assert tones(ana.page) == before


def test_until_somebody_clicks_a_line_says_that_nothing_sounds(stage: Stage, ana: ConsoleScreen) -> None:
    page = ana.page.context.new_page()
    page.add_init_script(NEVER_TOUCHED)
    asleep = page.get_by_text("Sounds are off until you click or press a key.")
    page.goto(f"{stage.served.url}/console/")
    expect(asleep).to_be_visible(timeout=ARRIVES)
    button = page.get_by_role("button", name="Enable sound").bounding_box()
    assert button is not None
    page.mouse.click(button["x"] + 5, button["y"] + 5)  # the line may be gone before the button is let go
    expect(asleep).to_be_hidden(timeout=ARRIVES)


def pushed_to(context: BrowserContext, page: Page, data: dict[str, str]) -> None:
    """As the push service would, to the worker of this browser."""
    devtools = context.new_cdp_session(page)
    known: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda news: known.extend(each["registrationId"] for each in news["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    until = time.monotonic() + 10
    while not known and time.monotonic() < until:
        page.wait_for_timeout(50)
    origin = page.evaluate("location.origin")
    told = {"origin": origin, "registrationId": known[0], "data": json.dumps(data)}
    devtools.send("ServiceWorker.deliverPushMessage", told)


SHOWN = """async () => (await (await navigator.serviceWorker.getRegistration("/console/")).getNotifications())
  .map(({ title, body, data }) => [title, body, data.chat])"""


def test_a_browser_that_was_asked_shows_what_is_pushed_while_no_console_is_looked_at(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen
) -> None:
    context = ana.page.context
    context.grant_permissions(["notifications"], origin=stage.served.url)
    context.add_init_script(A_PUSH_SERVICE)
    ana.page.reload()
    dialog = dialog_of(ana)
    toggle = dialog.get_by_role("checkbox", name="Push to this browser")
    toggle.check()
    expect(dialog.get_by_role("button", name="Send a test")).to_be_visible(timeout=ARRIVES)
    dialog.get_by_role("button", name="Send a test").click()
    expect(dialog.get_by_text("On its way.")).to_be_visible(timeout=ARRIVES)
    pushed_to(context, ana.page, {"title": "A chat waits", "body": "In Questions", "chat": "abc"})
    pushed_to(context, ana.page, {"title": "A test of Support Chat", "body": "So it looks."})
    until = time.monotonic() + ARRIVES / 1000
    while not ana.page.evaluate(SHOWN) and time.monotonic() < until:
        ana.page.wait_for_timeout(50)
    only_the_test = [["A test of Support Chat", "So it looks.", ""]]
    assert ana.page.evaluate(SHOWN) == only_the_test, "the console is before their eyes"


def test_the_link_of_an_alert_leads_to_the_chat_through_the_sign_in(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        page = open_browser("ben").pages[0]
        page.goto(f"{stage.served.url}/console/#{guest.chat}")
        page.get_by_label("Name").fill("ben")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name=guest.name)).to_be_visible(timeout=ARRIVES)


def test_axe_finds_nothing_in_the_dialog_what_rings_and_the_managers_page(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen, axe: Axe
) -> None:
    page = rings_at_once(stage, open_browser)
    axe.look(page, "alerts", widths=(390, 1280))
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        expect(rings(ana)).to_contain_text(guest.name, timeout=ARRIVES)
        axe.look(ana.page, "rings", widths=(390, 1280))
    dialog_of(ana)
    axe.look(ana.page, "sounds and notices", widths=(390, 1280))
    assert not axe.found, "\n".join(axe.found)
