"""The index is kept by the database, with what it is an index of."""

from uuid import uuid4

import pytest
from django.db import connection

from support_chat.desk.access import Staff
from support_chat.desk.actions.revising import edit_message, retract_message
from support_chat.desk.integrity import check_integrity
from support_chat.desk.integrity.search import FOUND
from support_chat.desk.models import EntryBody
from support_chat.desk.search.finding import search
from support_chat.desk.search.index import (
    ENTRIES,
    MADE,
    PENDING,
    TO_DO_THERE,
    UNMADE,
    VISITORS,
    VISITORS_THERE,
)
from support_chat.desk.search.keeping import bring_in, keep_up
from tests.desk.people import House
from tests.desk.search.sayings import everything, said, sent, texts

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def nothing_indexed(db: None) -> None:
    """A test that commits is tidied up by TRUNCATE, of which PostgreSQL's index hears nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {ENTRIES}; DELETE FROM {VISITORS}; DELETE FROM {PENDING}")


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


def rows(table: str = ENTRIES) -> int:
    keep_up()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_what_is_said_otherwise_is_found_in_its_new_words_alone_and_at_its_old_place(
    shop: House, ana: Staff
) -> None:
    chat = said(shop, "My PIN is secret")
    edit_message(by=chat.visitor, conversation=chat.pk, client_id=uuid4(), position=2, body="My teapot")
    assert texts(ana, "secret") == []
    assert [(each["text"], each["position"], each["kind"]) for each in everything(ana, "teapot")] == [
        ("My teapot", 2, "message")
    ]
    retract_message(by=chat.visitor, conversation=chat.pk, client_id=uuid4(), position=2)
    assert texts(ana, "teapot") == []
    assert rows() == 0


def test_whatever_blanks_a_body_takes_it_out_of_the_index(shop: House, ana: Staff) -> None:
    chat = said(shop, "My PIN is secret", "And public")
    sent(chat, "secret.pdf", "See there")
    assert rows() == 3
    EntryBody.objects.filter(entry__conversation=chat).exclude(text__contains="public").update(
        text="", salt=b""
    )
    assert texts(ana, "secret") == texts(ana, "see") == []
    assert texts(ana, "public") == ["And public"]
    assert rows() == 1


def test_numbers_that_were_hidden_are_not_found(shop: House, ana: Staff) -> None:
    said(shop, "My card is 4111 1111 1111 1111")
    assert texts(ana, "4111") == []
    assert len(texts(ana, "card")) == 1


@pytest.mark.parametrize(
    "spoilt", ["{", "[1]", '"text"', '{"text": 5, "files": "x"}', '{"files": [1, {"name": 2}]}']
)
def test_whatever_stands_in_a_body_it_can_be_kept(shop: House, ana: Staff, spoilt: str) -> None:
    chat = said(shop, "A teapot")
    EntryBody.objects.filter(entry__conversation=chat, entry__kind="message").update(text=spoilt)
    assert texts(ana, "teapot") == []


def test_what_only_the_log_says_is_not_indexed(shop: House, ana: Staff) -> None:
    said(shop, "A teapot")
    assert rows() == 1
    assert rows(VISITORS) == 1
    assert texts(ana, "costa") == []


def test_what_is_missing_in_the_index_or_should_be_is_seen_by_its_name(shop: House, ana: Staff) -> None:
    chat = said(shop, "A teapot", "🎉 !")
    EntryBody.objects.filter(text__contains="teapot").update(text="")
    assert FOUND not in check_integrity().broken
    entry = chat.entries.get(position=2).pk
    key, values = (
        ("rowid", [entry])
        if connection.vendor == "sqlite"
        else (
            "site_id, entry_id",
            [shop.site.pk, entry],
        )
    )
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO {ENTRIES} ({key}, words) VALUES ({places}, 'teapot')", values)
    assert check_integrity().broken[FOUND].broken == 1


def test_what_was_said_waits_for_the_clock_and_what_was_blanked_is_gone_at_once(
    shop: House, ana: Staff
) -> None:
    chat = said(shop, "A teapot", "My PIN is secret")
    assert search(ana, "teapot")["found"] == []
    assert FOUND not in check_integrity().broken  # it waits, and nothing is missing
    assert keep_up() == chat.entries.count()
    assert len(search(ana, "teapot")["found"]) == 1
    EntryBody.objects.filter(text__contains="secret").update(text="")
    assert search(ana, "secret")["found"] == []
    assert keep_up() == 1
    assert keep_up() == 0
    assert search(ana, "secret")["found"] == []


def test_what_was_blanked_before_it_was_brought_in_never_is(shop: House, ana: Staff) -> None:
    said(shop, "My PIN is secret")
    EntryBody.objects.filter(text__contains="secret").update(text="")
    assert texts(ana, "secret") == []
    assert rows() == 0


def test_an_index_made_later_holds_what_is_there(shop: House, ana: Staff) -> None:
    said(shop, "A teapot", "A blanked one")
    EntryBody.objects.filter(text='{"text":"A blanked one"}').update(text="")
    keep_up()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ENTRIES}")
        cursor.execute(TO_DO_THERE, [0, 1 << 62])
        cursor.execute(TO_DO_THERE, [0, 1 << 62])  # begun again
    assert bring_in(1) == 1
    assert texts(ana, "teapot") == ["A teapot"]
    assert rows() == 1


def test_the_index_can_be_taken_away_and_made_again(shop: House, ana: Staff) -> None:
    said(shop, "A teapot")
    with connection.cursor() as cursor:
        for statement in UNMADE[connection.vendor]:
            cursor.execute(statement)
        for statement in MADE[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(TO_DO_THERE, [0, 1 << 62])
        for _ in range(2):
            cursor.execute(VISITORS_THERE[connection.vendor], [0, 1 << 62])
    assert texts(ana, "teapot") == ["A teapot"]
    assert rows(VISITORS) == 1


@pytest.mark.parametrize("word", ["हिन्दी", "สวัสดี", "שָׁלוֹם", "مُحَمَّد", "தமிழ்", "café"])
def test_words_with_signs_at_their_letters_are_found_whole(shop: House, ana: Staff, word: str) -> None:
    said(shop, f"Hello, {word}!", "Something else")
    assert texts(ana, f"{word} ") == [f"Hello, {word}!"]
