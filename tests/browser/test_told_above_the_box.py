"""What whoever writes is told first: that it is seen as they write, or that they have to sign in."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.services.open_house import arrange_site_in

SEEN = "Our team sees what you write here before you send it."
SIGN_IN = "Please sign in to the website to write to us"
TYPED = "I am thinking of a teapot"


def chatting(stage: Stage, open_browser: OpenBrowser) -> tuple[VisitorScreen, ConsoleScreen]:
    """Vera, and Ana who has her chat open."""
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.write("Hello")
    ana.open_first_chat()
    ana.sees("Hello")
    return vera, ana


def told(vera: VisitorScreen, words: str) -> Locator:
    """On screen; it is read aloud too."""
    return vera.panel.get_by_role("paragraph").filter(has_text=words)


def test_what_is_being_written_is_seen_where_the_site_wants_it_and_the_visitor_knows(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    arrange_site_in(stage.served.database_url, stage.key, previews=True)
    vera, ana = chatting(stage, open_browser)
    expect(told(vera, SEEN)).to_be_visible(timeout=ARRIVES)
    vera.box.press_sequentially(TYPED)
    ana.sees(TYPED)
    vera.box.press_sequentially(", a blue one")
    ana.sees(f"{TYPED}, a blue one")
    vera.box.fill("")
    expect(ana.log).not_to_contain_text(TYPED, timeout=ARRIVES)
    expect(vera.panel.get_by_text(TYPED)).to_have_count(0)


def test_on_any_other_site_only_that_they_write(stage: Stage, open_browser: OpenBrowser) -> None:
    vera, ana = chatting(stage, open_browser)
    vera.box.press_sequentially(TYPED)
    ana.sees("is typing")
    expect(ana.log).not_to_contain_text(TYPED)
    expect(told(vera, SEEN)).to_have_count(0)


def test_who_has_to_be_known_is_told_so_and_keeps_what_they_wrote(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    arrange_site_in(stage.served.database_url, stage.key, verified_only=True)
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.box.press_sequentially("Hello")
    expect(told(vera, SIGN_IN)).to_be_visible(timeout=ARRIVES)
    vera.write("Hello there")
    vera.sees("Not sent. Please sign in to the website first, then write to us.")
    vera.panel.get_by_role("button", name="Edit").click()
    expect(vera.box).to_have_value("Hello there")
