"""A browser that keeps nothing for the panel: a handle that the page keeps leads back to the chat."""

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, VisitorScreen
from tests.browser.stage import Stage

NOTHING_FOR_FRAMES = """if (window !== top) Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("blocked", "SecurityError"); } });"""
HANDLE = """before => Object.values(localStorage).find(
    (kept) => /^[\\w-]{22}\\.[\\w-]{43}$/.test(kept) && kept !== before)"""


def next_handle(vera: VisitorScreen, before: str) -> str:
    """Waits until the page keeps another one."""
    handle: str = vera.page.wait_for_function(HANDLE, arg=before, timeout=ARRIVES).json_value()
    return handle


def test_the_chat_goes_on_page_after_page_until_the_website_resets_it(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    context = open_browser("vera")
    context.add_init_script(NOTHING_FOR_FRAMES)
    vera = VisitorScreen(context, stage.host.origin)
    vera.open_chat()
    vera.write("Where is my order?")
    vera.has_sent_all()
    handle = next_handle(vera, "")
    for _ in range(2):
        vera.page.reload()
        vera.open_chat()
        vera.sees("Where is my order?")
        handle = next_handle(vera, handle)
    vera.page.evaluate("SupportChat.reset()")
    vera.page.wait_for_function("!Object.keys(localStorage).some((key) => key.includes('going-on'))")
    vera.page.reload()
    vera.open_chat()
    vera.write("Somebody else")
    vera.has_sent_all()
    vera.shows_exactly(["Somebody else"])
