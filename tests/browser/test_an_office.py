"""Many visitors at one address, as in an office: nobody is taken for a flood."""

from contextlib import ExitStack

from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import guests
from tests.browser.screens import ARRIVES, VisitorScreen
from tests.browser.stage import Stage

PEOPLE = 40
BROWSERS = 5  # of them: what a browser asks for; forty browsers are more than two cores can show
LITTLE = ViewportSize(width=320, height=480)


def test_forty_visitors_behind_one_address_are_all_heard(stage: Stage, open_browser: OpenBrowser) -> None:
    with ExitStack() as office:
        colleagues = office.enter_context(guests(stage.served, stage.key, PEOPLE - BROWSERS))
        seen = [
            VisitorScreen(open_browser(f"visitor {number}", viewport=LITTLE), stage.host.origin)
            for number in range(BROWSERS)
        ]
        for each in seen:  # at once, as after the lunch break: nobody waits for the one before
            each.page.get_by_role("button", name="Open chat").click()
        for colleague in colleagues:
            colleague.say(f"Hello from {colleague.name}")
        for number, each in enumerate(seen):
            expect(each.box).to_be_visible(timeout=ARRIVES)
            each.write(f"Question {number}")
        for number, each in enumerate(seen):
            each.has_sent_all()
            each.shows_exactly([f"Question {number}"])
