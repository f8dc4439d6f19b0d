"""What a supervisor sees and may do."""

import re
import time

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.screens import ARRIVES, ConsoleScreen
from tests.browser.stage import Stage
from tests.services.open_house import widen_house_in


@pytest.fixture
def sue(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    """The supervisor before her board; in her queue agents take chats themselves, and nobody is online."""
    widen_house_in(stage.served.database_url, "manual")
    screen = ConsoleScreen(open_browser("sue"), stage.served.url, "sue")
    screen.page.get_by_role("button", name="Board").wait_for()
    screen.page.keyboard.press("b")
    expect(screen.page.get_by_role("heading", name="Board")).to_be_visible(timeout=ARRIVES)
    return screen


def waiting(screen: ConsoleScreen) -> Locator:
    return screen.page.get_by_role("list", name="Waiting chats").locator(".waiting-name")


def give_reason(screen: ConsoleScreen, reason: str, button: str) -> None:
    """In the dialog that stands open."""
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Reason").fill(reason)
    dialog.get_by_role("button", name=button).click()
    expect(dialog).to_be_hidden()


def all_wait(screen: ConsoleScreen, people: list[Guest]) -> None:
    for guest in people:
        guest.say("Hello")
        expect(waiting(screen).last).to_have_text(guest.name, timeout=ARRIVES)


def test_the_board_warns_of_a_queue_without_anybody_and_tells_why_a_chat_waits(
    stage: Stage, sue: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 1) as people:
        all_wait(sue, people)
        alarm = sue.page.get_by_role("list", name="Alarms")
        expect(alarm).to_contain_text(
            "Nobody is online in Questions, and 1 visitor is waiting", timeout=ARRIVES
        )
        sue.page.get_by_role("list", name="Waiting chats").get_by_text("Why?").click()
        expect(sue.page.get_by_text("In this queue agents take chats themselves")).to_be_visible()
        sue.become("Online")
        expect(alarm.get_by_text("in Questions")).to_be_hidden(timeout=ARRIVES)
        sue.become("Away")
        expect(sue.page.get_by_text("Nobody is online in Questions any more.")).to_be_visible(timeout=ARRIVES)


def test_a_supervisor_moves_a_chat_to_the_front_by_key_with_a_reason_that_the_log_keeps(
    stage: Stage, sue: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 3) as people:
        all_wait(sue, people)
        first, second, third = (guest.name for guest in people)
        sue.page.get_by_role("button", name=third, exact=True).and_(sue.page.locator(".waiting-name")).focus()
        sue.page.keyboard.press("f")
        expect(sue.page.get_by_role("textbox", name="Reason")).to_be_focused()
        give_reason(sue, "Waits for the second time", "Move to the front")
        expect(waiting(sue)).to_have_text([third, first, second], timeout=ARRIVES)
        waiting(sue).first.click()
        sue.sees("Sue Costa moved the chat to the front: “Waits for the second time”")


def test_a_supervisor_sets_a_priority_by_button_and_the_focus_comes_back_to_it(
    stage: Stage, sue: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 2) as people:
        all_wait(sue, people)
        button = sue.page.get_by_role("button", name=f"Priority… {people[1].name}")
        button.click()
        sue.page.get_by_role("radio", name="Urgent").check()
        give_reason(sue, "A wedding tomorrow", "Set priority")
        expect(waiting(sue)).to_have_text([people[1].name, people[0].name], timeout=ARRIVES)
        expect(button).to_be_focused()
        expect(sue.page.get_by_text("Urgent priority").first).to_be_visible()


def test_a_chat_may_be_given_to_somebody_over_their_limit_only_by_force_and_they_see_it(
    stage: Stage, sue: ConsoleScreen, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    with guests(stage.served, stage.key, 1) as people:
        all_wait(sue, people)
        sue.page.get_by_role("button", name=re.compile("^Assign")).click()
        dialog = sue.page.get_by_role("dialog")
        expect(dialog.get_by_role("radio", name="Ana Costa")).to_be_disabled()
        dialog.get_by_role("checkbox").check()
        dialog.get_by_role("radio", name="Ana Costa").check()
        give_reason(sue, "Knows this best", "Assign")
        expect(waiting(sue)).to_have_count(0, timeout=ARRIVES)
        ana.open_first_chat()
        ana.sees("Sue Costa gave the chat to Ana Costa")


def test_who_is_not_next_is_led_to_who_is(stage: Stage, sue: ConsoleScreen) -> None:
    """What rings meanwhile covers nothing that can be done."""
    with guests(stage.served, stage.key, 2) as people:
        all_wait(sue, people)
        expect(sue.page.get_by_role("button", name="Silence")).to_be_visible(timeout=ARRIVES)
        waiting(sue).last.click()
        expect(sue.page.get_by_text("Somebody else has waited longer.")).to_be_visible()
        expect(sue.page.get_by_role("button", name="Accept")).to_be_hidden()
        sue.page.get_by_role("button", name="Go to who is next").click()
        expect(sue.page.get_by_role("heading", name=people[0].name)).to_be_visible(timeout=ARRIVES)
        sue.page.get_by_role("button", name="Accept").click()
        expect(sue.page.get_by_role("button", name="Close chat")).to_be_visible(timeout=ARRIVES)


def test_one_reply_goes_to_all_who_are_chosen_and_is_shown_with_their_number_first(
    stage: Stage, sue: ConsoleScreen
) -> None:
    with guests(stage.served, stage.key, 3) as people:
        all_wait(sue, people)
        for guest in people[:2]:
            sue.page.get_by_role("checkbox", name=f"Choose {guest.name}").check()
        sue.page.get_by_role("button", name="Tell them all").click()
        dialog = sue.page.get_by_role("dialog", name="Tell 2 visitors who wait")
        dialog.get_by_role("textbox", name="Message").fill("We are slow today")
        expect(dialog.get_by_role("figure")).to_contain_text("We are slow today")
        dialog.get_by_role("button", name="Send to 2 visitors").click()
        expect(sue.page.get_by_text("Sent to 2 visitors.")).to_be_visible(timeout=ARRIVES)
        for guest in people[:2]:
            hears(sue, guest, "We are slow today")
        assert people[2].heard == []


def hears(screen: ConsoleScreen, guest: Guest, words: str) -> None:
    """Waits until the guest has heard exactly this."""
    deadline = time.monotonic() + ARRIVES / 1000
    while not guest.heard and time.monotonic() < deadline:
        screen.page.wait_for_timeout(50)
    assert guest.heard == [words]


def test_the_board_counts_what_was_moved_and_by_whom(stage: Stage, sue: ConsoleScreen) -> None:
    with guests(stage.served, stage.key, 2) as people:
        all_wait(sue, people)
        sue.page.get_by_role("button", name=f"Move to the front… {people[1].name}").click()
        give_reason(sue, "Promised by us", "Move to the front")
        expect(sue.page.get_by_text("Sue Costa: moved to the front, once")).to_be_visible(timeout=ARRIVES)


def test_dragging_a_row_to_the_front_asks_for_a_reason_as_well(stage: Stage, sue: ConsoleScreen) -> None:
    with guests(stage.served, stage.key, 2) as people:
        all_wait(sue, people)
        row = sue.page.get_by_role("list", name="Waiting chats").get_by_role("listitem").last
        row.hover()
        sue.page.mouse.down()
        sue.page.mouse.move(700, 300, steps=5)
        front = sue.page.get_by_text("Drop here to move to the front")
        expect(front).to_be_visible()
        front.hover()
        front.hover()
        sue.page.mouse.up()
        give_reason(sue, "Promised by us", "Move to the front")
        expect(waiting(sue)).to_have_text([people[1].name, people[0].name], timeout=ARRIVES)


def test_what_visitors_read_is_set_from_the_board_and_shown_as_it_stands(
    stage: Stage, sue: ConsoleScreen
) -> None:
    site = sue.page.get_by_role("region", name="What visitors of Blue Door read")
    site.get_by_role("textbox", name="Notice above the text box").fill("Parcels are late")
    site.get_by_role("button", name="Show notice").click()
    expect(sue.page.get_by_text("The notice is shown.")).to_be_visible(timeout=ARRIVES)
    site.get_by_role("textbox", name="Pause new chats").fill("Back at noon")
    site.get_by_role("button", name="Pause", exact=True).click()
    expect(site.get_by_text("Paused for 14 min more")).to_be_visible(timeout=ARRIVES)
    site.get_by_role("button", name="Take chats again").click()
    expect(site.get_by_text(re.compile("^Paused"))).to_be_hidden(timeout=ARRIVES)
    sue.page.reload()
    sue.page.get_by_role("button", name="Board").click()
    notice = site.get_by_role("textbox", name="Notice above the text box")
    expect(notice).to_have_value("Parcels are late", timeout=ARRIVES)
