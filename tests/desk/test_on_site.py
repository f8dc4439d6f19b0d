"""Who is on the site with the chat opened and none going on: what the team reads, and when it is told."""

from typing import Any
from uuid import uuid4

import pytest

from support_chat.desk import on_site
from support_chat.desk.access import Staff, staff_of
from support_chat.desk.actions.conversations import close_conversation, end_conversation, reopen_conversation
from support_chat.desk.actions.visits import Move, move_visitors
from support_chat.desk.errors import NotFound
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.on_site import list_visitors, visitor_on_site
from support_chat.live.news import News
from tests.desk.people import House, house

pytestmark = pytest.mark.django_db


def comes(visitor: Visitor, **where: Any) -> Visitor:
    move_visitors([Move(visitor=visitor.pk, here=True, **where)])
    return visitor


def goes(visitor: Visitor) -> None:
    move_visitors([Move(visitor=visitor.pk, here=False)])


def listed(staff: Staff) -> list[str]:
    return [row["id"] for row in list_visitors(staff)["visitors"]]


def test_whoever_is_connected_without_an_open_chat_is_listed_the_newest_first(shop: House) -> None:
    ana = shop.staff("ana")
    vera, max_, gone = (comes(shop.visitor()) for _ in range(3))
    talks = comes(shop.chat().visitor)
    goes(gone)
    assert listed(ana) == [max_.public_id, vera.public_id]
    chat = Conversation.objects.get(visitor=talks)
    end_conversation(visitor=talks, conversation=chat.pk, client_id=uuid4())
    assert talks.public_id in listed(ana), "their chat is over"


def test_of_each_it_is_told_where_they_are_on_what_and_how_often_they_were_here(shop: House) -> None:
    ana, chat = shop.staff("ana"), shop.chat()
    end_conversation(visitor=chat.visitor, conversation=chat.pk, client_id=uuid4())
    where = {"zone": "Asia/Tokyo", "device": "phone/Firefox/Android", "locale": "ja", "hidden": True}
    comes(chat.visitor, page="https://shop.example/tea", referrer="https://search.example/", **where)
    (row,) = list_visitors(ana)["visitors"]
    assert row.pop("since") >= 0
    assert row == {
        "id": chat.visitor.public_id,
        "site": shop.site.public_key,
        "name": chat.visitor.name,
        "verified": False,
        "page": "https://shop.example/tea",
        "referrer": "https://search.example/",
        **where,
        "chats": 1,
        "barred": "off",
        "words": "",
    }


def test_the_newest_are_listed_and_all_are_counted(shop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_site, "NEWEST", 2)
    ana, there = shop.staff("ana"), [comes(shop.visitor()) for _ in range(3)]
    told = list_visitors(ana)
    assert [row["id"] for row in told["visitors"]] == [there[2].public_id, there[1].public_id]
    assert told["total"] == 3


def test_a_team_sees_the_visitors_of_its_own_sites_alone(shop: House) -> None:
    ana, vera = shop.staff("ana"), comes(shop.visitor())
    eve = house("Elsewhere").staff("eve")
    assert (listed(ana), listed(eve)) == ([vera.public_id], [])
    assert visitor_on_site(staff_of(ana.user), vera.public_id) == vera
    with pytest.raises(NotFound):
        visitor_on_site(eve, vera.public_id)


def tells_of(shop: House, told: list[News]) -> bool:
    """Whether the list was said to have changed since the last look."""
    heard = [news for news in told if news.topic == shop.site.visitors_topic]
    told.clear()
    return bool(heard)


def test_whoever_comes_moves_or_goes_without_a_chat_changes_the_list(shop: House, told: list[News]) -> None:
    vera = comes(shop.visitor())
    assert tells_of(shop, told)
    comes(vera)
    assert not tells_of(shop, told), "that is no news"
    comes(vera, page="https://shop.example/tea")
    assert tells_of(shop, told)
    goes(vera)
    assert tells_of(shop, told)


def test_a_chat_that_begins_ends_or_is_taken_up_again_changes_the_list(shop: House, told: list[News]) -> None:
    ana = shop.staff("ana", status="online")
    chat = shop.chat(comes(shop.visitor()))
    assert tells_of(shop, told)
    comes(chat.visitor, page="https://shop.example/tea")
    assert not tells_of(shop, told), "who has a chat is not on it"
    close_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert tells_of(shop, told)
    reopen_conversation(staff=ana, conversation=chat.pk, client_id=uuid4())
    assert tells_of(shop, told)


def test_no_way_is_kept_of_who_has_never_written(shop: House) -> None:
    vera = shop.visitor()
    for page in ("https://shop.example/one", "https://shop.example/two"):
        comes(vera, page=page, keeps_trail=False)
    row = Visitor.objects.get(pk=vera.pk)
    assert (row.page, row.trail) == ("https://shop.example/two", [])
