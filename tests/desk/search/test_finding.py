"""What is found, for whom, and in which order."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from support_chat.desk.access import Staff, staff_of
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import BadQuery, TakesTooLong
from support_chat.desk.models import Conversation, Queue, Visitor
from support_chat.desk.search import finding, statements
from support_chat.desk.search.finding import search
from support_chat.desk.search.keeping import keep_up
from support_chat.live.refusals import BadField
from tests.desk.people import House, house, say
from tests.desk.search.sayings import everything, marked, said, sent, texts

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


@pytest.fixture(params=[(3, 10_000), (3, -1), (10_000, 0)], ids=["by the index", "walking on", "walking"])
def walk(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """How far is walked back before the index is asked, and how much it may have to read."""
    for name, value in zip(("WALK", "DENSE"), request.param, strict=True):
        monkeypatch.setattr(statements, name, value)


@pytest.mark.usefixtures("walk")
def test_words_of_both_sides_and_notes_are_found_the_newest_first(shop: House, ana: Staff) -> None:
    chat = said(shop, "Where is my refund?", "It was the blue teapot")
    say(chat, "Your refund left today.", by=ana)
    add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body="Refund again")
    for number in range(4):
        said(shop, f"Something else {number}")
    assert texts(ana, "refund ") == ["Refund again", "Your refund left today.", "Where is my refund?"]
    found = search(ana, "refund ")["found"]
    assert [each["kind"] for each in found] == ["note", "message", "message"]
    assert [each["author"]["role"] for each in found] == ["agent", "agent", "visitor"]
    assert [marked(each) for each in found] == [["Refund"], ["refund"], ["refund"]]
    assert {each["conversation"] for each in found} == {chat.public_id}
    assert [each["position"] for each in found] == [6, 5, 2]


@pytest.mark.usefixtures("walk")
def test_all_words_are_wanted_phrases_in_a_row_and_without_what_has_a_minus(shop: House, ana: Staff) -> None:
    said(shop, "the red door", "a door, red", "the red car", "Order-4711 via anna@shop.example", "Müller")
    assert texts(ana, "red door ") == ["a door, red", "the red door"]
    assert texts(ana, '"red door"') == ["the red door"]
    assert texts(ana, "red -door") == ["the red car"]
    assert texts(ana, "order 4711 ") == ["Order-4711 via anna@shop.example"]
    assert texts(ana, "ANNA@shop.example ") == ["Order-4711 via anna@shop.example"]
    assert texts(ana, "muller ") == ["Müller"]
    assert texts(ana, "mül") == ["Müller"]
    assert texts(ana, "mül ") == []


@pytest.mark.usefixtures("walk")
def test_files_are_found_by_their_names(shop: House, ana: Staff) -> None:
    chat = said(shop, "Here it is")
    sent(chat, "Invoice_2026.pdf", "My bill")
    said(shop, "No invoice", "Nothing", "At", "All")
    assert texts(ana, "invoice has:file ") == ["Invoice_2026.pdf"]
    assert texts(ana, "invoice -has:file ") == ["No invoice"]
    assert texts(ana, "has:file") == ["My bill"]


@pytest.mark.usefixtures("walk")
def test_operators_say_whose_words_in_which_chats_and_when(shop: House, ana: Staff) -> None:
    chat = said(shop, "My teapot is broken")
    say(chat, "Which teapot?", by=ana)
    other = said(shop, "A teapot, please")
    close_conversation(staff=ana, conversation=other.pk, client_id=uuid4())
    Conversation.objects.filter(pk=other.pk).update(tags=["VIP"])
    assert texts(ana, "teapot from:agent ") == ["Which teapot?"]
    assert texts(ana, 'teapot from:"Ana Costa"') == ["Which teapot?"]
    assert texts(ana, f'teapot from:"{chat.visitor.name}"') == ["My teapot is broken"]
    assert texts(ana, "teapot is:closed ") == ["A teapot, please"]
    assert (
        texts(ana, "teapot is:active ")
        == texts(ana, "teapot is:open ")
        == ["Which teapot?", "My teapot is broken"]
    )
    assert texts(ana, "teapot is:queued ") == []
    assert texts(ana, "teapot -is:closed from:visitor ") == ["My teapot is broken"]
    assert texts(ana, "teapot tag:vip ") == ["A teapot, please"]
    assert texts(ana, "teapot agent:ana from:visitor ") == ["A teapot, please", "My teapot is broken"]
    assert texts(ana, "teapot agent:ben ") == []
    assert texts(ana, "teapot queue:quest from:agent ") == ["Which teapot?"]
    assert texts(ana, "teapot queue:100% ") == []


@pytest.mark.usefixtures("walk")
def test_days_begin_on_the_clocks_of_the_site(shop: House, ana: Staff) -> None:
    said(shop, "A teapot, please")
    today = database_now().date()
    tomorrow, far = today + timedelta(days=2), "9999-12-31"
    assert texts(ana, f"teapot after:{today - timedelta(days=1)} ") == ["A teapot, please"]
    assert (
        texts(ana, f"teapot before:{tomorrow} ")
        == texts(ana, f"teapot before:{far} ")
        == ["A teapot, please"]
    )
    assert texts(ana, f"teapot after:{tomorrow} ") == texts(ana, "teapot before:0001-01-01 ") == []


@pytest.mark.usefixtures("walk")
def test_without_words_whole_chats_are_found(shop: House, ana: Staff) -> None:
    first, second = said(shop, "One", "Two"), said(shop, "Three")
    close_conversation(staff=ana, conversation=first.pk, client_id=uuid4())
    found = everything(ana, "is:closed")
    assert [(each["kind"], each["conversation"], each["text"]) for each in found] == [
        ("chat", first.public_id, "Two")
    ]
    assert [each["conversation"] for each in everything(ana, "agent:ana")] == [
        second.public_id,
        first.public_id,
    ]
    assert [each["conversation"] for each in everything(ana, "is:open")] == [second.public_id]


def test_visitors_are_found_by_what_is_known_of_them(shop: House, ana: Staff) -> None:
    chat = said(shop, "Hello")
    Visitor.objects.filter(pk=chat.visitor_id).update(
        full_name="Anna Müller", email="anna@mail.example", subject="customer-77", claimed={"name": "Annie"}
    )
    Conversation.objects.filter(pk=chat.pk).update(reply_to="home@mail.example")
    for query in ("muller ", "ann", "anna@mail.example ", "customer-77 ", "annie ", "home@mail.example "):
        people = search(ana, query)["people"]
        assert [each["conversation"] for each in people] == [chat.public_id], query
        assert people[0]["marks"]
        assert people[0]["who"] == chat.visitor.public_id
    assert search(ana, "mueller ")["people"] == []
    assert search(ana, "anna from:visitor ")["people"] == []
    assert search(ana, "anna is:closed ")["people"] == []
    Visitor.objects.filter(pk=chat.visitor_id).update(full_name="Berta")
    assert search(ana, "muller ")["people"] == []
    assert search(ana, "berta ")["people"]


@pytest.mark.usefixtures("walk")
def test_only_what_may_be_read_is_found(shop: House, ana: Staff) -> None:
    other, elsewhere = house("Other"), Queue.objects.create(site=shop.site, name="Returns")
    mia, rob = shop.staff("mia", role="manager", answers=False), shop.staff("rob", queue=elsewhere)
    hers = shop.staff("zoe", queue=shop.queue)
    foreign = said(other, "A teapot of others")
    Visitor.objects.filter(pk=foreign.visitor_id).update(full_name="Teapot Smith")
    there = said(shop, "A teapot to return")
    said(shop, "A teapot, please")
    Conversation.objects.filter(pk=there.pk).update(
        queue=elsewhere, state="closed", owner=None, sort_key=None
    )
    both = ["A teapot, please", "A teapot to return"]
    assert texts(mia, "teapot ") == texts(staff_of(ana.user), "teapot ") == both
    assert texts(hers, "teapot ") == both[:1]
    assert texts(rob, "teapot ") == both[1:]
    assert search(ana, "teapot ")["people"] == search(rob, "smith ")["people"] == []
    assert [each["conversation"] for each in everything(rob, "is:closed")] == [there.public_id]


@pytest.mark.usefixtures("walk")
def test_a_chat_that_is_mine_or_comes_to_me_is_found_whatever_its_queue(shop: House) -> None:
    elsewhere = Queue.objects.create(site=shop.site, name="Returns")
    rob = shop.staff("rob", queue=elsewhere)
    chat = said(shop, "A teapot, please")
    assert texts(rob, "teapot ") == []
    Conversation.objects.filter(pk=chat.pk).update(state="active", owner=rob.agent, sort_key=None)
    assert texts(rob, "teapot ") == ["A teapot, please"]
    assert [each["conversation"] for each in everything(rob, "is:active")] == [chat.public_id]


@pytest.mark.usefixtures("walk")
def test_pages_follow_each_other_without_a_gap_while_more_is_said(
    shop: House, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "SEARCH_PAGE", 2)
    said(shop, *(f"teapot {number}" for number in range(7)))
    keep_up()
    first = search(ana, "teapot ")
    said(shop, "teapot again")
    found = [each["text"] for each in first["found"]]
    after = first["after"]
    while after is not None:
        page = search(ana, "teapot ", after)
        assert page["people"] == []
        found += [each["text"] for each in page["found"]]
        after = page["after"]
    assert found == [f"teapot {number}" for number in reversed(range(7))]
    with pytest.raises(BadField):
        search(ana, "teapots ", first["after"])


def test_what_cannot_be_understood_and_what_takes_too_long_are_refused(
    shop: House, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadQuery):
        search(ana, "foo:bar")

    def slow(asked: statements.Asked, limit: int) -> statements.Keys:
        with connection.cursor() as cursor:
            endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
            cursor.execute(endless)
        return statements.Keys([], None)

    monkeypatch.setattr(finding, "entries", slow)
    with pytest.raises(TakesTooLong):
        search(ana, "refund")
    monkeypatch.undo()
    assert search(ana, "refund")["found"] == []


def test_another_fault_of_the_database_is_no_matter_of_patience(
    ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(asked: statements.Asked, limit: int) -> statements.Keys:
        raise OperationalError("the disk is on fire")

    monkeypatch.setattr(finding, "entries", broken)
    with pytest.raises(OperationalError, match="fire"):
        search(ana, "refund")


ODD = ["' OR 1=1 --", '" AND *', "a:b ^ (c)", "\\ % _ !", "NEAR NOT AND OR", "ﬁ ½ ẞ İ 東京", "x" * 250]
ASKED = [
    *(f'"{text.replace(chr(34), " ")}a"' for text in ODD),
    "a -a",
    "near",
    "x*",
    "(a)",
    "from:'%",
    "tag:\\",
]


@pytest.mark.parametrize("query", ASKED)
def test_nothing_that_is_said_or_typed_breaks_a_search(shop: House, ana: Staff, query: str) -> None:
    said(shop, *ODD)
    assert set(search(ana, query)) == {"people", "found", "after"}
