"""Snapshots, catch-up and pages. Guarantee 4 as a model: what is recovered is exactly what was missing."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from support_chat.desk import history, readings
from support_chat.desk.access import Staff
from support_chat.desk.actions.conversations import close_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.history import View, page
from support_chat.desk.models import Conversation
from support_chat.settings.chat import PAGE_BYTES
from tests.desk.looking import look
from tests.desk.people import House, say

pytestmark = pytest.mark.django_db
VISITOR, STAFF = View(visitor=True, me=""), View(visitor=False, me="")
QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online")


@pytest.fixture
def chat(shop: House, ana: Staff) -> Conversation:
    """A chat of 30 entries, every third a note."""
    chat = shop.chat()
    for n in range(27):
        if n % 3:
            say(chat, f"message {n}", by=ana if n % 2 else None)
        else:
            add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body=f"note {n}")
    return chat


@pytest.fixture
def other(shop: House, chat: Conversation) -> Conversation:
    """Another history: as long as the first one."""
    other = shop.chat()
    for n in range(27):
        say(other, f"foreign {n}")
    return other


def whole(chat: Conversation, view: View) -> list[dict[str, Any]]:
    return list(look(chat, view).told["entries"])


@pytest.mark.parametrize("view", [VISITOR, STAFF], ids=["visitor", "staff"])
def test_each_side_counts_its_own_without_a_gap_and_the_visitor_sees_no_note(
    chat: Conversation, view: View
) -> None:
    entries = whole(chat, view)
    assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
    assert len(entries) == (21 if view.visitor else 30)
    assert any(entry["kind"] == "note" for entry in entries) == (not view.visitor)
    assert look(chat, view).told["mark"] == entries[-1]["mark"]


@QUICK
@given(
    after=st.integers(0, 40),
    mark=st.sampled_from(["its own", "of another entry", "of another chat", "of nothing", "none"]),
    visitor=st.booleans(),
)
@example(after=21, mark="its own", visitor=True)
@example(after=22, mark="none", visitor=True)
def test_what_is_recovered_is_what_was_missing_and_else_everything_is_told_anew(
    chat: Conversation, other: Conversation, after: int, mark: str, visitor: bool
) -> None:
    view = VISITOR if visitor else STAFF
    entries, foreign = whole(chat, view), whole(other, view)
    known = {entry["position"]: entry["mark"] for entry in entries}
    given_mark = {
        "its own": known.get(after),
        "of another entry": known.get(after + 1) or known[1],
        "of another chat": {entry["position"]: entry["mark"] for entry in foreign}.get(
            after, foreign[-1]["mark"]
        ),
        "of nothing": "0" * 16,
        "none": None,
    }[mark]
    reading = look(chat, view, after=after, mark=given_mark)
    is_ours = after <= len(entries) and (after == 0 or given_mark in (None, known[after]))
    assert reading.resumed["recovered"] == is_ours
    if is_ours:
        assert reading.resumed["entries"] == entries[after:]
        assert not reading.resumed["more"]
    else:
        assert reading.resumed["snapshot"]["entries"] == entries
    assert (reading.visible if visitor else reading.position) == len(entries)
    assert "foreign" not in str(reading.resumed)


@QUICK
@given(limit=st.integers(1, 100), start=st.integers(1, 35), visitor=st.booleans())
def test_pages_lead_back_to_the_first_entry_without_a_gap(
    chat: Conversation, limit: int, start: int, visitor: bool
) -> None:
    view = VISITOR if visitor else STAFF
    entries, before, found = whole(chat, view), start, []
    while True:
        answer = page(chat, view, before=before, limit=limit)
        found[:0] = answer["entries"]
        assert len(answer["entries"]) <= limit
        assert answer["earlier"] == (len(answer["entries"]) > 0 and answer["entries"][0]["position"] > 1)
        if not answer["earlier"]:
            break
        before = answer["entries"][0]["position"]
    assert found == entries[: start - 1]


def test_long_histories_come_in_pieces_that_join_without_a_gap(
    shop: House, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "SNAPSHOT_ENTRIES", 7)
    chat = shop.chat()
    for n in range(40):
        say(chat, f"{n}")
    first = look(chat, VISITOR)
    assert first.told["earlier"]
    assert [entry["position"] for entry in first.told["entries"]] == list(range(37, 44))
    found: list[dict[str, Any]] = []
    more = True
    while more:
        after = found[-1] if found else {"position": 0, "mark": None}
        reading = look(chat, VISITOR, after=after["position"], mark=after["mark"])
        found += reading.resumed["entries"]
        more = reading.resumed["more"]
        assert reading.visible == found[-1]["position"], "what comes next is heard from here on"
    assert [entry["position"] for entry in found] == list(range(1, 44))


def test_no_reply_is_larger_than_its_bound_and_one_entry_always_fits(shop: House) -> None:
    chat = shop.chat()
    for _ in range(12):
        say(chat, "😀" * 8_000)
    for reply in (
        look(chat, VISITOR).told,
        look(chat, VISITOR, after=0, mark=None).resumed,
        page(chat, VISITOR, before=99, limit=100),
    ):
        size = len(msgspec.json.encode(reply["entries"]))
        assert PAGE_BYTES / 2 < size <= PAGE_BYTES + 40
        assert reply.get("more") or reply.get("earlier")
    newest = look(chat, VISITOR).told
    assert newest["entries"][-1]["position"] == newest["position"]


def test_an_entry_larger_than_the_bound_comes_alone(
    chat: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE_BYTES", 10)
    assert [entry["position"] for entry in look(chat, STAFF, after=4, mark=None).resumed["entries"]] == [5]
    assert [entry["position"] for entry in look(chat, STAFF).told["entries"]] == [30]
    assert [entry["position"] for entry in page(chat, STAFF, before=9, limit=5)["entries"]] == [8]


def test_a_client_id_is_told_to_its_author_alone(chat: Conversation, ana: Staff) -> None:
    assert ana.agent is not None
    mine = View(visitor=False, me=ana.agent.public_id)
    theirs = View(visitor=True, me=chat.visitor.public_id)
    for view, role in ((mine, "agent"), (theirs, "visitor")):
        for entry in whole(chat, view):
            own = entry["author"]["role"] == role and entry["kind"] in ("message", "note")
            assert ("client_id" in entry) == own
    assert not any("client_id" in entry for entry in whole(chat, STAFF) + whole(chat, VISITOR))


def test_a_visitor_reads_public_names_and_pseudonyms_and_nothing_else_of_an_agent(
    chat: Conversation, other: Conversation, ana: Staff
) -> None:
    close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert ana.agent is not None
    said = msgspec.json.encode([look(each, VISITOR).told for each in (chat, other)]).decode()
    assert '"Ana"' in said
    for secret in (ana.agent.public_id, "Costa", '"ana"', "agent closed it", "automatic", '"note"'):
        assert secret not in said
    ids = [
        {e["author"]["id"] for e in whole(each, VISITOR) if e["author"]["role"] == "agent"}
        for each in (chat, other)
    ]
    assert len(ids[0]) == 1
    assert not ids[0] & ids[1], "the same agent is somebody else in the next chat"


def test_an_answer_to_who_knew_nothing_is_a_snapshot(chat: Conversation) -> None:
    answer = look(chat, STAFF).resumed
    assert not answer["recovered"]
    assert len(answer["snapshot"]["entries"]) == 30
