"""What a visitor who waits reads, hears and may choose."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.browser.wire import Wire, availability

RING = "Ring me when it's my turn"
KEEP = "Leave an e-mail and keep my place"
SOON, LONG = {"low": 120, "high": 300}, {"low": 600, "high": 1200}

LISTEN = """() => {
  window.heard = [];
  const region = document.querySelector('[role=log][aria-live=polite]');
  const hear = ({ addedNodes }) => addedNodes.forEach((node) => heard.push(node.textContent));
  new MutationObserver((changes) => changes.forEach(hear)).observe(region, { childList: true });
}"""
HURRY = """
const later = setTimeout;
setTimeout = (fn, ms) => later(fn, ms === 120_000 ? 50 : ms);
"""
# No headless page is ever hidden, and nobody hears its tones.
HIDDEN_AND_COUNTED = """
Object.defineProperty(document, "hidden", { get: () => true });
window.tones = 0;
const Plain = window.OscillatorNode;
window.OscillatorNode = class extends Plain { constructor(...given) { super(...given); window.tones += 1; } };
"""


class Waiting:
    """Vera, who waits and is told of her place."""

    def __init__(self, stage: Stage, open_browser: OpenBrowser, script: str = "") -> None:
        context = open_browser("vera")
        if script:
            context.add_init_script(script)
        self.wire = Wire(context)
        self.wire.to_page = open_without_places
        self.screen = VisitorScreen(context, stage.host.origin)
        self.screen.open_chat()
        self.screen.write("Do you have blue doors?")
        self.screen.has_sent_all()
        self.chat = self.wire.chat

    def moves(self, place: int, wait: dict[str, int] | None = None, **more: Any) -> None:
        self.wire.tell("queue_moved", conversation=self.chat, place=place, of=9, wait=wait, **more)

    def reads(self, words: str) -> Locator:
        found = self.screen.log.get_by_text(words, exact=False)
        expect(found).to_be_visible(timeout=ARRIVES)
        return found

    def button(self, name: str) -> Locator:
        return self.screen.panel.get_by_role("button", name=name)

    def frame_says(self, script: str) -> Any:
        return self.screen.page.frames[-1].evaluate(script)


def open_without_places(frame: dict[str, Any]) -> dict[str, Any]:
    """As if somebody were here who is busy; the real places would come between those of the test."""
    frame = availability(frame, available=True, why="open", mail=True)
    return {"event": "nothing"} if frame.get("event") == "queue_moved" else frame


@pytest.fixture
def vera(stage: Stage, open_browser: OpenBrowser) -> Waiting:
    return Waiting(stage, open_browser)


def test_the_place_and_the_range_are_told_in_words(vera: Waiting) -> None:
    vera.moves(3, SOON)
    vera.reads("2 people are ahead of you")
    vera.reads("It takes about 2 to 5 minutes.")
    vera.moves(2, SOON, about=True)
    vera.reads("About 1 person is ahead of you")
    vera.moves(1, {"low": 1800, "high": None})
    vera.reads("You are next")
    vera.reads("It takes more than half an hour.")
    vera.moves(1)
    vera.reads("We cannot say how long it takes.")


def test_a_place_that_grew_says_why_aloud_once_and_until_it_is_better(vera: Waiting) -> None:
    vera.moves(1, SOON)
    vera.reads("You are next")
    vera.frame_says(LISTEN)
    vera.moves(2, SOON, why="returned")
    why = vera.reads("Somebody who was already talking with us has come back")
    vera.moves(2, LONG)
    vera.reads("It takes about 10 to 20 minutes.")
    expect(why).to_be_visible()
    heard = vera.frame_says("heard")
    assert [text for text in heard if "Somebody who was already" in text and "1 person is" in text] == heard
    assert len(heard) == 1
    vera.moves(1, SOON)
    expect(why).to_be_hidden()


def test_only_a_long_wait_offers_something_better_to_do(vera: Waiting) -> None:
    vera.moves(2, SOON)
    vera.reads("It takes about 2 to 5 minutes.")
    expect(vera.button(RING)).to_be_hidden()
    vera.moves(2, LONG)
    expect(vera.button(RING)).to_be_visible()
    vera.moves(1, SOON)
    vera.reads("You are next")
    expect(vera.button(RING)).to_be_visible()


def test_two_minutes_without_a_range_offer_it_too(stage: Stage, open_browser: OpenBrowser) -> None:
    vera = Waiting(stage, open_browser, HURRY)
    vera.moves(2)
    expect(vera.button(KEEP)).to_be_visible(timeout=ARRIVES)


def test_before_mail_works_a_long_wait_offers_no_address(vera: Waiting) -> None:
    vera.moves(2, LONG)
    expect(vera.button(KEEP)).to_be_visible()
    vera.wire.tell("availability_changed", available=True, why="open")
    expect(vera.button(KEEP)).to_be_hidden()
    expect(vera.button(RING)).to_be_visible()


def test_an_address_keeps_the_place_and_a_wrong_one_is_told(
    mailing_stage: Stage, open_browser: OpenBrowser
) -> None:
    vera = Waiting(mailing_stage, open_browser)
    vera.moves(4, LONG)
    vera.button(KEEP).click()
    field = vera.screen.panel.get_by_role("textbox", name="Your e-mail address")
    expect(field).to_be_focused()
    field.fill("vera@mail")
    field.press("Enter")
    assert field.evaluate("field => field.validity.patternMismatch")
    field.fill("vera@mail.example")
    vera.wire.refuse["keep_place"] = {"code": "bad_field", "message": "", "retry": False, "field": "email"}
    vera.button("Keep my place").last.click()
    expect(vera.screen.panel.get_by_text("We cannot write to this address.")).to_be_visible(timeout=ARRIVES)
    vera.wire.refuse.clear()
    vera.button("Keep my place").last.click()
    vera.reads("Your place is kept, also if you leave.")
    expect(field).to_be_hidden()
    expect(vera.button(RING)).to_be_focused()
    vera.screen.page.reload()
    vera.screen.open_chat()
    vera.reads("Your place is kept, also if you leave.")
    assert [asked["email"] for asked in vera.wire.commands("keep_place")] == ["vera@mail.example"] * 2


def test_who_asked_for_it_is_rung_when_their_turn_comes_also_after_a_reload(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    vera = Waiting(stage, open_browser, HIDDEN_AND_COUNTED)
    vera.moves(4, LONG)
    vera.button(RING).click()
    expect(vera.button(RING)).to_have_attribute("aria-pressed", "true")
    vera.screen.page.reload()
    vera.screen.open_chat()
    expect(vera.button(RING)).to_have_attribute("aria-pressed", "true")
    vera.screen.box.click()
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    expect(vera.screen.page).to_have_title("It's your turn: our team is here", timeout=ARRIVES)
    assert vera.frame_says("tones") == 2
    vera.screen.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(vera.screen.page).to_have_title("A shop")


def test_one_press_says_that_one_is_still_here(vera: Waiting) -> None:
    entry = {
        "position": 3,  # after what opened the chat and the first message
        "mark": "m",
        "kind": "message",
        "author": {"role": "bot", "name": "", "id": "b"},
        "at": "2026-11-27T10:00:00.000Z",
        "body": {"text": "Are you still there?", "about": "still_there"},
    }
    vera.wire.tell("entry_added", conversation=vera.chat, entry=entry)
    vera.button("Yes, I'm here").click()
    vera.screen.sees("You said: Yes, I'm here")
    expect(vera.button("Yes, I'm here")).to_be_hidden()
    expect(vera.screen.box).to_be_focused()
    assert vera.wire.commands("post_message")[-1]["body"] == "Yes, I'm here"
