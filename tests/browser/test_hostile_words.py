"""Whatever a visitor or a colleague writes, wherever it stands, is read and never done."""

import json
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import Guest, guests
from tests.browser.hostile import ADDRESSES, MARKUP, RUN, Ears
from tests.browser.screens import ARRIVES, ConsoleScreen, VisitorScreen, search_until_found
from tests.browser.stage import Stage
from tests.browser.test_everybody import settings
from tests.services.open_house import identity_in
from tests.services.served import own_environment, run_manage

PIECE: Final = 12  # of the corpus, in one message
SLY: Final = f'"><img src=x onerror={RUN}>'
NAMED: Final = f"<svg onload={RUN}> Fox"
# What no socket takes as it is, but a database may hold; and a chat in which all of it was said.
STORED: Final = """
from django.db import connection
from support_chat.desk.models import Conversation, User, Visitor
from tests.browser.hostile import ADDRESSES, MARKUP
from tests.browser.test_hostile_words import NAMED, PIECE, SLY
from tests.desk.people import say
chat = Conversation.objects.select_related("visitor", "site").get()
Visitor.objects.update(
    full_name=NAMED, email=SLY, subject=SLY, device=SLY, zone=SLY, page="https://shop.example/" + SLY,
    trail=[{"page": "javascript:" + SLY, "at": "2026-11-24T10:00:00Z"}] * 3, note=SLY,
    attributes={SLY[:40]: SLY}, claimed={"__proto__": SLY, "constructor": SLY, "toString": SLY},
)
Conversation.objects.update(reply_to=SLY, tags=[SLY[:40]])
for at in range(0, len(MARKUP), PIECE):
    say(chat, "\\n".join(MARKUP[at : at + PIECE]))
for text in ADDRESSES:
    say(chat, text)
say(chat, SLY)
User.objects.create_superuser("root", password="open sesame", first_name=SLY, last_name="Root")
"""


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    screen = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    screen.become("Online")
    return screen


def store(stage: Stage, guest: Guest) -> None:
    guest.say("My teapot is broken")
    run_manage("shell", "-v0", "--command", STORED, environment=own_environment(stage.served.database_url))
    guest.say("teapot")  # each console hears of the chat as it is by now


def test_what_a_visitor_says_in_any_field_is_read_as_it_stands_in_every_part_of_the_console(
    stage: Stage, ana: ConsoleScreen
) -> None:
    page, ears = ana.page, Ears(ana.page)
    assert len(MARKUP) + len(ADDRESSES) > 120
    with guests(stage.served, stage.key, 1) as (guest,):
        store(stage, guest)
        ana.open_first_chat()
        ana.sees("teapot")
        said = "\n".join(ana.log.locator(".bubble-text").all_text_contents())
        assert [text for text in (*MARKUP, *ADDRESSES, SLY) if text not in said] == []
        assert ana.log.get_by_role("link").count() == 0
        page.reload()
        expect(page.get_by_role("heading", name=NAMED)).to_be_visible(timeout=ARRIVES)
        pane = page.get_by_role("complementary", name="Visitor")
        for shown in ("__proto__", "constructor", "toString", SLY, NAMED):
            expect(pane).to_contain_text(shown)
        leads = [link.get_attribute("href") or "" for link in pane.get_by_role("link").all()]
        assert all(address.startswith("https://shop.example/") for address in leads), leads
        page.keyboard.press("Escape")
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="What do you want to do?").fill("fox")
        expect(page.get_by_role("option", name=NAMED).first).to_be_visible(timeout=ARRIVES)
        page.keyboard.press("Escape")
        page.get_by_role("toolbar", name="Views").get_by_role("button", name="Mine", exact=True).click()
        expect(page.get_by_role("list", name="Mine")).to_contain_text(NAMED, timeout=ARRIVES)
        search_until_found(page, "onerror", "onerror")
        ears.nothing_ran()


