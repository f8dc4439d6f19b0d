"""A newcomer's first minutes: the bar on the shop's pages, its buttons, and trials that tick themselves."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, VisitorScreen
from tests.services.demo import RunningDemo, demo_running


@pytest.fixture
def running(database_url: str, tmp_path: Path) -> Iterator[RunningDemo]:
    with demo_running(tmp_path, database_url) as demo:
        yield demo


@pytest.fixture
def browser(open_browser: OpenBrowser) -> BrowserContext:
    return open_browser("newcomer", viewport={"width": 1400, "height": 900})


def be(page: Page, name: str) -> Page:
    """Presses one of the bar's buttons; the tab that it opens."""
    with page.context.expect_page() as opened:
        page.get_by_role("button", name=f"Be {name}").click()
    opened.value.wait_for_url(re.compile("/console/"))
    return opened.value


def trial(page: Page, title: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=title)


def is_ticked(page: Page, title: str) -> None:
    expect(trial(page, title)).to_have_class("is-done", timeout=ARRIVES)


def test_a_newcomer_asks_answers_and_takes_the_transcript(
    running: RunningDemo, browser: BrowserContext
) -> None:
    shop = VisitorScreen(browser, running.url)
    shop.page.get_by_role("button", name="7 things to try").click()
    ana = be(shop.page, "Ana")
    ana.get_by_role("button", name="Status").click()
    ana.get_by_role("menuitemradio", name="Online").click()

    shop.open_chat()
    shop.write("How do I send a mug back?")
    ana.get_by_role("list", name="My chats").get_by_role("button").first.click(timeout=ARRIVES)
    box = ana.get_by_role("textbox", name="Reply")
    box.fill("/return-label")
    box.press("Enter")
    expect(box).to_have_value(re.compile("The label is on its way"))
    ana.get_by_role("button", name="Send reply").click()
    shop.sees("The label is on its way")
    is_ticked(shop.page, "Ask, and answer")
    is_ticked(shop.page, "Answer with a canned reply")

    ana.get_by_role("button", name="Close chat").click()
    mia = be(shop.page, "Mia")
    mia.get_by_role("main").get_by_role("link").first.click()
    with mia.expect_download() as download:
        mia.get_by_role("link", name=re.compile("text", re.IGNORECASE)).first.click()
    assert "How do I send a mug back?" in Path(download.value.path()).read_text()
    is_ticked(shop.page, "Take the transcript")
    expect(shop.page.get_by_role("button", name="4 things to try")).to_be_visible()


def test_ana_ben_and_mia_can_be_open_at_once(running: RunningDemo, browser: BrowserContext) -> None:
    page = browser.pages[0]
    page.goto(running.url)
    tabs = [be(page, name) for name in ("Ana", "Ben", "Mia")]
    for tab in tabs:
        tab.reload()
        expect(tab.get_by_text("Sign out")).to_be_visible(timeout=ARRIVES)


def test_shop_and_console_stand_side_by_side(running: RunningDemo, browser: BrowserContext) -> None:
    page = browser.pages[0]
    page.goto(running.url)
    page.get_by_role("link", name="Side by side").click()
    console = page.frame_locator("iframe[name=console-frame]")
    expect(console.get_by_role("button", name="Status")).to_be_visible(timeout=ARRIVES)
    expect(page.frame_locator("iframe").first.get_by_role("button", name="Open chat")).to_be_visible()


def test_the_shop_breaks_nothing_of_its_own_policy(running: RunningDemo, browser: BrowserContext) -> None:
    page = browser.pages[0]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for address in (
        "/",
        "/products/mug/",
        "/delivery/",
        "/returns/",
        "/orders/",
        "/basket/",
        "/demo/side-by-side/",
    ):
        page.goto(running.url + address)
        page.wait_for_load_state("networkidle")
    assert said == []
