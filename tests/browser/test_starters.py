"""A visitor begins by one tap: an answer first, and a person where that does not help."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.services.house import PASSWORD

BACK, WHERE = "Can I send it back?", "Where is my order?"


def comes_to_say(page: Page, words: str) -> None:
    """A page of settings shows what was counted when it was asked for."""
    for _ in range(20):
        page.reload()
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(250)
    pytest.fail(f"it never said: {words}")


def test_a_visitor_reads_the_answer_to_an_old_question_and_asks_a_person_by_one_tap(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    page = open_browser("mia").new_page()
    page.goto(f"{stage.cable.url}/console/settings/sites/{stage.key}/starters/")
    page.get_by_label("Name").fill("mia")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    words = page.get_by_label("The visitor’s words")
    words.nth(0).fill(WHERE)
    words.nth(1).fill(BACK)
    page.get_by_label("Answer to show first").nth(1).fill("Yes, within 30 days.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible(timeout=ARRIVES)

    ana = ConsoleScreen(open_browser("ana"), stage.cable.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.panel.get_by_role("button", name=BACK).press("Enter")
    expect(vera.panel.get_by_text("Yes, within 30 days.")).to_be_visible(timeout=ARRIVES)
    expect(vera.panel.get_by_role("heading", name=BACK)).to_be_focused()
    vera.panel.get_by_role("button", name="Something else").click()
    vera.panel.get_by_role("button", name=BACK).click()
    vera.panel.get_by_role("button", name="Talk to a person").click()
    vera.has_sent_all()
    vera.sees(BACK)
    expect(vera.box).to_be_focused()
    expect(vera.panel.get_by_role("button", name=WHERE)).to_be_hidden()
    ana.open_first_chat()
    ana.sees(BACK)

    wim = VisitorScreen(open_browser("wim"), stage.host.origin)
    wim.open_chat()
    wim.panel.get_by_role("button", name=BACK).click()
    wim.panel.get_by_role("button", name="That helped").click()
    expect(wim.panel.get_by_text("We are glad that it helped.")).to_be_visible()
    comes_to_say(page, "the answer was shown 2 times and helped 1 time.")
