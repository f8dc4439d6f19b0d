"""A Chromium whose pages are hidden and frozen like everybody's: Playwright's own keep every page in view."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.services.process import end_process, wait_until

ARGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]


@contextmanager
def plain_browser(playwright: Playwright, chromium: str, profile: Path) -> Iterator[BrowserContext]:
    """One that runs while the block does, with a profile of its own."""
    profile.mkdir()
    log = profile / "chromium.log"
    command = [chromium, *ARGS, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
    with log.open("wb") as output:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        wait_until(lambda: steered_at(log) is not None, child, log)
        browser = playwright.chromium.connect_over_cdp(steered_at(log) or "", no_defaults=True)
        yield browser.contexts[0]
        browser.close()
    finally:
        end_process(child)


def steered_at(log: Path) -> str | None:
    """Where it lets itself be steered, as soon as it has said so."""
    found = re.search(r"DevTools listening on (ws://\S+)", log.read_text())
    return found[1] if found else None


class Freezer:
    """Puts another tab before a page and freezes it, as a browser does that wants its memory back."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._cdp = page.context.new_cdp_session(page)

    def freeze(self) -> None:
        self._page.context.new_page().bring_to_front()
        self._cdp.send("Page.setWebLifecycleState", {"state": "frozen"})

    def thaw(self) -> None:
        """And somebody looks at it."""
        self._cdp.send("Page.setWebLifecycleState", {"state": "active"})
        self._page.bring_to_front()
