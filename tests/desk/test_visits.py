"""Visitors come and go: what is written down of it, and what is told."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from support_chat.desk.actions.visits import Move, move_visitors, sweep_visitors
from support_chat.desk.models import Process, Visitor
from support_chat.live.news import News
from support_chat.live.refusals import Busy
from support_chat.settings.chat import VISITOR_SETTLES
from tests.desk.people import House

pytestmark = pytest.mark.django_db


def came(visitor: Visitor, page: str = "") -> Move:
    return Move(visitor=visitor.pk, here=True, page=page)


def went(visitor: Visitor, ago: float = 0.0) -> Move:
    return Move(visitor=visitor.pk, here=False, ago=ago)


def are_here(*visitors: Visitor) -> list[bool]:
    return [Visitor.objects.get(pk=visitor.pk).here for visitor in visitors]


def test_many_come_and_go_in_one_transaction(shop: House) -> None:
    vera, max_, uma = shop.visitor(), shop.visitor(), shop.visitor()
    move_visitors([came(vera), came(max_), went(vera), went(uma), came(uma)])
    assert are_here(vera, max_, uma) == [False, True, True]


def test_whoever_has_come_somewhere_since_they_went_has_not_gone(shop: House) -> None:
    vera, max_ = shop.visitor(), shop.visitor()
    move_visitors([came(vera), came(max_)])
    Visitor.objects.filter(pk=max_.pk).update(seen_at="2020-01-01T00:00:00Z")
    move_visitors([went(vera, ago=2.0), went(max_, ago=2.0)])
    assert are_here(vera, max_) == [True, False]


def test_whoever_came_elsewhere_has_not_gone_from_here(shop: House) -> None:
    vera = shop.visitor()
    move_visitors([came(vera)])
    move_visitors([Move(visitor=vera.pk, here=True, process="elsewhere")])
    move_visitors([went(vera)])
    assert are_here(vera) == [True]
    move_visitors([Move(visitor=vera.pk, here=False, process="elsewhere")])
    assert are_here(vera) == [False]


def test_whoever_a_dead_process_held_is_gone_unless_they_came_since(shop: House) -> None:
    now = timezone.now()
    vera, max_, uma = shop.visitor(), shop.visitor(), shop.visitor()
    Process.objects.create(name="dead", lease_until=now - timedelta(seconds=VISITOR_SETTLES + 1))
    Process.objects.create(name="living", lease_until=now - timedelta(seconds=1))
    for visitor, process in ((vera, "dead"), (max_, "living"), (uma, "dead")):
        move_visitors([Move(visitor=visitor.pk, here=True, process=process)])
    Visitor.objects.exclude(pk=uma.pk).update(seen_at=now - timedelta(minutes=1))
    sweep_visitors()
    assert are_here(vera, max_, uma) == [False, True, True]


def test_a_page_is_kept_until_another_is_named(shop: House) -> None:
    vera = shop.visitor()
    move_visitors([came(vera, page="https://shop.example/one")])
    move_visitors([went(vera)])
    move_visitors([Move(visitor=vera.pk, here=None, locale="de")])
    row = Visitor.objects.get(pk=vera.pk)
    assert (row.page, row.locale) == ("https://shop.example/one", "de")
    assert not row.here, "who does not stay may be gone"


def test_whoever_has_a_chat_with_them_is_told_and_nobody_else_is(shop: House, told: list[News]) -> None:
    chat, silent = shop.chat(), shop.visitor()
    told.clear()
    move_visitors([went(silent), came(chat.visitor, page="https://shop.example/")])
    assert {news.topic for news in told} == {chat.queue.topic, chat.visitor.topic}
    visitor, row = sorted(told, key=lambda news: news.topic, reverse=True)
    said = visitor.frames["staff"][0]
    assert '"here":true' in said
    assert '"page":"https://shop.example/"' in said
    assert '"here":true' in row.frames["staff"][0], "and in the row of its list"


def test_what_is_no_news_is_not_told(shop: House, told: list[News]) -> None:
    chat = shop.chat()
    told.clear()
    move_visitors([went(chat.visitor, ago=60.0), Move(visitor=chat.visitor.pk, here=None)])
    assert told == []
    move_visitors([came(chat.visitor, page="https://shop.example/")])
    told.clear()
    move_visitors([came(chat.visitor, page="https://shop.example/")])
    assert told == [], "they are back where they were said to be"


def test_fifty_cost_what_one_does(
    shop: House, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    moves = [came(shop.chat().visitor) for _ in range(50)]
    move_visitors(moves[:1])  # names the writer
    with django_assert_max_num_queries(9):  # its beginning and its end among them
        move_visitors(moves)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_keeps_nobody_else_waiting(shop: House) -> None:
    vera, max_ = shop.visitor(), shop.visitor()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Visitor.objects.select_for_update(no_key=True).get(pk=vera.pk)
            held.set()
            done.wait(2.0)  # on SQLite, where one writes and all others wait, it ends by itself
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(5)
    outcomes = move_visitors([came(vera), came(max_)])
    done.set()
    holder.join()
    assert outcomes[1] is None
    assert isinstance(outcomes[0], Busy) == (connection.vendor == "postgresql")
    assert move_visitors([came(vera)]) == [None]
    assert are_here(vera, max_) == [True, True]