def test_it_is_read_as_it_stands_on_every_page_about_the_chat(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    mia = settings(stage, open_browser)
    expect(mia.get_by_role("heading", name="Settings")).to_be_visible(timeout=ARRIVES)
    ears = Ears(mia)
    with guests(stage.served, stage.key, 1) as (guest,):
        store(stage, guest)
        guest.end()
        console = mia.url.partition("settings/")[0]
        mia.goto(f"{console}transcripts/{guest.chat}/?notes=1")
        read = mia.get_by_role("log", name="Conversation").inner_text()
        assert [text for text in MARKUP if text not in read] == []
        for path in ("transcripts/", f"transcripts/?visitor={SLY}", f"settings/sites/{stage.key}/blocks/"):
            mia.goto(console + path)
            expect(mia.get_by_role("heading", level=1)).to_be_visible()
            ears.nothing_ran()
        mia.context.clear_cookies()
        mia.goto(f"{stage.cable.url}/admin/login/")
        mia.get_by_label("Username").fill("root")
        mia.get_by_label("Password").fill("open sesame")
        mia.get_by_role("button", name="Log in").click()
        for table in ("visitor", "conversation", "entry", "user"):
            mia.goto(f"{stage.cable.url}/admin/desk/{table}/")
            mia.locator("#result_list tbody th a").first.click()
            expect(mia.locator("#content h2, #content h1").first).to_be_visible()
            ears.nothing_ran()


def test_what_an_agent_sends_from_a_canned_reply_is_text_on_both_sides(
    stage: Stage, open_browser: OpenBrowser, ana: ConsoleScreen
) -> None:
    text = "\n".join([*ADDRESSES, SLY, "https://shop.example/lid"])
    words = (
        "from support_chat.desk.models import CannedReply, Site; site = Site.objects.get(); "
        f"CannedReply.objects.create(site=site, shortcut='sly', title={SLY!r}, text={text!r}); "
        f"Site.objects.update(welcome={SLY!r}, welcome_more={SLY!r}, notice={SLY!r}, colour='red}}*{{x:y')"
    )
    run_manage("shell", "-v0", "--command", words, environment=own_environment(stage.served.database_url))
    ears = Ears(ana.page)
    vera = VisitorScreen(open_browser("vera"), stage.host.origin)
    theirs = Ears(vera.page)
    vera.open_chat()
    expect(vera.panel.get_by_text(SLY).first).to_be_visible(timeout=ARRIVES)
    vera.write("Hello")
    ana.open_first_chat()
    ana.page.wait_for_timeout(800)  # until Enter no longer asks
    ana.pick_canned_reply("sly")
    expect(ana.box).to_have_value(text)
    ana.box.press("Enter")
    for screen in (ana, vera):
        screen.sees("shop.example/lid")
        bubble = screen.log.locator(".bubble-text").last
        expect(bubble).to_have_text(text)
        links = bubble.get_by_role("link")
        expect(links).to_have_count(1)
        expect(links).to_have_attribute("href", "https://shop.example/lid")
        assert bubble.locator("*").count() == 1
    ears.nothing_ran()
    theirs.nothing_ran()
    frame = vera.page.frames[-1]
    assert frame.evaluate("[window.hurt, document.images.length]") == [None, 0]


def test_names_of_things_that_a_page_has_itself_are_names_and_no_more(
    stage: Stage, ana: ConsoleScreen
) -> None:
    ears = Ears(ana.page)
    keys = ("__proto__", "constructor", "toString", "location", "hasOwnProperty")
    identity = identity_in(stage.served.database_url, "location", "location")
    with guests(stage.served, stage.key, 1, identity=identity) as (guest,):
        guest.ask("set_attributes", attributes={key: json.dumps({"polluted": key}) for key in keys})
        guest.say("<form id=app><input name=attributes><img id=console name=getElementById>")
        ana.open_first_chat()
        ana.sees("<form id=app><input name=attributes>")
        pane = ana.page.get_by_role("complementary", name="Visitor")
        for key in keys:
            expect(pane).to_contain_text(key)
        taken = ana.page.evaluate("[typeof document.getElementById, typeof window.app]")
        assert taken == ["function", "undefined"]
        ears.nothing_ran()
