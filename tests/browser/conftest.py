"""Real Chromium, with storage and cookies as real users have them."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from tests.browser.axe import Axe
from tests.browser.cable import laid_cable
from tests.browser.chromium import ARGS
from tests.browser.host_page import HostSite, hosted_site
from tests.browser.stage import Stage
from tests.services.missing import report_missing
from tests.services.open_house import arrange_site_in, build_house_in
from tests.services.served import ServedProcess

OpenBrowser = Callable[..., BrowserContext]
FAILED = pytest.StashKey[bool]()  # whether a test did since the browser was started
MAILING = {
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "EMAIL_FROM": "chat@shop.example",
    "PUBLIC_URL": "https://chat.example",
}
expect.set_options(timeout=30_000)  # milliseconds; Playwright's own 5 s are for machines that do nothing else


@pytest.fixture(scope="package")
def playwright(chromium: str) -> Iterator[Playwright]:
    """Playwright, gone before the asynchronous tests of other rooms: it keeps a loop of its own running."""
    with sync_playwright() as started:
        yield started


class SharedBrowser:
    """One for all tests of a worker: to start it takes longer than many a test. After a failure another one:
    whatever is wrong with it fails no more tests."""

    def __init__(self, start: Callable[[], Browser]) -> None:
        self._start = start
        self._running: Browser | None = None

    def get(self) -> Browser:
        if self._running is None or not self._running.is_connected():
            self._running = self._start()
        return self._running

    def close(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.session.stash[FAILED] = True
    return report


@pytest.fixture(scope="package")
def shared_browser(playwright: Playwright, chromium: str) -> Iterator[SharedBrowser]:
    launch = playwright.chromium.launch
    plain = ["--disable-back-forward-cache"]
    browser = SharedBrowser(partial(launch, executable_path=chromium, args=ARGS, ignore_default_args=plain))
    yield browser
    browser.close()


@pytest.fixture
def open_browser(shared_browser: SharedBrowser, request: pytest.FixtureRequest) -> Iterator[OpenBrowser]:
    """Opens a browser for one person, who shares nothing with anybody: `open_browser("ana", **options)`.

    It blocks third-party cookies, as Debian's Chromium does and private windows do everywhere.
    """
    if request.session.stash.get(FAILED, False):
        request.session.stash[FAILED] = False
        shared_browser.close()
    with ExitStack() as opened:

        def open_for(_person: str, **options: Any) -> BrowserContext:
            context = shared_browser.get().new_context(**options)
            opened.callback(context.close)
            context.new_page()  # as a browser opens
            return context

        yield open_for


@pytest.fixture
def axe() -> Axe:
    """axe-core, whose script AXE names; it comes as a package for Node: `npm install axe-core`."""
    script = os.environ.get("AXE", "")
    return (
        Axe(Path(script))
        if Path(script).is_file()
        else report_missing("axe-core (the path of axe.min.js in AXE)")
    )


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
    with staged(database_url, serve_process, host_site) as stage:
        yield stage


@pytest.fixture
def mailing_stage(
    database_url: str, serve_process: Callable[..., ServedProcess], host_site: HostSite
) -> Iterator[Stage]:
    """The same where mail works, as far as anybody knows."""
    with staged(database_url, serve_process, host_site, **MAILING) as stage:
        arrange_site_in(database_url, stage.key, mail_works_at="2026-11-30T12:00:00Z")
        yield stage


@pytest.fixture
def bundled_stage(
    database_url: str,
    serve_process: Callable[..., ServedProcess],
    host_site: HostSite,
    bundles_made: None,
) -> Iterator[Stage]:
    """The same with the bundles of a release."""
    with staged(database_url, serve_process, host_site, ASSETS="bundle") as stage:
        yield stage


@contextmanager
def staged(
    database_url: str, serve: Callable[..., ServedProcess], host_site: HostSite, **environment: str
) -> Iterator[Stage]:
    key = build_house_in(database_url, host_site.origin)
    served = serve(database_url, **environment)
    with laid_cable(served.port) as cable:
        host_site.embed(cable.url, key)
        yield Stage(served, cable, host_site, key)
