"""What an agent sees of a visitor beside the chat."""

from playwright.sync_api import expect

from tests.browser.axe import Axe
from tests.browser.conftest import OpenBrowser
from tests.browser.guest import guests
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen
from tests.browser.stage import Stage

PAGE = "https://shop.example/tea"


def test_an_agent_sees_where_a_visitor_is_on_what_and_what_the_team_noted(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    context = open_browser("vera", timezone_id="Asia/Tokyo")
    vera = VisitorScreen(context, stage.host.origin)
    vera.open_chat()
    vera.write("Do you have blue doors?")
    ana.open_first_chat()
    pane = ana.page.get_by_role("complementary", name="Visitor")
    expect(pane).to_contain_text("On the page", timeout=ARRIVES)
    expect(pane).to_contain_text("Asia/Tokyo", timeout=ARRIVES)
    expect(pane).to_contain_text("Computer, Chrome", timeout=ARRIVES)
    vera.page.evaluate("history.pushState(null, '', '/doors?colour=blue')")
    vera.page.get_by_role("button", name="Minimise chat").first.click()
    expect(pane.get_by_role("link", name="/doors")).to_be_visible(timeout=ARRIVES)
    assert "colour" not in (pane.text_content() or "")
    expect(pane.get_by_role("heading", name="Pages before")).to_be_visible()
    pane.get_by_role("button", name="Write a note on the person").click()
    pane.get_by_role("textbox", name="Note on the person").fill("Prefers the morning.")
    axe.look(ana.page, "writing a note on the person", widths=(1280,))
    pane.get_by_role("button", name="Save").click()
    expect(pane.get_by_text("Prefers the morning.")).to_be_visible(timeout=ARRIVES)
    axe.look(ana.page, "a visitor with a trail and a note", widths=(1280,))
    ana.page.set_viewport_size({"width": 390, "height": 720})
    expect(pane).to_be_hidden()
    ana.page.get_by_role("button", name="Visitor details").click()
    axe.look(ana.page, "the visitor over the chat", widths=(390,))
    assert not axe.found, "\n".join(axe.found)


def test_what_a_visitor_asked_before_is_read_as_far_back_as_it_goes(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    with guests(stage.served, stage.key, 1) as (guest,):
        for number in range(22):
            guest.say(f"Question {number}").end()
            guest.chat = None
        guest.say("And now?")
        ana.open_first_chat()
        earlier = ana.page.get_by_role("region", name="Earlier chats")
        expect(earlier.get_by_role("listitem")).to_have_count(20, timeout=ARRIVES)
        axe.look(ana.page, "earlier chats", widths=(1280,))
        earlier.get_by_role("button", name="Earlier…").click()
        expect(earlier.get_by_role("listitem")).to_have_count(22, timeout=ARRIVES)
        expect(earlier.get_by_role("listitem").last).to_contain_text("Question 0")
        expect(earlier.get_by_role("listitem").nth(20).get_by_role("button")).to_be_focused()
        expect(earlier.get_by_role("button", name="Earlier…")).to_have_count(0)
        ana.page.keyboard.press("Enter")
        expect(ana.page.get_by_role("dialog")).to_contain_text("Question 1", timeout=ARRIVES)
    assert not axe.found, "\n".join(axe.found)


def test_a_note_on_the_person_is_gone_on_with_after_a_look_into_another_chat(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    pane = ana.page.get_by_role("complementary", name="Visitor")
    note = pane.get_by_role("textbox", name="Note on the person")
    with guests(stage.served, stage.key, 2) as (first, second):
        rows = ana.page.get_by_role("list", name="My chats")
        for guest in (first, second):
            guest.say("Do you have blue doors?")
        rows.get_by_role("button", name=first.name).click(timeout=ARRIVES)
        pane.get_by_role("button", name="Write a note on the person").click(timeout=ARRIVES)
        expect(note).to_be_focused()
        ana.page.keyboard.type("Prefers the mor")
        rows.get_by_role("button", name=second.name).click(timeout=ARRIVES)
        expect(ana.page.get_by_role("heading", name=second.name)).to_be_visible(timeout=ARRIVES)
        expect(note).to_be_hidden()
        rows.get_by_role("button", name=first.name).click()
        expect(note).to_have_value("Prefers the mor")
        note.press_sequentially("ning.")
        pane.get_by_role("button", name="Save").click()
        expect(pane.get_by_role("button", name="Edit the note")).to_be_focused(timeout=ARRIVES)
        expect(pane.get_by_text("Prefers the morning.")).to_be_visible()


def test_a_fact_is_copied_by_a_key_and_a_screen_reader_is_told(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    context = open_browser("ana", permissions=["clipboard-read", "clipboard-write"])
    ana = ConsoleScreen(context, stage.served.url, "ana")
    ana.become("Online")
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Do you have blue doors?")
        ana.open_first_chat()
        ana.page.get_by_role("button", name="Copy: Page").press("Enter", timeout=ARRIVES)
        expect(ana.page.get_by_role("log").get_by_text("Page copied")).to_have_count(1, timeout=ARRIVES)
        assert ana.page.evaluate("navigator.clipboard.readText()") == PAGE
        axe.look(ana.page, "facts that can be copied", widths=(1280,))
    assert not axe.found, "\n".join(axe.found)


def test_whoever_saves_a_note_that_changed_meanwhile_sees_both_and_may_save_theirs(
    stage: Stage, open_browser: OpenBrowser, axe: Axe
) -> None:
    ana = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    ana.become("Online")
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Do you have blue doors?")
        ana.open_first_chat()
        elsewhere = ana.page.context.new_page()
        elsewhere.goto(f"{stage.served.url}/console/#{guest.chat}")
        mine, theirs = [page.get_by_role("complementary", name="Visitor") for page in (ana.page, elsewhere)]
        for pane, words in ((mine, "Has a dog."), (theirs, "Likes blue.")):
            pane.get_by_role("button", name="Write a note on the person").click(timeout=ARRIVES)
            pane.get_by_role("textbox", name="Note on the person").fill(words)
        theirs.get_by_role("button", name="Save").click()
        expect(theirs.get_by_role("button", name="Edit the note")).to_be_visible(timeout=ARRIVES)
        mine.get_by_role("button", name="Save").click()
        expect(mine.get_by_text("By now it says:")).to_be_visible(timeout=ARRIVES)
        expect(mine.get_by_text("Likes blue.")).to_be_visible()
        expect(mine.get_by_role("textbox", name="Note on the person")).to_have_value("Has a dog.")
        axe.look(ana.page, "a note that a colleague changed meanwhile", widths=(1280,))
        mine.get_by_role("button", name="Save mine over it").click()
        for pane in (mine, theirs):
            expect(pane.get_by_text("Has a dog.")).to_be_visible(timeout=ARRIVES)
    assert not axe.found, "\n".join(axe.found)
