"""Two visitors, two agents and a supervisor, from the first question to the rating: who reads what."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage
from tests.browser.test_company import viewers, write_note
from tests.browser.test_offers import hand_over
from tests.browser.test_taking_back import bubble, point_and_click
from tests.services.house import REPLIES
from tests.services.open_house import widen_house_in

NOTE, WHISPER = "@Ben Costa packed it.", "Offer her a refund."
TEAPOT, VASE = "Where is my teapot?", "Do you have vases?"


def test_a_team_helps_two_visitors_at_once_and_nobody_reads_what_is_not_theirs(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    widen_house_in(stage.served.database_url, "automatic")
    consoles = [ConsoleScreen(open_browser(name), stage.served.url, name) for name in ("ana", "ben", "sue")]
    ana, ben, sue = consoles
    for screen in consoles:
        screen.become("Away")
    vera, victor = (VisitorScreen(open_browser(name), stage.host.origin) for name in ("vera", "victor"))
    wait_in_the_queue(vera, victor)
    for screen, visitor, question in ((ana, vera, TEAPOT), (ben, victor, VASE)):
        accept_from_the_queue(screen, question)
        screen.pick_canned_reply("hours")
        screen.send()
        visitor.sees(REPLIES["hours"])
    name_and_hand_over(ana, ben)
    whisper_to_ben(sue, ben, ana)
    change_and_remove_at_once(ben, ConsoleScreen(open_browser("ben 2"), stage.served.url, "ben"), vera)
    close_and_rate(ben, vera)
    vera.shows_exactly([TEAPOT, REPLIES["hours"], "Ben here."])
    victor.shows_exactly([VASE, REPLIES["hours"]])
    for visitor in (vera, victor):
        assert not re.search("packed|refund|pink", visitor.log.text_content() or "")


def wait_in_the_queue(vera: VisitorScreen, victor: VisitorScreen) -> None:
    """One after the other, while nobody takes chats."""
    places = ((vera, TEAPOT, "You are next"), (victor, VASE, "1 person is ahead of you"))
    for visitor, question, place in places:
        visitor.open_chat()
        visitor.write(question)
        expect(visitor.panel.get_by_text(place).first).to_be_visible(timeout=ARRIVES)


def accept_from_the_queue(screen: ConsoleScreen, question: str) -> None:
    """Whoever is next."""
    screen.page.get_by_role("list", name="Queue").get_by_role("button").first.click(timeout=ARRIVES)
    screen.sees(question)
    screen.page.get_by_role("button", name="Accept", exact=True).click()
    expect(screen.page.get_by_role("button", name="Close chat")).to_be_visible(timeout=ARRIVES)


def name_and_hand_over(ana: ConsoleScreen, ben: ConsoleScreen) -> None:
    """Ana names Ben in a note and hands the chat over to him; he finds both."""
    ana.page.get_by_role("tab", name="Note").click()
    write_note(ana, NOTE)
    chip = ben.page.get_by_role("toolbar", name="Views").get_by_role("button", name="Mentions")
    expect(chip).to_have_text("Mentions 1 not seen", timeout=ARRIVES)
    ben.become("Online")
    expect(ana.page.get_by_role("list", name="Team")).to_contain_text("Online", timeout=ARRIVES)
    hand_over(ana, "Ben Costa", "Please go on.")
    ben.page.get_by_role("region", name="Offers").get_by_role("button", name=re.compile("^Accept")).click(
        timeout=ARRIVES
    )
    for words in (NOTE, "Please go on.", "Ben Costa accepted the chat"):
        ben.sees(words)
    ana.sees("Ben Costa accepted the chat")
    ben.reply("Ben here.")


def whisper_to_ben(sue: ConsoleScreen, ben: ConsoleScreen, ana: ConsoleScreen) -> None:
    """Ben reads it; Ana, who looks at the chat too, reads that there was one."""
    sue.page.goto(f"{sue.page.url.split('#')[0]}#{ben.page.url.split('#')[1]}")
    sue.sees("Ben here.")
    expect(viewers(ben.page)).to_contain_text("Sue Costa is looking at this chat", timeout=ARRIVES)
    sue.page.get_by_role("tab", name="Note").click()
    sue.page.get_by_role("checkbox", name=re.compile("Whisper to Ben Costa")).check()
    write_note(sue, WHISPER)
    ben.sees(WHISPER)
    ana.sees("Sue Costa whispered to Ben Costa")
    expect(ana.log.get_by_text(WHISPER)).to_have_count(0)


def change_and_remove_at_once(here: ConsoleScreen, there: ConsoleScreen, vera: VisitorScreen) -> None:
    """The same message, in two windows of Ben's: whichever came first, it is gone everywhere."""
    there.page.goto(f"{there.page.url.split('#')[0]}#{here.page.url.split('#')[1]}")
    here.reply("It is pink.")
    for screen in (there, vera):
        screen.sees("It is pink.")
    point_and_click(bubble(here, "It is pink."), "Edit")
    edit = here.page.get_by_role("textbox", name="Edit the message")
    edit.fill("It is pink, I think.")
    bubble(there, "It is pink.").hover()
    remove = there.log.get_by_role("button", name="Remove").last
    edit.press("Enter")
    remove.click()
    for screen in (here, there, vera):
        expect(screen.log.get_by_text(re.compile("removed"))).to_be_visible(timeout=ARRIVES)
        expect(bubble(screen, "It is pink")).to_have_count(0)


def close_and_rate(ben: ConsoleScreen, vera: VisitorScreen) -> None:
    """The chat ends, and its visitor says how it was."""
    vera.write("Thank you!")
    ben.sees("Thank you!")
    ben.close_chat()
    asked = vera.panel.get_by_role("group", name="How was this chat?")
    asked.get_by_role("button", name="5 of 5").click(timeout=ARRIVES)
    ben.sees("rated the chat 5 of 5")
