"""When nobody can take a chat: an honest sentence, a form, and what was typed stays whatever changes."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, VisitorScreen
from tests.browser.stage import Stage
from tests.browser.wire import Wire, availability

OPEN = {"available": True, "why": "open", "mail": True}
PAUSED = {"available": False, "why": "paused", "text": "We are moving house.", "mail": True}
CLOSED_FOR_NOW = {"code": "closed_for_now", "message": "", "retry": True, "after": 3600, "why": "paused"}
TEXT = "Do you have blue doors?"


class Visit:
    """Vera on the shop's page, told of what our team can do by the test alone."""

    def __init__(self, stage: Stage, open_browser: OpenBrowser, told: dict[str, Any]) -> None:
        context = open_browser("vera")
        self.wire = Wire(context)
        self.wire.to_page = partial(availability, **told)
        self.wire.to_server = without_form
        self.screen = VisitorScreen(context, stage.host.origin)
        self.screen.open_chat()
        expect(self.screen.panel.locator(".standing")).not_to_be_empty(timeout=ARRIVES)  # connected

    def turns(self, told: dict[str, Any]) -> None:
        self.wire.to_page = partial(availability, **told)
        self.wire.tell("availability_changed", **told)

    def address(self, name: str = "Your e-mail address") -> Locator:
        return self.screen.panel.get_by_role("textbox", name=name)

    def reads(self, words: str) -> None:
        expect(self.screen.panel.get_by_text(words).first).to_be_visible(timeout=ARRIVES)


def without_form(frame: dict[str, Any]) -> dict[str, Any]:
    """For a server that may not know it yet."""
    return frame | {"with": {name: value for name, value in frame["with"].items() if name != "form"}}


@pytest.fixture
def vera(stage: Stage, open_browser: OpenBrowser) -> Visit:
    return Visit(stage, open_browser, OPEN)


def test_what_is_typed_outlives_every_change_in_both_directions(vera: Visit) -> None:
    box = vera.screen.box
    box.fill(TEXT)
    vera.turns(PAUSED)
    vera.reads("We are moving house.")
    expect(vera.address()).to_be_visible()
    expect(box).to_have_value(TEXT)
    expect(box).to_be_focused()
    box.press_sequentially(" Or red?")
    vera.turns(OPEN)
    expect(vera.address()).to_be_hidden()
    expect(box).to_have_value(f"{TEXT} Or red?")
    vera.turns({"available": False, "why": "closed", "opens_in": 3600, "mail": True})
    vera.reads("We open again")
    expect(box).to_have_value(f"{TEXT} Or red?")
    vera.screen.page.reload()
    vera.screen.open_chat()
    expect(box).to_have_value(f"{TEXT} Or red?")


def test_while_no_chats_are_taken_a_message_goes_out_with_an_address_only(vera: Visit) -> None:
    vera.turns(PAUSED)
    expect(vera.address()).to_be_visible()
    vera.screen.write(TEXT)
    expect(vera.address()).to_be_focused()
    expect(vera.screen.box).to_have_value(TEXT)
    assert vera.wire.commands("start_conversation") == []
    vera.address().fill("vera@mail.example")
    vera.address().press("Enter")
    vera.screen.sees(TEXT)
    vera.screen.has_sent_all()
    vera.screen.sees("We have your message and answer by e-mail or here.")
    (asked,) = vera.wire.commands("start_conversation")
    assert (asked["body"], asked["form"]) == (TEXT, {"email": "vera@mail.example"})
    expect(vera.address()).to_be_hidden()


def test_out_of_hours_the_address_is_optional_and_an_answer_is_promised_either_way(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    vera = Visit(stage, open_browser, {"available": False, "why": "closed", "opens_in": 3600, "mail": True})
    expect(vera.address("Your e-mail address (optional)")).to_be_visible()
    vera.address().fill("vera@mail.example")
    vera.screen.write(TEXT)
    vera.screen.sees("We have your message and answer by e-mail or here.")
    vera.screen.page.reload()
    vera.screen.open_chat()
    vera.screen.sees("We have your message and answer by e-mail or here.")


def test_without_an_address_the_answer_waits_here(stage: Stage, open_browser: OpenBrowser) -> None:
    vera = Visit(stage, open_browser, {"available": False, "why": "away", "mail": True})
    expect(vera.address("Your e-mail address (optional)")).to_be_visible()
    vera.screen.write(TEXT)
    vera.screen.sees("the answer will be waiting for you here.")
    assert vera.wire.commands("start_conversation")[0]["form"] == {"here": True}


def test_before_mail_works_nobody_is_asked_for_an_address_and_the_answer_is_promised_here(
    vera: Visit,
) -> None:
    vera.turns(PAUSED | {"mail": False})
    vera.reads("Leave us a message: the answer will be waiting for you here when you come back.")
    expect(vera.address()).to_be_hidden()
    expect(vera.screen.panel.get_by_text("e-mail")).to_have_count(0)
    vera.screen.write(TEXT)
    vera.screen.has_sent_all()
    vera.screen.sees(TEXT)
    assert vera.wire.commands("start_conversation")[0]["form"] == {"here": True}
    expect(vera.screen.panel.get_by_text("e-mail")).to_have_count(0)


def test_what_is_not_taken_is_in_the_box_again_with_the_form_above_it(vera: Visit) -> None:
    vera.wire.refuse["start_conversation"] = CLOSED_FOR_NOW
    vera.screen.write(TEXT)
    expect(vera.address()).to_be_visible(timeout=ARRIVES)
    expect(vera.screen.box).to_have_value(TEXT)
    expect(vera.screen.panel.get_by_text("Not sent.")).to_have_count(0)


def test_a_notice_of_the_team_stands_above_the_box_until_it_is_taken_down(vera: Visit) -> None:
    notice = vera.screen.panel.get_by_text("Parcels are late this week.")
    vera.turns(OPEN | {"notice": "Parcels are late this week."})
    expect(notice).to_be_visible()
    vera.turns(OPEN)
    expect(notice).to_be_hidden()
