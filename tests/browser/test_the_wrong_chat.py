"""A reply that holds what is another visitor's is asked about before it goes."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.browser.test_taking_back import bubble, point_and_click

SETTLED = 800  # milliseconds after which Enter no longer asks


def talk_to(screen: ConsoleScreen, guest: Guest) -> None:
    """Opens a guest's chat, and waits until Enter would send."""
    chats = screen.page.get_by_role("list", name="My chats")
    chats.get_by_role("button", name=guest.name).click(timeout=ARRIVES)
    expect(screen.page.get_by_role("heading", name=guest.name)).to_be_visible()
    screen.page.wait_for_timeout(SETTLED)


def asked(screen: ConsoleScreen) -> Locator:
    return screen.page.get_by_role("group", name="This may be for another chat")


def test_a_number_of_another_open_chat_is_asked_about_once(stage: Stage, open_browser: OpenBrowser) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("Where is my order 84318931?")
        second.say("Do you have teapots?")
        talk_to(ana, first)
        talk_to(ana, second)
        ana.box.fill("Your order #84318931 left today.")
        ana.box.press("Enter")
        expect(asked(ana).get_by_role("alert")).to_contain_text(
            f"84318931 is from the chat with {first.name}."
        )
        ana.box.press("Escape")
        expect(asked(ana)).to_be_hidden()
        expect(ana.box).to_be_focused()
        expect(ana.box).to_have_value("Your order #84318931 left today.")
        ana.box.press("Enter")
        expect(asked(ana)).to_be_visible()
        ana.box.press("Enter")
        expect(asked(ana)).to_be_hidden()
        ana.box.fill("84318931, as I said.")  # perhaps before the other is sent
        ana.box.press("Enter")
        ana.shows_exactly(["Your order #84318931 left today.", "84318931, as I said."])


def test_a_note_and_a_reply_to_whom_it_belongs_are_not_asked_about(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("I am at vera@mail.example")
        second.say("Hello")
        talk_to(ana, second)
        ana.page.get_by_role("tab", name="Note").click()
        ana.page.get_by_role("textbox", name="Note").fill("Same as vera@mail.example?")
        ana.page.get_by_role("button", name="Add note").click()
        ana.sees("Same as vera@mail.example?")
        talk_to(ana, first)
        ana.box.fill("So vera@mail.example it is.")
        ana.box.press("Enter")
        ana.sees("So vera@mail.example it is.")
        expect(asked(ana)).to_be_hidden()


def test_after_a_reload_a_chat_that_was_not_opened_counts_with_all_that_was_said_in_it(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("Where is my order 84318931?").say("Hello?")
        second.say("Do you have teapots?")
        talk_to(ana, second)
        with ana.page.expect_websocket() as link:
            ana.page.reload()
        with link.value.expect_event("framesent", lambda frame: asks_for(frame, first)):
            ana.sees("Do you have teapots?")
        ana.page.wait_for_timeout(SETTLED)
        ana.box.fill("Your order #84318931 left today.")
        ana.box.press("Enter")
        expect(asked(ana).get_by_role("alert")).to_contain_text(f"from the chat with {first.name}.")


def asks_for(frame: str | bytes, guest: Guest) -> bool:
    return "open_conversation" in str(frame) and str(guest.chat) in str(frame)


def test_a_message_that_is_changed_is_asked_about_once(stage: Stage, open_browser: OpenBrowser) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    with guests(stage.served, stage.key, 2) as (first, second):
        first.say("Where is my order 84318931?")
        second.say("Do you have teapots?")
        talk_to(ana, first)
        talk_to(ana, second)
        ana.reply("We do.")
        point_and_click(bubble(ana, "We do."), "Edit")
        edit = ana.page.get_by_role("textbox", name="Edit the message")
        edit.fill("Your order #84318931 left today.")
        edit.press("Enter")
        told = ana.log.get_by_role("alert").filter(has_text=f"84318931 is from the chat with {first.name}.")
        expect(told).to_be_visible()
        expect(edit).to_have_value("Your order #84318931 left today.")
        edit.press("Enter")
        expect(ana.log.get_by_text("Edited")).to_be_visible(timeout=ARRIVES)
