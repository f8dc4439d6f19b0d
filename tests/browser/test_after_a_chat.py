"""What a visitor is offered once a chat is over, and what our team reads of it."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage


def answered(stage: Stage, open_browser: OpenBrowser) -> tuple[ConsoleScreen, VisitorScreen]:
    """Ana, and Vera whom she has answered."""
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    ana.reply("We do.")
    vera.sees("We do.")
    return ana, vera


def test_who_was_answered_says_how_it_was_and_says_it_otherwise(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana, vera = answered(stage, open_browser)
    vera.write("Thank you!")
    ana.sees("Thank you!")
    asked = vera.panel.get_by_role("group", name="How was this chat?")
    expect(asked).to_have_count(0)
    vera.panel.get_by_role("button", name="End chat").click()
    expect(asked).to_be_visible(timeout=ARRIVES)
    expect(vera.panel.get_by_role("button", name="Continue")).to_be_visible()
    expect(vera.box).to_be_focused()
    asked.get_by_role("button", name="2 of 5").click()
    vera.sees("Thank you for your rating")
    vera.panel.get_by_role("button", name="Change").click()
    asked.get_by_role("button", name="5 of 5").click()
    vera.panel.get_by_role("textbox", name="Anything you would like to add?").fill("<b>Quick</b>")
    vera.panel.get_by_role("button", name="Add").click()
    ana.sees("rated the chat 5 of 5: “<b>Quick</b>”")
    expect(ana.page.get_by_text("Satisfaction (CSAT)")).to_be_visible()
    vera.page.reload()
    vera.open_chat()
    expect(vera.panel.get_by_text("You said 5 of 5.")).to_be_visible(timeout=ARRIVES)
    vera.write("One more thing")
    expect(vera.panel.get_by_text("You said 5 of 5.")).to_be_hidden(timeout=ARRIVES)


def test_a_thank_you_after_the_close_is_sent_and_opens_nothing(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana, vera = answered(stage, open_browser)
    ana.close_chat()
    vera.sees("closed the chat")
    ana.page.bring_to_front()
    ana.page.evaluate("document.activeElement.blur()")
    vera.write("Thank you so much!")
    vera.has_sent_all()
    stays = vera.panel.get_by_text("The chat stays closed. Write again if there is more.")
    expect(stays).to_be_visible(timeout=ARRIVES)
    ana.sees("Thank you so much!")
    expect(ana.page.get_by_role("list", name="My chats").get_by_role("button")).to_have_count(0)
    expect(ana.page.get_by_role("list", name="Closed lately").get_by_role("button")).to_have_count(1)
    vera.write("In which shade?")
    expect(stays).to_be_hidden(timeout=ARRIVES)
    vera.sees("The chat goes on")
    ana.open_first_chat()
    ana.sees("In which shade?")
