"""A row that somebody has spoiled: one line cannot be shown, and everything else goes on."""

import json
import logging
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import override_settings

from support_chat.desk import bodies, db
from support_chat.desk.access import Staff
from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.bodies import UNREADABLE
from support_chat.desk.history import View, page
from support_chat.desk.log_guard import UNGUARD
from support_chat.desk.models import Conversation
from support_chat.desk.source import news_after
from tests.desk.looking import look
from tests.desk.people import House, house, say
from tests.desk.running import running

HASHED = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}  # as in production
VIEWS = [View(visitor=True, me=""), View(visitor=False, me="")]
SPOILED = {
    "cut off": '{"text":"Whe',
    "no JSON": "<b>",
    "a list": "[]",
    "nothing": "null",
    "a number as text": '{"text":7}',
    "another field": '{"txt":"Hello"}',
    "huge": '{"text":"' + "x" * 2_000_000 + '"}',
    "deep": "[" * 50_000,
    "not a number": '{"text":NaN}',
}


@pytest.fixture(autouse=True)
def forgetful() -> None:
    """What was told of one test's rows is told of the next one's too."""
    bodies._tell.cache_clear()


def chat_of(shop: House) -> tuple[Conversation, Staff]:
    """opened, message, assigned, then three messages; all of them seen by both sides."""
    ana, chat = shop.staff("ana", status="online"), shop.chat()
    accept_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    for words in ("one", "two", "three"):
        say(chat, words)
    return chat, ana


def spoil(chat: Conversation, position: int, text: str) -> None:
    entry = chat.entries.get(position=position).pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE desk_entrybody SET text = %s WHERE entry_id = %s", [text, entry])


def change_kind(chat: Conversation, position: int, kind: str) -> None:
    """Past the guards of the log."""
    with connection.cursor() as cursor:
        for statement in UNGUARD[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(
            "UPDATE desk_entry SET kind = %s WHERE conversation_id = %s AND position = %s",
            [kind, chat.pk, position],
        )


def read_in_every_way(chat: Conversation) -> None:
    """As both sides: from nothing, from a mark and by pages all six are there, in order."""
    for view in VIEWS:
        whole = look(chat, view).told["entries"]
        known = whole[0]
        rest = look(chat, view, after=known["position"], mark=known["mark"]).resumed["entries"]
        assert [known, *rest] == whole == page(chat, view, before=9, limit=9)["entries"]
        assert [entry["position"] for entry in whole] == [1, 2, 3, 4, 5, 6]
        json.dumps(whole, allow_nan=False)
    assert [news.version for news in news_after(chat.topic, 0)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db
@pytest.mark.parametrize("text", SPOILED.values(), ids=SPOILED)
def test_a_message_that_cannot_be_read_is_one_line_and_the_others_are_there(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    chat, _ = chat_of(house())
    spoil(chat, 5, text)
    read_in_every_way(chat)
    for view in VIEWS:
        texts = [entry["body"].get("text") for entry in look(chat, view).told["entries"]]
        assert texts == [None, "Hello", None, "one", UNREADABLE, "three"]
    told = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(told) == 1, "told once, however often it is read"
    assert "x" * 9 not in told[0].getMessage(), "and not what it says"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "{", '{"agent":7}', '{"agent":{"id":"x"}}', '{"agent":null}'])
def test_an_agent_who_cannot_be_read_is_a_colleague(text: str) -> None:
    chat, _ = chat_of(house())
    spoil(chat, 3, text)
    read_in_every_way(chat)
    seen = look(chat, VIEWS[0]).told
    assert seen["agent"]["name"] == seen["entries"][2]["body"]["agent"]["name"] == "A colleague"


ODD = {
    "edited": ['{"of":[],"text":"x"}', '{"of":2,"text":7}'],
    "retracted": ['{"of":{}}'],
    "called_help": ['{"agents":7}', '{"agents":[7]}'],
    "invited": ['{"agent":{}}'],
    "joined": ['{"guest":true,"by":"<b>"}'],
    "tagged": ['{"added":7}', '{"removed":[{}]}'],
    "merged": ['{"visitor":[]}'],
    "rated": ['{"score":"five"}', '{"score":5,"comment":{}}'],
    "declined": ['{"agent":{"name":7}}', '{"reason":[]}'],
}


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in ODD.items() for text in texts])
def test_what_is_no_such_thing_as_its_kind_says_is_nothing(kind: str, text: str) -> None:
    chat, _ = chat_of(house())
    spoil(chat, 4, text)
    change_kind(chat, 4, kind)
    entry = look(chat, VIEWS[1]).told["entries"][3]
    assert (entry["kind"], entry["body"]) == (kind, {})


@pytest.mark.django_db
def test_a_kind_that_this_release_does_not_know_tells_a_visitor_nothing_but_that_it_is_there() -> None:
    chat, _ = chat_of(house())
    spoil(chat, 4, '{"secret":"x"}')
    change_kind(chat, 4, "hologram")
    read_in_every_way(chat)
    entry = look(chat, VIEWS[0]).told["entries"][3]
    assert (entry["kind"], entry["body"]) == ("hologram", {})


@pytest.mark.django_db
def test_a_body_that_is_gone_is_one_line() -> None:
    chat, _ = chat_of(house())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM desk_entrybody WHERE entry_id = %s", [chat.entries.get(position=4).pk])
    read_in_every_way(chat)


@pytest.mark.django_db
def test_a_picture_of_an_earlier_release_is_none() -> None:
    chat, _ = chat_of(house())
    agent = {"id": "a", "name": "Ana Costa", "public_name": "Ana", "picture": "gone/ana.png"}
    spoil(chat, 3, json.dumps({"agent": agent}))
    with override_settings(STORAGES={**configured.STORAGES, "staticfiles": HASHED}):
        read_in_every_way(chat)
        assert look(chat, VIEWS[0]).told["agent"]["picture"] is None


@pytest.mark.django_db(transaction=True)
async def test_both_sides_chat_on_around_a_message_that_cannot_be_read() -> None:
    shop = await db.run(house)
    ana = await db.run(shop.staff, "ana")
    async with running() as desk:
        agent, visitor = await desk.staff(ana, status="online"), await desk.visitor(shop.site)
        chat = (await visitor.ok("start_conversation", client_id=str(uuid4()), body="Hello"))["conversation"]
        await agent.event("inbox_changed")
        await visitor.ok("post_message", conversation=chat, client_id=str(uuid4()), body="spoiled soon")
        row = await db.run(Conversation.objects.get, public_id=chat)
        said = (await db.run(lambda: row.entries.filter(kind="message").latest("position"))).position
        await db.run(spoil, row, said, "{")
        await db.run(Conversation.objects.filter(pk=row.pk).update, last_words={"at": "never"})
        back, colleague = await desk.visitor(shop.site, visitor.token), await desk.staff(ana)
        assert UNREADABLE in json.dumps(back.welcome)
        assert chat in json.dumps(colleague.welcome["inbox"])
        assert UNREADABLE in json.dumps(await colleague.ok("open_conversation", conversation=chat))
        await back.ok("post_message", conversation=chat, client_id=str(uuid4()), body="and on")
        for each in (visitor, back, colleague):
            await each.until(lambda each=each: any(e["body"].get("text") == "and on" for e in each.entries()))
