"""The two screens, used by the names that a person or a screen reader finds."""

import re
import time

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from tests.services.house import PASSWORD

ARRIVES = 30_000  # milliseconds; live words take a fraction of one second, two busy cores may take long


def words_in_order(log: Locator, words: list[str]) -> list[str]:
    """Each of `words` as often and in the order in which the screen shows it."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.findall("|".join(map(re.escape, longest_first)), log.text_content() or "")


def search_until_found(page: Page, words: str, first: str) -> None:
    """Asks until the first of what is found says it: what was said is brought in by and by."""
    box = page.get_by_role("combobox", name="Search people, messages and files")
    found = page.get_by_role("option").filter(has_text=first).first
    until = time.monotonic() + ARRIVES / 1000
    while not found.is_visible() and time.monotonic() < until:
        box.fill("")
        box.fill(words)
        page.wait_for_timeout(2_000)
    expect(page.get_by_role("option").first).to_contain_text(first)


class Screen:
    """What both screens have: a log to read."""

    page: Page
    log: Locator

    def sees(self, words: str) -> None:
        """Waits until the log says it."""
        expect(self.log).to_contain_text(words, timeout=ARRIVES)

    def shows_exactly(self, words: list[str]) -> None:
        """Waits until it has settled: nothing missing, doubled or out of order."""
        until = time.monotonic() + ARRIVES / 1000
        while words_in_order(self.log, words) != words and time.monotonic() < until:
            self.page.wait_for_timeout(50)
        assert words_in_order(self.log, words) == words


class VisitorScreen(Screen):
    """A visitor on a website with the widget in it."""

    def __init__(self, context: BrowserContext, address: str, page: Page | None = None) -> None:
        self.page = page or (context.pages[0] if context.pages else context.new_page())
        self.page.goto(address)
        self.panel: FrameLocator = self.page.frame_locator("support-chat iframe")
        self.log = self.panel.get_by_role("log", name="Conversation")
        self.box = self.panel.get_by_role("textbox", name="Message")

    def open_chat(self) -> None:
        """Clicks the launcher; the panel is ready to write."""
        self.page.get_by_role("button", name="Open chat").click()
        expect(self.box).to_be_visible(timeout=ARRIVES)

    def write(self, words: str) -> None:
        """Types and sends one message."""
        self.box.fill(words)
        self.panel.get_by_role("button", name="Send", exact=True).click()

    def has_sent_all(self) -> None:
        """Waits until nothing is under way any more."""
        try:
            expect(self.panel.get_by_text(re.compile("^(Sent|Read)$"))).to_be_visible(timeout=ARRIVES)
        except AssertionError as error:
            error.add_note(f"The panel says: {self.panel.locator('body').inner_text(timeout=1_000)}")
            raise
        expect(self.panel.get_by_text("Sending…", exact=True)).to_have_count(0, timeout=ARRIVES)


class ConsoleScreen(Screen):
    """Somebody of the staff, signed in."""

    def __init__(self, context: BrowserContext, address: str, person: str) -> None:
        self.page = context.pages[0] if context.pages else context.new_page()
        self.page.goto(f"{address}/console/")
        self.page.get_by_label("Name").fill(person)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.log = self.page.get_by_role("log", name="Conversation")
        self.box = self.page.get_by_role("textbox", name="Reply")

    def become(self, status: str) -> None:
        """Chooses a status from the menu."""
        self.page.get_by_role("button", name="Status").click()
        self.page.get_by_role("menuitemradio", name=status).click()

    def open_first_chat(self) -> None:
        """Opens the first of my chats."""
        row = self.page.get_by_role("list", name="My chats").get_by_role("button").first
        row.click(timeout=ARRIVES)
        expect(self.box).to_be_visible(timeout=ARRIVES)

    def reply(self, words: str) -> None:
        """Types and sends one answer."""
        self.box.fill(words)
        self.send()

    def pick_canned_reply(self, shortcut: str) -> None:
        """Types a slash and a shortcut, and takes the first that is found."""
        self.box.press_sequentially(f"/{shortcut}")
        expect(self.page.get_by_role("listbox", name="Canned replies")).to_be_visible(timeout=ARRIVES)
        self.box.press("Enter")

    def send(self) -> None:
        """Sends what stands in the box."""
        self.page.get_by_role("button", name="Send reply").click()

    def close_chat(self) -> None:
        """Closes the open chat."""
        self.page.get_by_role("button", name="Close chat").click()
