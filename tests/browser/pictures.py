"""Pictures for the READMEs, made from the running product: `python -m tests.browser.pictures`."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, ViewportSize, sync_playwright

from tests.services.demo import RunningDemo, demo_running
from tests.services.missing import find_program
from tests.services.served import ROOT, own_environment, run_manage

FOLDER: Final = ROOT / "fixtures" / "pictures"
WINDOW: Final[ViewportSize] = {"width": 1280, "height": 800}
SETTLES: Final = 900  # milliseconds, until nothing moves any more
JPEG_QUALITY: Final = 84  # per cent
OTHERS: Final = ("Hi there, does the bowl stack?", "My parcel SL-24790 should have been here on Friday.")
TALK: Final = (
    ("visitor", "Hello, my teapot arrived with a chip in its lid. Order SL-24817"),
    ("team", "Oh no, I am sorry! Could you tell me whether the box was damaged, too?"),
    ("visitor", "The box was fine. I think it knocked against the mugs"),
    ("team", "Then it was our packing. A new lid leaves tomorrow morning, and you keep the old one."),
    ("visitor", "That was quick. Thank you, Ana!"),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        shop_open(Path(folder)) as demo,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_program("chromium"), args=["--no-sandbox"])
        take(browser, demo)
        browser.close()


@contextmanager
def shop_open(folder: Path) -> Iterator[RunningDemo]:
    """A demo with all of its past, on a database of its own."""
    url = f"sqlite:///{folder / 'demo.sqlite3'}"
    run_manage("migrate", "--verbosity=0", environment=own_environment(url))
    with demo_running(folder, url, chats=1540) as demo:
        yield demo


def take(browser: Browser, demo: RunningDemo) -> None:
    newcomer = browser.new_context(viewport=WINDOW, locale="en-GB", timezone_id="Europe/Berlin")
    shop = newcomer.new_page()
    shop.goto(demo.url)
    keep(shop, "shop.jpg")
    ana = be(shop, "Ana")
    come_online(ana)
    panel = open_chat(shop)
    talk(panel, ana)
    keep(shop, "widget.jpg")
    for words in OTHERS:
        ask(browser.new_context(locale="en-GB"), demo, words)
    keep(ana, "console.png")
    keep(be(shop, "Mia"), "transcripts.png")


def be(shop: Page, name: str) -> Page:
    """Signs in by the button of the bar, in a tab of its own."""
    with shop.context.expect_page() as opened:
        shop.get_by_role("button", name=f"Be {name}").click()
    opened.value.set_viewport_size(WINDOW)
    return opened.value


def come_online(page: Page) -> None:
    page.get_by_role("button", name="Status").click()
    page.get_by_role("menuitemradio", name="Online").click()


def open_chat(page: Page) -> FrameLocator:
    page.get_by_role("button", name="Open chat").click()
    return page.frame_locator("support-chat iframe")


def ask(context: BrowserContext, demo: RunningDemo, words: str) -> None:
    """Somebody else, on the chat's own page."""
    page = context.new_page()
    page.goto(f"{demo.url}/chat/{demo.key}/")
    page.get_by_role("textbox", name="Message").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def talk(panel: FrameLocator, ana: Page) -> None:
    """The chat that both pictures show."""
    for n, (who, words) in enumerate(TALK):
        if who == "visitor":
            panel.get_by_role("textbox", name="Message").fill(words)
            panel.get_by_role("button", name="Send", exact=True).click()
        else:
            ana.get_by_role("textbox", name="Reply").fill(words)
            ana.get_by_role("button", name="Send reply").click()
        if n == 0:
            ana.get_by_role("list", name="My chats").get_by_role("button").first.click()
        log = panel.get_by_role("log", name="Conversation")
        log.get_by_text(words).first.wait_for()
        ana.get_by_role("log", name="Conversation").get_by_text(words).first.wait_for()
        ana.wait_for_timeout(SETTLES)


def keep(page: Page, name: str) -> None:
    """Write one picture; as JPEG where it is drawn in gradients, which PNG keeps badly."""
    page.wait_for_timeout(SETTLES)
    path = FOLDER / name
    quality = JPEG_QUALITY if path.suffix == ".jpg" else None
    page.screenshot(path=path, type="jpeg" if quality else "png", quality=quality)
    sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} KiB\n")


if __name__ == "__main__":
    main()
