"""Names that want to be somebody else's, texts that want to be too much, and rows that somebody has spoiled:
the console shows what can be shown, says what it is, and goes on."""

import re
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.guest import guests
from tests.browser.hostile import Ears
from tests.browser.screens import ARRIVES, ConsoleScreen, search_until_found
from tests.browser.stage import Stage
from tests.services.open_house import identity_in
from tests.services.served import own_environment, run_manage

UNREADABLE: Final = "This message cannot be shown."
LONGEST: Final = 200  # milliseconds that the page may be busy in one piece
TRIES: Final = 3  # the machine may be busy with something else
LOOKS: Final = """globalThis.busy = 0;
const hear = (list) => { for (const { duration } of list.getEntries()) busy = Math.max(busy, duration); };
new PerformanceObserver(hear).observe({ type: "longtask" });"""
# As the visitor signs, as it is shown, and whether it is marked.
NAMES: Final = [
    pytest.param("Support", "Support", False, id="a word"),
    pytest.param("\u0410gent", "\u0410gent", True, id="mixed"),
    pytest.param("\u202etroppuS\u2066", "troppuS", False, id="turned"),
    pytest.param("A\u200dn\u200ba", "Ana", False, id="hidden"),
    pytest.param("Ana \u2705", "Ana \u2705", False, id="a badge"),
    pytest.param("Z" + "\u0301" * 50, "Z" + "\u0301" * 4, False, id="a tower"),
]
BOMBS: Final = {
    "one line without a space": "x" * 8_000,
    "a tower of accents": "a" + "\u0301" * 7_999,
    "links": "https://a.example " * 440,
    "the end of a link": "https://a.example/" + ")" * 7_900,
    "stars": "*" * 8_000,
    "brackets": "[" * 8_000,
    "families": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 1_140,
    "turns": "\u202e\u2066" * 3_999 + "ab",
}
# By the number of the message: as what it is stored, and what stands there.
ROWS: Final = {
    1: ("message", "{"),
    3: ("message", '{"text":"x","files":[7]}'),
    5: ("called_help", '{"agents":7}'),
    6: ("edited", '{"of":[]}'),
    7: ("tagged", '{"added":7}'),
    8: ("hologram", "{}"),
}
SPOIL: Final = """
from django.db import connection
from support_chat.desk.log_guard import UNGUARD
from support_chat.desk.models import Entry
from tests.browser.test_odd_names_and_texts import ROWS
cursor = connection.cursor()
for statement in UNGUARD[connection.vendor]:
    cursor.execute(statement)
said = list(Entry.objects.filter(kind="message").order_by("position"))
for number, (kind, text) in ROWS.items():
    cursor.execute("UPDATE desk_entry SET kind = %s WHERE id = %s", [kind, said[number].pk])
    cursor.execute("UPDATE desk_entrybody SET text = %s WHERE entry_id = %s", [text, said[number].pk])
"""


@pytest.fixture
def ana(stage: Stage, open_browser: OpenBrowser) -> ConsoleScreen:
    screen = ConsoleScreen(open_browser("ana"), stage.served.url, "ana")
    screen.become("Online")
    return screen


@pytest.mark.parametrize(("signed", "shown", "marked"), NAMES)
def test_a_name_stays_in_its_place_and_what_mixes_alphabets_is_marked(
    stage: Stage, ana: ConsoleScreen, signed: str, shown: str, marked: bool
) -> None:
    page = ana.page
    identity = identity_in(stage.served.database_url, "one", signed)
    with (
        guests(stage.served, stage.key, 1, identity=identity) as (guest,),
        guests(stage.served, stage.key, 1) as (other,),
    ):
        other.say("Hello")
        guest.say("I am from your support")
        rows = page.get_by_role("list", name="My chats").locator(".row")
        expect(rows).to_have_count(2, timeout=ARRIVES)
        row = rows.filter(has_text="I am from")
        expect(row.locator("bdi.row-name")).to_have_text(shown)
        heights = [box["height"] for each in rows.all() if (box := each.bounding_box())]
        assert heights[0] == heights[1]
        assert row.locator(".tag").count() == (1 if marked else 0)
        row.click()
        ana.sees("I am from your support")
        heading = page.locator(".chat-title h2")
        expect(heading.locator("bdi")).to_have_text(shown)
        expect(heading.get_by_text("Mixed alphabets")).to_have_count(1 if marked else 0)
        bubble = ana.log.locator(".bubble", has_text="I am from")
        expect(bubble).to_have_attribute("data-role", "visitor")
        expect(bubble).to_have_attribute("data-side", "far")
        expect(bubble.locator("bdi").first).to_have_text(shown)


def test_texts_that_want_to_be_too_much_keep_nobody_waiting_and_stay_in_their_place(
    stage: Stage, open_browser: OpenBrowser
) -> None:
    context = open_browser("ana")
    context.add_init_script(LOOKS)
    ana = ConsoleScreen(context, stage.served.url, "ana")
    ana.become("Online")
    page = ana.page
    with guests(stage.served, stage.key, 1) as (guest,):
        guest.say("Hello")
        ana.open_first_chat()
        count = 1
        for name, text in BOMBS.items():
            took = []
            for _ in range(TRIES):
                page.wait_for_timeout(500)
                page.evaluate("globalThis.busy = 0")
                guest.say(text)
                count += 1
                expect(ana.log.locator(".bubble-text")).to_have_count(count, timeout=ARRIVES)
                page.wait_for_timeout(300)
                took.append(page.evaluate("globalThis.busy"))
                if took[-1] < LONGEST:
                    break
            assert min(took) < LONGEST, (name, took)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            assert ana.log.evaluate("log => log.scrollWidth <= log.clientWidth"), name
        tower = ana.log.locator(".bubble-text").filter(has_text=re.compile("\u0301")).first
        expect(tower).to_have_css("overflow", "clip")


def test_around_rows_that_cannot_be_read_the_chat_is_read_searched_and_gone_on_with(
    stage: Stage, ana: ConsoleScreen
) -> None:
    page, ears = ana.page, Ears(ana.page)
    with guests(stage.served, stage.key, 1) as (guest,):
        for n in range(9):
            guest.say(f"teapot {n}")
        run_manage("shell", "-v0", "--command", SPOIL, environment=own_environment(stage.served.database_url))
        page.reload()
        ana.open_first_chat()
        for kept in (0, 2, 4):
            ana.sees(f"teapot {kept}")
        expect(ana.log.get_by_text(UNREADABLE)).to_have_count(2)
        expect(ana.log.get_by_text("Something that this page cannot show yet.")).to_have_count(1)
        page.wait_for_timeout(800)  # until Enter no longer asks
        ana.reply("Which of them?")
        guest.say("The first teapot")
        ana.sees("The first teapot")
        search_until_found(page, "teapot", "The first teapot")
        ears.nothing_ran()
    told = stage.served.log.read_text("utf-8")
    each = re.findall(r"body of entry (\d+)", told)
    assert len(each) == len({*each}) == 5, "each once"
