"""The chat speaks first by the site's own rules alone: a small bubble, once a visitor and day."""

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, VisitorScreen
from tests.browser.stage import Stage
from tests.browser.test_the_widget import COUNT_VIOLATIONS, POLICIES
from tests.services.open_house import speak_first_in

WORDS = "Not sure which door fits? Ask us."
LONGEST = (
    "Not sure which of our doors fits your house? Tell us how wide and how high the opening is, and whether "
    "it faces the sun, and we tell you what others have taken."
)
RULE = {"words": WORDS, "path": "*/doors*", "after": 30, "when": "always"}
DAY = 24 * 60 * 60
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("blocked", "SecurityError"); } });"""

SNIPPET = """() => {
    const { src, dataset } = document.querySelector("script[data-site]");
    const again = Object.assign(document.createElement("script"), { src });
    again.dataset.site = dataset.site;
    document.body.append(again);
}"""


class Visit:
    """Vera's browser, whose clock is put forward instead of waiting."""

    def __init__(self, stage: Stage, context: BrowserContext, path: str) -> None:
        context.clock.install()
        self.origin = stage.host.origin
        self.screen = VisitorScreen(context, f"{self.origin}{path}")
        self.page = self.screen.page

    @property
    def bubble(self) -> Locator:
        return self.page.get_by_role("button", name=WORDS)

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.origin}{path}")

    def stays(self, seconds: float) -> None:
        self.page.clock.fast_forward(int(seconds * 1000))
        self.page.wait_for_timeout(400)  # and what the page does about it

    def is_asked(self) -> None:
        expect(self.bubble).to_be_visible(timeout=ARRIVES)

    def is_left_alone(self) -> None:
        """Also after the longest time that a rule may name."""
        self.stays(700)
        expect(self.page.locator("support-chat .i")).to_have_count(0)


@pytest.fixture
def shop(mailing_stage: Stage) -> Stage:
    """A website that speaks first on the pages of its doors."""
    speak_first_in(mailing_stage.served.database_url, RULE)
    mailing_stage.host.embed(mailing_stage.cable.url, mailing_stage.key, speaks_first=True)
    return mailing_stage


@pytest.fixture
def vera(shop: Stage, open_browser: OpenBrowser) -> Visit:
    return Visit(shop, open_browser("vera"), "/doors/blue")


def test_who_is_on_a_page_of_a_rule_is_asked_after_its_time_and_nobody_is_elsewhere(vera: Visit) -> None:
    for path in ("/", "/windows", "/checkout/doors", "/en/Cart/doors", "/?from=/doors"):
        vera.goes_to(path)
        vera.is_left_alone()
    vera.goes_to("/doors/blue")
    vera.stays(25)
    expect(vera.bubble).to_be_hidden()
    assert vera.page.evaluate("localStorage.length") == 0
    vera.stays(5)
    vera.is_asked()
    expect(vera.page.get_by_role("status")).to_have_text(WORDS)
    assert vera.page.evaluate("document.activeElement === document.body"), "nobody's focus is taken"


def test_two_scripts_are_all_that_is_asked_for_until_the_chat_is_opened(
    shop: Stage, open_browser: OpenBrowser
) -> None:
    context = open_browser("vera")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    vera = Visit(shop, context, "/doors")
    vera.stays(30)
    vera.is_asked()
    ours = [f"{shop.cable.url}/widget.js", f"{shop.cable.url}/widget/invite/{shop.key}.js"]
    assert sorted(url for url in asked if not url.startswith(shop.host.origin)) == ours
    assert vera.page.evaluate("Object.keys(localStorage)") == [f"support-chat:invited:{shop.key}"]


def test_who_closes_it_is_not_asked_again_before_tomorrow(vera: Visit) -> None:
    vera.stays(30)
    vera.page.get_by_role("button", name="Close").click()
    expect(vera.bubble).to_be_hidden()
    expect(vera.page.get_by_role("button", name="Open chat")).to_be_focused()
    vera.is_left_alone()
    vera.page.reload()
    vera.is_left_alone()
    vera.page.clock.fast_forward(DAY * 1000)
    vera.goes_to("/doors")
    vera.stays(30)
    vera.is_asked()
    vera.bubble.focus()
    vera.page.keyboard.press("Escape")
    expect(vera.bubble).to_be_hidden()
    expect(vera.page.get_by_role("button", name="Open chat")).to_be_focused()


def test_who_takes_it_up_has_the_chat_open_and_where_nobody_is_there_the_message_form(vera: Visit) -> None:
    vera.stays(30)
    vera.bubble.click()
    expect(vera.screen.box).to_be_focused(timeout=ARRIVES)
    expect(vera.bubble).to_be_hidden()
    address = vera.screen.panel.get_by_role("textbox", name="Your e-mail address")
    expect(address).to_be_visible(timeout=ARRIVES)
    vera.page.keyboard.press("Escape")
    expect(vera.page.get_by_role("button", name="Open chat")).to_be_focused()


def test_who_had_the_chat_open_today_or_is_in_one_is_never_asked(vera: Visit) -> None:
    vera.screen.open_chat()
    vera.is_left_alone()
    vera.page.keyboard.press("Escape")
    vera.is_left_alone()
    vera.page.reload()
    vera.is_left_alone()
    vera.screen.open_chat()
    vera.screen.write("Do you have blue doors?")
    vera.screen.has_sent_all()
    vera.page.wait_for_function("Object.keys(localStorage).some((key) => key.includes('going-on'))")
    vera.page.clock.fast_forward(DAY * 1000)
    vera.page.reload()
    vera.is_left_alone()


