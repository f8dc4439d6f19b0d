"""A release's bundles do what the modules do: one chat from the first click to the last word."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage

BUNDLES = re.compile(r"/static/bundles/\w+-[0-9A-Z]{8}\.(js|css)")


def test_a_chat_with_bundles_opens_with_three_requests_and_goes_on_to_its_end(
    bundled_stage: Stage, open_browser: OpenBrowser
) -> None:
    stage = bundled_stage
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    asked: list[str] = []
    context = open_browser("vera")
    context.on("request", lambda request: asked.append(request.url))
    vera = VisitorScreen(context, stage.host.origin)
    vera.open_chat()
    expect(vera.panel.get_by_text("Our team is here")).to_be_visible(timeout=ARRIVES)
    ours = [urlsplit(url).path for url in asked if url.startswith(stage.cable.url)]
    assert ours[:2] == ["/widget.js", "/widget/frame/"]
    assert sorted(map(kind, ours[2:4])) == ["css", "js"], "all that the first screen waits for"
    assert all(kind(path) == "js" or "files" in path for path in ours[4:]), "then the button for files"
    stage.cable.cut()
    vera.write("Do you have blue doors?")
    vera.sees("Sending…")
    stage.cable.mend()
    ana.open_first_chat()
    ana.reply("We do.")
    vera.sees("We do.")
    ana.close_chat()
    vera.sees("closed the chat")
    vera.shows_exactly(["Do you have blue doors?", "We do."])
    scripts = {path for url in asked if (path := urlsplit(url).path).endswith(".js") and "/static/" in path}
    assert [path for path in scripts if not BUNDLES.fullmatch(path)] == []


def kind(path: str) -> str:
    """Of a bundle's file."""
    found = BUNDLES.fullmatch(path)
    return found[1] if found else path
