"""An import is looked at first and then done whole, or not at all."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agents.library.formats import BYTES
from agents.library.plan import Plan
from support_chat.desk.access import Staff
from support_chat.desk.models import CannedReply, ReplyVersion
from tests.agents.conftest import as_user
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db

TABLE = """shortcut,title,text,language,queue,personal
late,Late,It is very late.,,,
same,Same,Words.,,,
new,New,Hello {{visitor.frist_name}},,,
good,Good,Good morning.,de,Questions,
good,Good,Good evening.,de,,
far,Far,Far away.,,Nowhere,
"""


def into(shop: House) -> str:
    return reverse("library-import", args=[shop.site.public_key])


def look(browser: Client, shop: House, text: str) -> Any:
    return browser.post(into(shop), {"file": SimpleUploadedFile("replies.csv", text.encode())})


def done(browser: Client, shop: House, text: str, plan: Plan) -> Any:
    return browser.post(into(shop), {"content": text, "digest": plan.digest})


def plan_of(answer: Any) -> Plan:
    plan = answer.context["plan"]
    assert isinstance(plan, Plan)
    return plan


def test_what_would_be_made_changed_and_skipped_is_shown_and_nothing_is_done(
    shop: House, mia: Client
) -> None:
    shop.reply("late", "It was late.")
    shop.reply("same", "Words.")
    answer = look(mia, shop, TABLE)
    rows = [(row.where, row.does, list(row.why)) for row in plan_of(answer).rows]
    assert rows[:2] == [("Line 2", "change", ["text"]), ("Line 3", "same", [])]
    assert [row[:2] for row in rows[2:]] == [
        ("Line 4", "skip"),
        ("Line 5", "make"),
        ("Line 6", "skip"),
        ("Line 7", "skip"),
    ]
    assert rows[2][2][0].startswith("text: “{{visitor.frist_name}}” stands for nothing.")
    assert rows[4][2] == ["The same shortcut and language as line 5."]
    assert rows[5][2] == ["This site has no queue “Nowhere”."]
    assert "1 new, 1 changed, 1 as they are, 3 skipped." in answer.content.decode()
    assert CannedReply.objects.count() == 2
    assert not ReplyVersion.objects.exists()


def test_what_was_looked_at_is_done(shop: House, mia: Client) -> None:
    shop.reply("late", "It was late.")
    text = TABLE.replace("\n", "\r\n")  # as a form sends it
    assert done(mia, shop, text, plan_of(look(mia, shop, TABLE))).status_code == 302
    rows = {row.shortcut: row.text for row in CannedReply.objects.all()}
    assert rows == {"late": "It is very late.", "same": "Words.", "good": "Good morning."}
    assert CannedReply.objects.get(shortcut="good").queue == shop.queue


def test_what_would_be_otherwise_by_now_is_shown_anew(shop: House, mia: Client) -> None:
    plan = plan_of(look(mia, shop, TABLE))
    shop.reply("late", "It was late.")
    answer = done(mia, shop, TABLE, plan)
    assert answer.status_code == 409
    assert CannedReply.objects.count() == 1
    assert done(mia, shop, TABLE, plan_of(answer)).status_code == 302


def test_an_agent_brings_in_their_own(shop: House, ana: Staff) -> None:
    browser = as_user(ana.user)
    text = json.dumps([{"short_code": "hi", "content": "Hi {{contact.name}}"}])
    assert done(browser, shop, text, plan_of(look(browser, shop, text))).status_code == 302
    row = CannedReply.objects.get()
    assert (row.owner, row.text, row.title) == (ana.agent, "Hi {{visitor.name}}", "Hi")


def test_what_is_exported_and_brought_in_again_is_as_it_was(shop: House, mia: Client, ana: Staff) -> None:
    shop.reply("late", "=It is late.\nSorry.", shop.queue)
    own = shop.reply("own", "Mine.")
    CannedReply.objects.filter(pk=own.pk).update(owner=ana.agent)
    for name in ("csv", "json"):
        told = mia.get(reverse("library-export", args=[shop.site.public_key, name]))
        assert "attachment" in told.headers["Content-Disposition"]
        rows = plan_of(look(mia, shop, told.content.decode())).rows
        assert [(row.shortcut, row.does) for row in rows] == [("late", "same")], "and not an agent's own"
    mine = as_user(ana.user).get(reverse("library-export", args=[shop.site.public_key, "csv"]))
    assert "own" in mine.content.decode()
    assert "late" not in mine.content.decode()


def test_what_cannot_be_read_is_said_beside_the_field(shop: House, mia: Client) -> None:
    for text in ("nothing here", "", "x" * (BYTES + 1)):
        answer = look(mia, shop, text)
        assert answer.status_code == 400
        assert "errorlist" in answer.content.decode()
    assert mia.post(into(shop), {"content": "nothing", "digest": ""}).status_code == 404


def test_a_site_of_others_is_not_found(mia: Client) -> None:
    other = house("Elsewhere")
    assert mia.get(into(other)).status_code == 404
    assert mia.get(reverse("library-export", args=[other.site.public_key, "csv"])).status_code == 404
