"""The timeline and the composer by themselves, in real Chromium, under the panel's own strict policy."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

ROOT = Path(__file__).parents[2]
ORIGIN = "http://parts.localhost"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
TYPES = {".js": "text/javascript", ".css": "text/css"}

PAGE = """<!doctype html><html lang="en"><title>Parts</title>
<link rel="stylesheet" href="/static/support_chat/chat.css">
<link rel="stylesheet" href="/box.css"><main id="app"></main><script type="module" src="/parts.js"></script></html>"""
BOX = "body { margin: 0 } main { display: flex; flex-direction: column; height: 400px; width: 360px }"
PARTS = """
import { h, html, render, signal } from "/static/support_chat/vendor/preact.js";
import { Composer } from "/static/support_chat/composer.js";
import { MessageLog } from "/static/support_chat/message_log.js";
import { Timeline } from "/static/support_chat/timeline.js";

const ana = { role: "agent", id: "1", name: "Ana" };
const entry = (position, more) => ({ position, mark: `m${position}`, kind: "message", author: ana,
  at: "2026-11-22T10:00:00.000Z", body: { text: `message ${position}` }, ...more });
const run = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => entry(from + n));
const log = new MessageLog("c");
const parts = window.parts = { log, entry, run, sent: [], typed: [], seen: [], pages: 0, hold: false,
  draftKey: signal("a"), pending: signal([]) };
log.adopt({ id: "c", position: 200, mark: "m200", entries: run(101, 200), earlier: true });
const onEarlier = async () => { parts.pages += 1; log.prepend({ entries: run(1, 100), earlier: false }); };
function App() {
  return html`${h(Timeline, { log, pending: parts.pending.value, me: { role: "visitor" }, audience: "visitor", read: 150,
      onEarlier, onSeen: (position) => parts.seen.push(position), onRetry: () => {}, onDiscard: () => {} })}
    ${h(Composer, { label: "Message", sendLabel: "Send", draftKey: parts.draftKey.value, maxLength: 20,
      onTyping: (typing) => parts.typed.push(typing),
      onSend: (body) => (parts.hold ? false : void parts.sent.push(body)) })}`;
}
render(h(App, {}), document.getElementById("app"));
"""
WRITTEN = {"/": PAGE, "/box.css": BOX, "/parts.js": PARTS}


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Page:
    """The two parts on a page of their own; `window.parts` is the test's hand inside. Nothing may complain."""
    page = open_browser("visitor").new_page()
    page.route(f"{ORIGIN}/**", answer)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("console", lambda message: message.type in {"error", "warning"} and pytest.fail(message.text))
    page.goto(f"{ORIGIN}/")
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    return page


def answer(route: Route) -> None:
    path = route.request.url.removeprefix(ORIGIN)
    suffix = Path(path).suffix
    written = WRITTEN.get(path)
    text = written if written is not None else (ROOT / "support_chat" / path.lstrip("/")).read_text("utf-8")
    headers = {"Content-Type": TYPES.get(suffix, "text/html"), "Content-Security-Policy": POLICY}
    route.fulfill(body=text, headers=headers)


def distance(page: Page, text: str) -> float:
    """Of this message from the upper edge, in pixels."""
    box = page.get_by_text(text, exact=True).bounding_box()
    assert box is not None
    return box["y"]


def scroll_back(page: Page, pixels: int) -> None:
    page.get_by_role("log", name="Conversation").evaluate("(log, by) => log.scrollTo({top: -by})", pixels)
    page.wait_for_timeout(100)


def test_the_log_opens_at_its_end_and_stays_there(page: Page) -> None:
    expect(page.get_by_text("message 200", exact=True)).to_be_in_viewport()
    page.evaluate("parts.log.apply(parts.entry(201))")
    expect(page.get_by_text("message 201", exact=True)).to_be_in_viewport()
    assert page.evaluate("parts.seen.at(-1)") == 201


def test_neither_new_messages_nor_older_pages_move_what_is_being_read(page: Page) -> None:
    scroll_back(page, 1500)
    before = distance(page, "message 150")
    page.evaluate("parts.log.apply(parts.entry(201))")
    page.evaluate("parts.log.apply(parts.entry(202))")
    newest = page.get_by_role("button", name="2 new")
    expect(newest).to_be_visible()
    assert distance(page, "message 150") == pytest.approx(before, abs=1)
    assert page.evaluate("parts.seen.at(-1)") == 200
    page.evaluate("parts.log.prepend({entries: parts.run(1, 100), earlier: false})")
    assert distance(page, "message 150") == pytest.approx(before, abs=1)
    newest.click()
    expect(page.get_by_text("message 202", exact=True)).to_be_in_viewport()
    expect(newest).to_be_hidden()
    assert page.evaluate("parts.seen.at(-1)") == 202


def test_older_pages_come_by_scrolling_and_by_button_once(page: Page) -> None:
    scroll_back(page, 100_000)
    expect(page.get_by_text("message 1", exact=True)).to_be_attached()
    expect(page.get_by_role("button", name="Show earlier messages")).to_be_hidden()
    assert page.evaluate("parts.pages") == 1