def test_whoever_opens_the_chat_by_its_launcher_reads_the_bubble_no_more(vera: Visit) -> None:
    vera.stays(30)
    vera.is_asked()
    vera.screen.open_chat()
    expect(vera.bubble).to_be_hidden()
    vera.screen.panel.get_by_role("button", name="Minimise chat").click()
    vera.is_left_alone()


@pytest.mark.parametrize("older", [False, True], ids=["", "without the Navigation API"])
def test_an_app_that_changes_its_pages_itself_is_followed(
    shop: Stage, open_browser: OpenBrowser, older: bool
) -> None:
    context = open_browser("vera")
    if older:
        context.add_init_script("Object.defineProperty(window, 'navigation', { value: undefined });")
    vera = Visit(shop, context, "/doors")
    vera.stays(25)
    vera.page.evaluate("history.pushState(null, '', '/doors/red')")
    vera.stays(1)
    vera.stays(25)
    expect(vera.bubble).to_be_hidden()
    vera.page.evaluate("history.replaceState(null, '', '/doors/red?size=2#top')")
    vera.stays(5)
    vera.is_asked()
    vera.page.evaluate("history.pushState(null, '', '/checkout')")
    expect(vera.bubble).to_be_hidden()


def test_it_waits_for_the_launcher_and_for_somebody_who_looks(shop: Stage, open_browser: OpenBrowser) -> None:
    context = open_browser("vera")
    context.add_init_script("Object.defineProperty(document, 'hidden', { get: () => !window.looks });")
    context.route("**/widget.js", lambda route: route.abort())
    vera = Visit(shop, context, "/doors")
    vera.page.evaluate("window.looks = true")
    vera.is_left_alone()
    vera.page.evaluate("window.looks = false")
    context.unroute("**/widget.js")
    vera.page.evaluate(SNIPPET)
    expect(vera.page.get_by_role("button", name="Open chat")).to_be_visible(timeout=ARRIVES)
    vera.is_left_alone()
    vera.page.evaluate("window.looks = true")
    vera.stays(1)
    vera.is_asked()


def test_websites_with_the_strictest_policies_need_nothing_more_for_it(
    shop: Stage, open_browser: OpenBrowser
) -> None:
    for number, policy in enumerate(POLICIES):
        context = open_browser(f"vera {number}")
        context.add_init_script(COUNT_VIOLATIONS)
        shop.host.embed(shop.cable.url, shop.key, policy.format(chat=shop.cable.url), speaks_first=True)
        vera = Visit(shop, context, "/doors")
        vera.stays(30)
        vera.is_asked()
        vera.bubble.click()
        expect(vera.screen.box).to_be_visible(timeout=ARRIVES)
        assert vera.page.evaluate("window.violations ?? []") == [], policy


def test_where_nothing_may_be_stored_it_asks_once_a_page(shop: Stage, open_browser: OpenBrowser) -> None:
    context = open_browser("vera")
    context.add_init_script(NO_STORAGE)
    vera = Visit(shop, context, "/doors")
    vera.stays(30)
    vera.page.get_by_role("button", name="Close").click()
    vera.page.evaluate("history.pushState(null, '', '/doors/red')")
    vera.is_left_alone()


def test_a_website_that_hides_or_destroys_the_chat_has_no_bubble_either(
    shop: Stage, open_browser: OpenBrowser
) -> None:
    for call, left in (("hide", 1), ("destroy", 0)):
        early = Visit(shop, open_browser(call), "/doors")
        early.page.evaluate(f"SupportChat.{call}()")
        early.is_left_alone()
        late = Visit(shop, open_browser(f"{call} later"), "/doors")
        late.stays(30)
        late.is_asked()
        late.page.evaluate(f"SupportChat.{call}()")
        expect(late.bubble).to_be_hidden()
        expect(late.page.locator("support-chat .i")).to_have_count(left)


def test_the_longest_words_cover_a_quarter_of_the_smallest_phone_and_can_be_read(
    shop: Stage, open_browser: OpenBrowser
) -> None:
    speak_first_in(shop.served.database_url, {**RULE, "words": LONGEST})
    vera = Visit(shop, open_browser("vera", viewport={"width": 320, "height": 568}), "/doors")
    vera.stays(30)
    words = vera.page.get_by_role("button", name=LONGEST)
    expect(words).to_be_visible(timeout=ARRIVES)
    vera.page.wait_for_timeout(400)  # it has come to rest
    height, hidden = words.evaluate("it => [it.offsetHeight, it.scrollHeight - it.clientHeight]")
    assert (height <= 568 / 4, hidden) == (True, 0)
    close = vera.page.get_by_role("button", name="Close").bounding_box()
    assert close is not None
    assert min(close["width"], close["height"]) >= 24


def test_a_snippet_that_runs_twice_asks_once(shop: Stage, open_browser: OpenBrowser) -> None:
    context = open_browser("vera")
    context.add_init_script(NO_STORAGE)
    vera = Visit(shop, context, "/doors")
    vera.page.add_script_tag(url=f"{shop.cable.url}/widget/invite/{shop.key}.js")
    vera.stays(30)
    vera.is_asked()
    expect(vera.page.locator("support-chat .i")).to_have_count(1)
