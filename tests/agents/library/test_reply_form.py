"""A canned reply is written and changed on a page of its own."""

import pytest
from django.test import Client
from django.urls import reverse

from support_chat.desk.access import Staff
from support_chat.desk.actions.canned_replies import change_reply
from support_chat.desk.models import CannedReply
from tests.agents.conftest import as_user
from tests.agents.settings.test_pages import save, typed
from tests.desk.people import House

pytestmark = pytest.mark.django_db

WORDS = {"title": "Late", "shortcut": "late", "text": "It is late."}


def new(shop: House) -> str:
    return reverse("library-new", args=[shop.site.public_key])


def of(reply: CannedReply) -> str:
    return reverse("library-reply", args=[reply.public_id])


def test_a_manager_writes_one_for_a_queue(shop: House, mia: Client) -> None:
    scope = f"queue:{shop.queue.public_id}"
    answer = save(mia, new(shop), **WORDS, folder="Orders/Late", locale="de", scope=scope)
    assert answer.status_code == 302
    row = CannedReply.objects.get()
    assert (row.text, row.folder, row.locale, row.queue) == ("It is late.", "Orders / Late", "de", shop.queue)


def test_what_an_agent_writes_is_their_own(shop: House, ana: Staff) -> None:
    browser = as_user(ana.user)
    page = browser.get(new(shop)).content.decode()
    assert "Only me" in page
    assert "Everybody of" not in page
    save(browser, new(shop), **WORDS)
    assert CannedReply.objects.get().owner == ana.agent
    forged = typed(browser, new(shop), **WORDS, scope="site")
    assert browser.post(new(shop), forged).status_code == 400


def test_what_is_wrong_stands_beside_its_field(shop: House, mia: Client) -> None:
    shop.reply("late", "It was late.")
    answer = save(mia, new(shop), **WORDS)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["shortcut"]
    answer = save(mia, new(shop), title="", shortcut="new", text="Hello {{visitor.frist_name}}")
    assert sorted(answer.context["form"].errors) == ["title"], "the form itself first"
    answer = save(mia, new(shop), title="New", shortcut="new", text="Hello {{visitor.frist_name}}")
    assert "Did you mean" in answer.content.decode()


def test_two_who_save_after_each_other_keep_each_others_changes(shop: House, mia: Client) -> None:
    row = shop.reply("late", "It was late.")
    seen = typed(mia, of(row))
    boss = shop.staff("boss", role="manager", answers=False)
    change_reply(staff=boss, reply=row.public_id, values={"text": "It is very late."})
    mia.post(of(row), {**seen, "title": "Another title"})
    row.refresh_from_db()
    assert (row.title, row.text) == ("Another title", "It is very late.")


def test_one_can_be_given_to_others_and_says_how_it_is_used(shop: House, mia: Client, ana: Staff) -> None:
    row = shop.reply("late", "It was late.")
    CannedReply.objects.filter(pk=row.pk).update(owner=ana.agent)
    page = mia.get(of(row)).content.decode()
    assert "Not used yet." in page
    assert "Only Ana Costa" in page
    save(mia, of(row), scope="site")
    row.refresh_from_db()
    assert row.owner is None
