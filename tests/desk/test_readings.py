"""Many looks at once: each finds what it would find alone, and all of them cost what one does."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from support_chat.desk import readings
from support_chat.desk.access import Staff
from support_chat.desk.actions.conversations import end_conversation
from support_chat.desk.actions.messages import add_note
from support_chat.desk.history import View
from support_chat.desk.models import Conversation, Reader
from support_chat.desk.readings import Look, read_chats
from tests.desk.people import House, say

pytestmark = pytest.mark.django_db
VISITOR, STAFF = View(visitor=True, me=""), View(visitor=False, me="")
Bound = Callable[[int], object]


@pytest.fixture
def ana(shop: House) -> Staff:
    return shop.staff("ana", status="online", capacity=2)


@pytest.fixture
def chats(shop: House, ana: Staff) -> list[Conversation]:
    """Two with Ana, one that is over, two that wait."""
    chats = [shop.chat() for _ in range(5)]
    for length, chat in enumerate(chats):
        for n in range(length * 2):
            say(chat, f"message {n}")
            add_note(staff=ana, conversation=chat.pk, client_id=uuid4(), body=f"note {n}")
    Reader.objects.create(conversation=chats[0], role="agent", position=2, visible=2)
    end_conversation(visitor=chats[2].visitor, conversation=chats[2].pk, client_id=uuid4())
    return chats


def look(chat: Conversation, view: View, after: int | None = None, mark: str | None = None) -> Look:
    return Look(chat=chat.pk, view=view, after=after, mark=mark)


def known(chat: Conversation, view: View, after: int) -> Look:
    """By somebody who has read up to there."""
    entry = chat.entries.get(**{"visible" if view.visitor else "position": after, "shown": True})
    return look(chat, view, after, entry.mark)


def test_each_of_many_finds_what_it_would_find_alone(chats: list[Conversation]) -> None:
    looks = [
        each
        for chat in chats
        for view in (VISITOR, STAFF)
        for each in (
            look(chat, view),
            look(chat, view, after=0),
            look(chat, view, after=1),
            known(chat, view, after=2),
            look(chat, view, after=2, mark="0" * 16),
            look(chat, view, after=2**53 - 1, mark="0" * 16),
        )
    ]
    alone = [read_chats([each])[0] for each in looks]
    assert [each.told for each in read_chats(looks)] == [each.told for each in alone]
    assert [each.resumed["recovered"] for each in alone[:6]] == [False, True, True, True, False, False]
    assert read_chats([looks[3], looks[0], looks[3]]) == [alone[3], alone[0], alone[3]], "in the order asked"


def test_those_who_wait_are_told_their_places_and_nobody_else_has_one(chats: list[Conversation]) -> None:
    told = [reading.told for reading in read_chats([look(chat, VISITOR) for chat in chats])]
    assert [each["state"] for each in told] == ["active", "active", "closed", "queued", "queued"]
    assert [each["place"] for each in told] == [
        *[None] * 3,
        {"place": 1, "of": 2, "wait": None},
        {"place": 2, "of": 2, "wait": None},
    ]
    assert [each["read"] for each in told] == [2, 0, 0, 0, 0]
    assert "place" not in read_chats([look(chats[3], STAFF)])[0].told


def test_one_statement_catches_all_of_them_up(
    chats: list[Conversation], django_assert_num_queries: Bound
) -> None:
    looks = [known(chat, VISITOR, after=2) for chat in chats] * 20
    with django_assert_num_queries(1):
        read_chats(looks)


def test_snapshots_cost_one_statement_and_one_more_where_somebody_waits(
    chats: list[Conversation], django_assert_num_queries: Bound
) -> None:
    with django_assert_num_queries(1):
        read_chats([look(chat, VISITOR) for chat in chats[:3]])
    with django_assert_num_queries(2):
        read_chats([look(chat, VISITOR) for chat in chats])


def test_whoever_knew_another_log_costs_the_others_nothing(
    chats: list[Conversation], django_assert_num_queries: Bound
) -> None:
    strange = [look(chat, VISITOR, after=2, mark="0" * 16) for chat in chats[:3]]
    familiar = known(chats[1], VISITOR, after=2)
    with django_assert_num_queries(2):
        found = read_chats([*strange, familiar])
    assert [each.is_snapshot for each in found] == [True, True, True, False]


def test_an_agent_who_came_before_all_that_is_read_is_known_by_name(
    chats: list[Conversation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "SNAPSHOT_ENTRIES", 1)
    assert read_chats([look(chats[1], VISITOR)])[0].told["agent"]["name"] == "Ana"


def test_a_closed_chat_says_for_how_long_it_can_be_gone_on_with(chats: list[Conversation]) -> None:
    closed, opened = read_chats([look(chats[2], VISITOR), look(chats[1], VISITOR)])
    assert closed.reopens_in is not None
    assert 86_000 < closed.reopens_in <= 86_400
    assert opened.reopens_in is None