def test_a_text_is_shown_as_text_and_its_links_lead_out_safely(page: Page) -> None:
    text = "<img src=x onerror=alert(1)>\\n https://shop.example/a?b=1. <b>no</b>"
    page.evaluate("text => parts.log.apply(parts.entry(201, {body: {text}}))", text)
    bubble = page.locator(".bubble-text").last
    expect(bubble).to_have_text(text)
    assert bubble.locator("*").count() == 1
    link = bubble.get_by_role("link")
    assert link.get_attribute("href") == "https://shop.example/a?b=1"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"


def test_a_screen_reader_hears_who_said_it_and_the_list_holds_nothing_but_items(page: Page) -> None:
    page.evaluate("parts.log.apply(parts.entry(201, {author: {role: 'visitor'}}))")
    expect(page.get_by_role("listitem").last).to_contain_text("You said: ")
    assert page.locator("ol > :not(li)").count() == 0
    assert page.locator("ol > li[role]").count() == 0


def test_enter_sends_what_was_typed_to_the_last_space_and_shift_enter_makes_a_line(page: Page) -> None:
    box = page.get_by_role("textbox", name="Message")
    box.press_sequentially(" one ")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    box.press("Enter")
    expect(box).to_have_value("")
    assert page.evaluate("parts.sent") == [" one \ntwo"]
    assert page.evaluate("parts.typed") == [True, False]


def test_enter_while_an_input_method_composes_sends_nothing(page: Page) -> None:
    box = page.get_by_role("textbox", name="Message")
    box.focus()
    hand = page.context.new_cdp_session(page)
    hand.send("Input.imeSetComposition", {"text": "にほん", "selectionStart": 3, "selectionEnd": 3})
    for type_ in ("rawKeyDown", "keyUp"):  # as an input method takes the key: no character comes of it
        hand.send(
            "Input.dispatchKeyEvent",
            {"type": type_, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13},
        )
    assert page.evaluate("parts.sent") == []
    hand.send("Input.insertText", {"text": "日本"})
    page.wait_for_timeout(100)
    box.press("Enter")
    assert page.evaluate("parts.sent") == ["日本"]


def test_a_held_or_overlong_text_stays_in_the_box(page: Page) -> None:
    box = page.get_by_role("textbox", name="Message")
    page.evaluate("parts.hold = true")
    box.fill("keep me")
    box.press("Enter")
    expect(box).to_have_value("keep me")
    page.evaluate("parts.hold = false")
    box.fill("👋" * 20 + "!")
    expect(page.get_by_text("Too long by 1 of 20 characters.")).to_be_visible()
    box.press("Enter")
    page.get_by_role("button", name="Send").click()
    assert page.evaluate("parts.sent") == []
    box.fill("👋" * 20)
    box.press("Enter")
    assert page.evaluate("parts.sent") == ["👋" * 20]


def test_every_chat_keeps_its_own_draft_over_reloads(page: Page) -> None:
    box = page.get_by_role("textbox", name="Message")
    box.fill("for a")
    page.evaluate("parts.draftKey.value = 'b'")
    expect(box).to_have_value("")
    box.fill("for b")
    page.evaluate("parts.draftKey.value = 'a'")
    expect(box).to_have_value("for a")
    page.reload()
    expect(box).to_have_value("for a")


def test_sending_by_the_button_leaves_the_caret_in_the_box(page: Page) -> None:
    box = page.get_by_role("textbox", name="Message")
    box.fill("hello")
    page.get_by_role("button", name="Send").click()
    assert page.evaluate("parts.sent") == ["hello"]
    expect(box).to_be_focused()


def test_the_box_grows_with_its_text_up_to_a_bound(page: Page) -> None:
    box = page.get_by_role("textbox", name="Message")
    heights = []
    for lines in (1, 3, 40):
        box.fill("\n".join("x" * lines))
        heights.append(box.bounding_box()["height"])  # type: ignore[index]
    assert heights[0] < heights[1] < heights[2] < 300


def test_who_writes_while_reading_back_sees_the_end_and_each_state_is_said(page: Page) -> None:
    scroll_back(page, 1500)
    item = {
        "conversation": "c",
        "command": "post_message",
        "at": 0,
        "order": 1,
        "state": "sending",
        "error": None,
    }
    page.evaluate("item => parts.pending.value = [item]", {**item, "client_id": "u1", "body": "mine"})
    expect(page.get_by_text("mine", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("listitem").last).to_contain_text("Sending…")
    page.evaluate(
        "item => parts.pending.value = [item]", {**item, "client_id": "u1", "body": "mine", "state": "failed"}
    )
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.evaluate(
        "parts.log.apply(parts.entry(201, {author: {role: 'visitor'}, client_id: 'u1', body: {text: 'mine'}}))"
    )
    expect(page.get_by_text("mine", exact=True)).to_have_count(1)
    expect(page.get_by_role("listitem").last).to_contain_text("Sent")
