"""Rows are held before they are read."""

import threading
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from support_chat.desk.actions.assignment import accept_conversation
from support_chat.desk.db import tried
from support_chat.desk.errors import Changed
from support_chat.desk.locks import lock_agents, lock_conversation, lock_conversations
from support_chat.desk.models import Agent, Conversation
from tests.desk.people import house

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_row_that_had_to_be_waited_for_comes_with_what_belongs_to_it_now() -> None:
    shop = house()
    ana = shop.staff("ana")
    chat = shop.chat()
    held, found = threading.Event(), []

    def give_it_to_ana() -> None:
        with transaction.atomic():
            lock_conversation(chat.pk)
            held.set()
            threading.Event().wait(0.3)  # somebody waits for the row by now
            Conversation.objects.filter(pk=chat.pk).update(
                state="active", owner=ana.agent, last_owner=ana.agent, sort_key=None
            )
        connection.close()

    def read_it() -> None:
        assert held.wait(5)
        with transaction.atomic():
            row, _ = lock_conversation(chat.pk)
            found.append((row.state, row.owner, row.last_owner))
        connection.close()

    threads = [threading.Thread(target=work) for work in (give_it_to_ana, read_it)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [("active", ana.agent, ana.agent)]


def test_whatever_the_order_they_are_asked_for_rows_are_taken_in_one_order_and_nobody_deadlocks() -> None:
    shop = house()
    people = [shop.staff(f"agent{n}", capacity=9) for n in range(3)]
    chats = [shop.chat().pk for _ in range(4)]
    agents = [person.agent.pk for person in people if person.agent]
    failed: list[DatabaseError] = []

    def work(backwards: bool) -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    lock_agents(agents[::-1] if backwards else agents)
                    lock_conversations(chats[::-1] if backwards else chats)
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n % 2 == 0,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_of_many_who_accept_one_chat_at_once_one_has_it_and_the_others_learn_who() -> None:
    shop = house()
    people = [shop.staff(f"agent{n}") for n in range(6)]
    chat, gate = shop.chat(), threading.Barrier(6)
    told: list[object] = []

    def take(number: int) -> None:
        gate.wait(10)
        try:
            told.append(
                tried(accept_conversation, staff=people[number], conversation=chat.pk, client_id=uuid4())
            )
        except Changed as error:
            told.append(error.details)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    owner = Agent.objects.get(conversations=chat)
    losers = [each for each in told if isinstance(each, dict)]
    assert len(losers) == 5
    assert all(each["agent"] == {"id": owner.public_id, "name": owner.user.name} for each in losers)
