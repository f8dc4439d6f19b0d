"""What was written while somebody did not see: an agent learns it before they answer, and after."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Colleague, Guest, colleague, guests
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.browser.test_taking_back import undo_for

AWAY = "Not seen yet: the visitor is away"


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    """Ana at her console, behind a cable."""
    return ConsoleScreen(open_browser("ana"), stage.cable.url, "ana")


def test_a_reply_begun_before_a_colleagues_came_is_held_once_and_can_be_changed_or_sent(
    stage: Stage, ana: ConsoleScreen
) -> None:
    held = ana.page.get_by_role("group", name="The chat changed meanwhile")
    with guests(stage.served, stage.key, 2) as both, colleague(stage.served, "ben") as ben:
        for guest, choice in zip(both, ("Edit", "Send anyway"), strict=True):
            guest.say("Where is my teapot?")
            row = ana.page.get_by_role("list", name="Queue").get_by_role("button", name=guest.name)
            row.click(timeout=ARRIVES)
            ana.sees("Where is my teapot?")
            ana.box.fill("I will look for it.")
            stage.cable.cut()
            ben.serve(guest.chat, "It was sent on Monday.")
            stage.cable.mend()
            ana.sees("It was sent on Monday.")
            ana.page.get_by_role("button", name="Reopen chat").click(timeout=ARRIVES)
            expect(ana.page.get_by_role("button", name="Close chat")).to_be_visible(timeout=ARRIVES)
            ana.send()
            expect(held).to_contain_text("Ben Costa replied")
            expect(held).to_contain_text("It was sent on Monday.")
            expect(ana.box).to_have_value("I will look for it.")
            assert guest.heard == ["It was sent on Monday."]
            held.get_by_role("button", name=choice).click()
            expect(held).to_be_hidden()
            if choice == "Edit":
                expect(ana.box).to_be_focused()
                ana.box.press_sequentially(" As Ben said.")
                ana.send()
            ana.sees("I will look for it.")
            expect(ana.box).to_have_value("")


@contextmanager
def helped(stage: Stage, ana: ConsoleScreen) -> Iterator[tuple[Guest, Colleague]]:
    """A guest in a chat of Ana's that stands before her, and Ben beside her, without a screen."""
    ana.become("Online")
    with (
        guests(stage.served, stage.key, 1) as (guest,),
        colleague(stage.served, "ana") as hand,
        colleague(stage.served, "ben") as ben,
    ):
        guest.say("Where is my teapot?")
        ana.open_first_chat()
        ana.sees("Where is my teapot?")
        hand.lets_in(ben, guest.chat)
        ana.sees("Ben Costa joined")
        yield guest, ben


def set_aside(ana: ConsoleScreen) -> Locator:
    return ana.page.get_by_role("group", name="The chat changed meanwhile")


def test_what_was_sent_offline_is_asked_about_when_a_colleague_answered_meanwhile_and_keeps_its_order(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with helped(stage, ana) as (guest, ben):
        stage.cable.cut()
        for words in ("I will look for it.", "One moment."):
            ana.reply(words)
            ana.sees(words)
        ben.write(guest.chat, "It was sent on Monday.")
        guest.say("Hello?")
        stage.cable.mend()
        ana.sees("It was sent on Monday.")
        expect(set_aside(ana)).to_contain_text("Ben Costa replied", timeout=ARRIVES)
        expect(set_aside(ana)).to_contain_text("What you wrote above is not sent yet.")
        ana.reply("Thank you, Ben.")
        expect(ana.box).to_have_value("Thank you, Ben.")
        assert guest.heard == ["It was sent on Monday."]
        set_aside(ana).get_by_role("button", name="Send anyway").click()
        expect(set_aside(ana)).to_be_hidden(timeout=ARRIVES)
        ana.send()
        expect(ana.box).to_have_value("")
        said = ["I will look for it.", "One moment.", "Thank you, Ben."]
        ana.shows_exactly(["It was sent on Monday.", *said])
        assert guest.has_heard(["It was sent on Monday.", *said])


def test_what_was_sent_offline_goes_by_itself_when_its_visitor_alone_wrote_meanwhile(
    stage: Stage, ana: ConsoleScreen
) -> None:
    with helped(stage, ana) as (guest, _):
        stage.cable.cut()
        ana.reply("I will look for it.")
        guest.say("Hello?")
        stage.cable.mend()
        ana.shows_exactly(["Hello?", "I will look for it."])
        assert guest.has_heard(["I will look for it."])
        expect(set_aside(ana)).to_be_hidden()


def test_what_is_held_to_be_taken_back_is_asked_about_when_a_colleague_answers_until_then(
    stage: Stage, ana: ConsoleScreen
) -> None:
    undo_for("3", ana.page)
    with helped(stage, ana) as (guest, ben):
        ana.reply("I will look for it.")
        ana.sees("Sending in")
        ben.write(guest.chat, "It was sent on Monday.")
        expect(set_aside(ana)).to_contain_text("It was sent on Monday.", timeout=ARRIVES)
        set_aside(ana).get_by_role("button", name="Edit").click()
        expect(ana.box).to_have_value("I will look for it.")
        expect(ana.box).to_be_focused()
        expect(ana.log.get_by_text("I will look for it.")).to_be_hidden()
        assert guest.heard == ["It was sent on Monday."]


def test_what_a_visitor_who_is_gone_has_not_seen_says_so_until_they_come_back(
    stage: Stage, ana: ConsoleScreen, open_browser: OpenBrowser
) -> None:
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.write("Where is my teapot?")
    ana.open_first_chat()
    ana.reply("I will look for it.")
    expect(ana.log.get_by_text("Read", exact=True)).to_be_visible(timeout=ARRIVES)
    vera.page.goto("about:blank")
    ana.reply("It was sent on Monday.")
    expect(ana.log.get_by_text(AWAY)).to_be_visible(timeout=ARRIVES)
    vera = VisitorScreen(vera.page.context, stage.host.origin)
    vera.open_chat()
    vera.sees("It was sent on Monday.")
    expect(ana.log.get_by_text("Read", exact=True)).to_be_visible(timeout=ARRIVES)
    expect(ana.log.get_by_text(AWAY)).to_be_hidden()


def test_who_leaves_an_address_during_the_chat_and_goes_is_known_to_be_e_mailed_and_when(
    mailing_stage: Stage, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), mailing_stage.served.url, "ana")
    ana.become("Online")
    pane = ana.page.get_by_role("complementary", name="Visitor")
    with guests(mailing_stage.served, mailing_stage.key, 1) as (guest,):
        guest.say("Where is my teapot?")
        ana.open_first_chat()
        ana.reply("I will look for it.")
        expect(pane.get_by_text("On the page")).to_be_visible(timeout=ARRIVES)
        kept = {"client_id": str(uuid4()), "email": "vera@mail.example"}
        guest.ask("leave_email", conversation=guest.chat, **kept)
        expect(pane.get_by_text("vera@mail.example")).to_be_visible(timeout=ARRIVES)
    ana.reply("It was sent on Monday.")
    unseen = re.compile(r"^Not seen yet, will be e-mailed at \d\d?:\d\d")
    expect(ana.log.get_by_text(unseen)).to_be_visible(timeout=ARRIVES)
