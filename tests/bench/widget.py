"""What the widget costs a website, and how soon it is there: in Chromium, with the bundles of a release."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.bench.options import Options
from tests.bench.table import show
from tests.browser.chromium import ARGS
from tests.browser.host_page import HostSite, hosted_site
from tests.services.building import build
from tests.services.missing import find_program
from tests.services.served import own_environment, run_manage, serving

ROUNDS: Final = 7
SLOWER: Final = 4  # times: a cheap phone beside the machine that measures
HEADS: Final = ("", "median", "least", "at most", "")
BUDGETS: Final = {"loader's script": 25.0, "blocked by the loader": 0.0, "shifted by the loader": 0.0}
MEANT: Final = {"opened, files in the cache": 200.0, "opened, nothing in the cache": 200.0}

OBSERVE: Final = """
window.blocked = 0; window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (blocked += duration - 50)))
  .observe({ type: "longtask", buffered: true });
new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (shifted += value)))
  .observe({ type: "layout-shift", buffered: true });
addEventListener("click", () => (window.clicked = performance.timeOrigin + performance.now()), true);
new MutationObserver(() => {
  if (!window.ready && document.querySelector(".composer-box"))
    window.ready = performance.timeOrigin + performance.now();
}).observe(document, { childList: true, subtree: true });
"""


def run(_options: Options) -> None:
    """Exits 1 when the loader costs the page more than it may."""
    with stage() as (browser, site, chat, key):
        rounds = [one_round(browser, site, f"{chat}/chat/{key}/") for _ in range(ROUNDS)]
    figures = {name: [each[name] for each in rounds] for name in rounds[0]}
    show(
        f"The widget; script and shifts with the processor slowed {SLOWER} times",
        HEADS,
        [
            (name, median(values), min(values), (BUDGETS | MEANT).get(name, "–"), unit(name))
            for name, values in figures.items()
        ],
    )
    # A machine that does something else meanwhile only adds.
    if any(min(figures[name]) > most for name, most in BUDGETS.items()):
        sys.exit(1)


def unit(name: str) -> str:
    return "of the screen" if name.startswith("shifted") else "ms"


@contextmanager
def stage() -> Iterator[tuple[Browser, HostSite, str, str]]:
    """A browser, a website with the widget in it, the chat's address and the site's key."""
    chromium = find_program("chromium") or find_program("google-chrome") or sys.exit("There is no Chromium.")
    with tempfile.TemporaryDirectory() as place, hosted_site() as site, sync_playwright() as playwright:
        database = f"sqlite:///{place}/database.sqlite3"
        run_manage("migrate", "--verbosity=0", environment=own_environment(database))
        key = build(database, [site.origin], 4)
        with serving(Path(place), database, ASSETS="bundle") as served:
            site.embed(served.url, key)
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
            yield browser, site, served.url, key
            browser.close()


def one_round(browser: Browser, site: HostSite, alone: str) -> dict[str, float]:
    context = browser.new_context()
    context.add_init_script(OBSERVE)
    page = context.new_page()
    figures = {
        "opened, nothing in the cache": opened(page, site),
        "opened, files in the cache": opened(page, site),
    }
    slow, session = slowed(context.new_page())
    figures |= cost_of_the_loader(slow, session, site)
    slow, session = slowed(context.new_page())
    slow.goto(alone)
    slow.wait_for_selector(".composer-box")
    figures["panel's script"] = script(session)
    context.close()
    return figures


def opened(page: Page, site: HostSite) -> float:
    """From the click to a panel that takes words, over the link that brought the loader."""
    page.goto(site.origin)
    page.get_by_role("button", name="Open chat").click()
    frame = page.wait_for_selector("support-chat iframe").content_frame()
    assert frame is not None
    frame.wait_for_selector(".composer-box")
    return float(frame.evaluate("ready")) - float(page.evaluate("clicked"))


def slowed(page: Page) -> tuple[Page, CDPSession]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page, session


def cost_of_the_loader(page: Page, session: CDPSession, site: HostSite) -> dict[str, float]:
    page.goto(site.origin)
    page.get_by_role("button", name="Open chat").wait_for()
    page.wait_for_timeout(300)
    return {
        "loader's script": script(session),
        "blocked by the loader": float(page.evaluate("blocked")),
        "shifted by the loader": float(page.evaluate("shifted")),
    }


def script(session: CDPSession) -> float:
    """Milliseconds that script has kept the processor since the page began."""
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "ScriptDuration")) * 1000
