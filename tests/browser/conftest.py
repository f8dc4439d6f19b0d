"""Real Chromium, with storage and cookies as real users have them."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect, sync_playwright

from tests.browser.cable import laid_cable
from tests.browser.host_page import HostSite, hosted_site
from tests.browser.stage import Stage
from tests.services.open_house import build_house_in
from tests.services.served import ServedProcess

ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    # The last of its kind wins: Playwright's own would switch the partitioning of storage off.
    "--disable-features=Translate",
]
# Debian's Chromium blocks third-party cookies by default; said here, so that it holds everywhere.
PREFERENCES = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}

OpenBrowser = Callable[..., BrowserContext]
expect.set_options(timeout=15_000)  # milliseconds; Playwright's own 5 s are for machines that do nothing else


@pytest.fixture(scope="package")
def playwright(chromium: str) -> Iterator[Playwright]:
    """Playwright, gone before the asynchronous tests of other rooms: it keeps a loop of its own running."""
    with sync_playwright() as started:
        yield started


@pytest.fixture
def open_browser(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[OpenBrowser]:
    """Opens a browser with a profile of its own for one person: `open_browser("ana", **options)`."""
    with ExitStack() as opened:

        def open_for(person: str, **options: object) -> BrowserContext:
            profile = tmp_path / person
            (profile / "Default").mkdir(parents=True)
            (profile / "Default" / "Preferences").write_text(json.dumps(PREFERENCES))
            context = playwright.chromium.launch_persistent_context(
                profile,
                executable_path=chromium,
                args=ARGS,
                ignore_default_args=["--disable-back-forward-cache"],
                **options,
            )
            opened.callback(context.close)
            return context

        yield open_for


@pytest.fixture
def host_site() -> Iterator[HostSite]:
    """A customer's website on another origin; `embed` puts the snippet into its page."""
    with hosted_site() as site:
        yield site


@pytest.fixture
def stage(
    database_url: str, serve_process: Callable[..., ServedProcess], host_site: HostSite
) -> Iterator[Stage]:
    """A running server with a small team, seen by the visitor through a cable from another origin's page."""
    key = build_house_in(database_url, host_site.origin)
    served = serve_process(database_url)
    with laid_cable(served.port) as cable:
        host_site.embed(cable.url, key)
        yield Stage(served, cable, host_site, key)
