"""The timeline and the composer by themselves, in real Chromium, under the panel's own strict policy."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

ROOT = Path(__file__).parents[2]
PARTS = Path(__file__).parent / "parts"
ORIGIN = "http://parts.localhost"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
LOUD = {"error", "warning"}
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Iterator[Page]:
    """The page of parts/, which gives the test a hand inside. Nothing may complain."""
    page = open_browser("visitor").new_page()
    page.route(f"{ORIGIN}/**", answer)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type in LOUD else None)
    page.goto(f"{ORIGIN}/")
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    yield page
    assert complaints == []


def answer(route: Route) -> None:
    path = route.request.url.removeprefix(f"{ORIGIN}/") or "index.html"
    file = (ROOT / path.split("/")[1] if path.startswith("static/") else PARTS) / path
    headers = {"Content-Type": TYPES[file.suffix], "Content-Security-Policy": POLICY}
    route.fulfill(body=file.read_text("utf-8"), headers=headers)


def distance(page: Page, text: str) -> float:
    """Of this message from the upper edge, in pixels."""
    box = page.get_by_text(text, exact=True).bounding_box()
    assert box is not None
    return box["y"]


LOCK = """async () => {
  const { SenderLock } = await import("/static/support_chat/sender_lock.js");
  window.lock = new SenderLock("outbox", () => {});
  lock.want();
}"""


# How many places of the page change when this message comes.
TOUCHED = """async (position) => {
  const seen = [];
  const watch = new MutationObserver((changes) => seen.push(...changes));
  watch.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  parts.log.apply(parts.entry(position));
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  watch.disconnect();
  return seen.length;
}"""


def until(page: Page, held: str) -> None:
    """Wait for this expression; the page's policy forbids Playwright's own way."""
    for _ in range(100):
        if page.evaluate(held):
            return
        page.wait_for_timeout(20)
    pytest.fail(f"never came: {held}")


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
        key = {"type": type_, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        hand.send("Input.dispatchKeyEvent", key)
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
    page.get_by_role("button", name="Send").click(force=True)
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
        heights.append(box.evaluate("box => box.offsetHeight"))
    assert heights[0] < heights[1] < heights[2] < 300


def test_who_writes_while_reading_back_sees_the_end_and_each_state_is_said(page: Page) -> None:
    scroll_back(page, 1500)
    page.evaluate("parts.wait('sending')")
    expect(page.get_by_text("mine", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("listitem").last).to_contain_text("Sending…")
    page.evaluate("parts.wait('failed')")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    own = "{author: {role: 'visitor'}, client_id: 'u1', body: {text: 'mine'}}"
    page.evaluate(f"parts.log.apply(parts.entry(201, {own}))")
    expect(page.get_by_text("mine", exact=True)).to_have_count(1)
    expect(page.get_by_role("listitem").last).to_contain_text("Sent")


def test_of_two_tabs_the_one_that_is_written_in_sends_and_leaves_it_to_the_other_when_it_goes(
    page: Page,
) -> None:
    page.evaluate(LOCK)
    until(page, "lock.held")
    other = page.context.new_page()
    other.route(f"{ORIGIN}/**", answer)
    other.goto(f"{ORIGIN}/")
    other.evaluate(LOCK)
    assert other.evaluate("lock.held") is False
    other.evaluate("lock.take()")
    until(other, "lock.held")
    until(page, "!lock.held")
    other.close()
    until(page, "lock.held")


def test_of_a_chat_of_five_thousand_the_end_is_drawn_and_what_somebody_looks_back_to(page: Page) -> None:
    rows = page.get_by_role("log").get_by_role("listitem")
    page.evaluate("parts.windowed.value = true")
    page.evaluate("parts.log.prepend({entries: parts.run(1, 100), earlier: false})")
    page.evaluate("parts.log.extend(parts.run(201, 5000))")
    expect(page.get_by_text("message 5000", exact=True)).to_be_in_viewport()
    at_the_end = rows.count()
    assert at_the_end < 410
    back = page.get_by_text("message 4705", exact=True)
    back.scroll_into_view_if_needed()
    expect(page.get_by_text("message 4500", exact=True)).to_have_count(1)
    page.evaluate("parts.log.extend(parts.run(5001, 5100))")
    expect(page.get_by_role("button", name="100 new")).to_be_visible()
    expect(back).to_be_in_viewport()
    page.get_by_role("button", name="100 new").click()
    expect(page.get_by_text("message 5100", exact=True)).to_be_in_viewport()
    expect(rows).to_have_count(at_the_end)
    for _ in range(100):
        page.get_by_role("log").evaluate("log => log.scrollTo(0, -log.scrollHeight)")
        page.wait_for_timeout(50)
    expect(page.get_by_text("message 1", exact=True)).to_have_count(1)
    expect(page.get_by_role("button", name="Show earlier messages")).to_have_count(0)


def test_a_message_in_a_chat_of_five_thousand_touches_no_more_of_the_page_than_in_a_short_one(
    page: Page,
) -> None:
    page.evaluate("parts.windowed.value = true")
    page.evaluate("parts.log.prepend({entries: parts.run(1, 100), earlier: false})")
    short = page.evaluate(TOUCHED, 201)
    page.evaluate("parts.log.extend(parts.run(202, 5000))")
    expect(page.get_by_text("message 5000", exact=True)).to_be_in_viewport()
    assert 0 < page.evaluate(TOUCHED, 5001) <= short
    expect(page.get_by_text("message 5001", exact=True)).to_be_in_viewport()
