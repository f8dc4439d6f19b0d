"""Ask, be routed, be answered, lose the network, come back, close, go on, and read it all afterwards."""

import json
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen, words_in_order
from tests.browser.stage import Stage
from tests.services.house import REPLIES

SPEAKERS = {"visitor": "You", "agent": "Ana"}  # as the visitor's screen names them


def test_a_visitor_is_helped_through_a_cut_of_the_network_and_the_transcript_equals_the_screen(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    said = ask_and_answer(vera, ana)
    said += talk_through_a_cut(vera, ana, stage)
    vera.shows_exactly(said)
    ana.shows_exactly(said)
    said += close_and_go_on(vera, ana)
    vera.shows_exactly(said)
    ana.shows_exactly(said)
    ana.close_chat()
    expect(vera.log).to_contain_text("closed the chat", timeout=ARRIVES)
    mia = ConsoleScreen(open_browser("mia"), stage.served.url, "mia")
    lines = download_transcript(mia)
    assert [line["text"] for line in lines] == said
    spoken = [f"{SPEAKERS[line['author']['role']]} said: {line['text']}" for line in lines]
    assert words_in_order(vera.log, spoken) == spoken


def ask_and_answer(vera: VisitorScreen, ana: ConsoleScreen) -> list[str]:
    """Asked, routed by itself, answered by hand and with a canned reply."""
    question, answer = "Do you have blue doors?", "We do, in three sizes."
    vera.open_chat()
    vera.write(question)
    ana.open_first_chat()
    ana.sees(question)
    ana.reply(answer)
    vera.sees(answer)
    ana.pick_canned_reply("hours")
    expect(ana.box).to_have_value(REPLIES["hours"])
    ana.send()
    vera.sees(REPLIES["hours"])
    return [question, answer, REPLIES["hours"]]


def talk_through_a_cut(vera: VisitorScreen, ana: ConsoleScreen, stage: Stage) -> list[str]:
    """The visitor's cable is cut; both write on; it is mended. Who could be heard first stands first."""
    unheard, waiting = (
        ["Are you still there?", "I will wait for you."],
        ["And red ones?", "With a round window?"],
    )
    stage.cable.cut()
    for theirs, ours in zip(waiting, unheard, strict=True):
        vera.write(theirs)
        ana.reply(ours)
        ana.sees(ours)
        vera.sees(theirs)
    assert words_in_order(ana.log, waiting) == words_in_order(vera.log, unheard) == []
    stage.cable.mend()
    for words in (*unheard, *waiting):
        vera.sees(words)
        ana.sees(words)
    return [*unheard, *waiting]


def close_and_go_on(vera: VisitorScreen, ana: ConsoleScreen) -> list[str]:
    """Closed by the agent; what the visitor writes then goes on in the same chat, with the same agent."""
    once_more, gladly = "One more thing: do you deliver?", "Gladly, on Tuesdays."
    ana.close_chat()
    expect(vera.log).to_contain_text("closed the chat", timeout=ARRIVES)
    vera.write(once_more)
    ana.open_first_chat()
    ana.sees(once_more)
    ana.reply(gladly)
    vera.sees(gladly)
    return [once_more, gladly]


def download_transcript(mia: ConsoleScreen) -> list[dict[str, Any]]:
    """The manager finds the closed chat, reads it, downloads it as JSON; the messages in it, in order."""
    mia.page.get_by_role("link", name="Transcripts").click()
    mia.page.get_by_role("table").get_by_role("link").first.click()
    with mia.page.expect_download() as download:
        mia.page.get_by_role("link", name="Download as JSON").click()
    transcript = json.loads(download.value.path().read_text())
    return [line for line in transcript["lines"] if line["kind"] == "message"]
