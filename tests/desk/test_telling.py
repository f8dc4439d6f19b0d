import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection

from support_chat.desk.database_time import database_now
from support_chat.desk.models.change import Change, Process, Topic
from support_chat.desk.telling import Telling, process_name, unclear_turns
from support_chat.live.news import News

THREADS = 6


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[News]:
    """What is told to this process."""
    told: list[News] = []
    monkeypatch.setattr(Telling, "outlet", told.extend)
    return told


def pause_after_raising(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    """Gives the others time to raise the number too, before this thread reads it."""
    done = execute(sql, *rest)
    if sql.startswith('UPDATE "desk_process"'):
        time.sleep(0.05)
    return done


@pytest.mark.django_db(transaction=True)
def test_threads_that_begin_to_write_together_are_writers_apart() -> None:
    together = threading.Barrier(THREADS)
    faults: list[BaseException] = []

    def write(number: int) -> None:
        try:
            together.wait(timeout=10)
            with connection.execute_wrapper(pause_after_raising), Telling() as telling:
                telling.news([News(topic=f"conversation:{number}", version=1, frames={})])
        except BaseException as fault:
            faults.append(fault)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert faults == []
    assert Change.objects.values("writer").distinct().count() == THREADS


@pytest.mark.django_db
def test_what_follows_a_commit_and_fails_does_not_fail_what_is_committed() -> None:
    done: list[str] = []

    def locked() -> None:
        raise OperationalError("lock timeout")

    with Telling() as telling:
        telling.news([News(topic="conversation:a", version=1, frames={})])
        telling.after(locked)
        telling.after(lambda: done.append("the next"))
    assert done == ["the next"]
    assert [change.topics for change in Change.objects.all()] == [{"conversation:a": 1}]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["INSERT INTO desk_topic (name) VALUES (NULL)", "SELECT nothing_of_it"])
def test_where_the_last_journey_fails_nothing_is_committed_and_the_next_goes_on(
    statement: str, heard: list[News]
) -> None:
    def write() -> None:
        with Telling() as telling:
            telling.last_journey()
            Topic.objects.create(name="conversation:a", version=1)
            telling.news([News(topic="conversation:a", version=1, frames={})])
            with connection.cursor() as cursor:
                cursor.execute(statement)

    with pytest.raises(DatabaseError):
        write()
    assert not Change.objects.exists()
    assert not Topic.objects.exists()
    assert heard == []
    with Telling() as telling:
        telling.last_journey()
        telling.state("agent:b", {})
    assert [(news.topic, news.version) for news in heard] == [("agent:b", 1)]
    assert [change.topics for change in Change.objects.all()] == [{"agent:b": 1}]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_what_is_known_to_have_failed_before_the_commit_costs_no_connection(heard: list[News]) -> None:
    def write() -> None:
        with Telling() as telling:
            telling.last_journey()
            with connection.cursor() as cursor:
                cursor.execute("SELECT nothing_of_it")
            time.sleep(0.1)  # PostgreSQL has said so by now

    with Telling():
        before = connection.connection
    with pytest.raises(DatabaseError):
        write()
    assert connection.connection is before
    with Telling() as telling:
        telling.state("agent:b", {})
    assert [news.topic for news in heard] == ["agent:b"]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_where_the_commit_fails_nothing_is_told(heard: list[News], monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise OperationalError("the server closed the connection unexpectedly")

    def write() -> None:
        with Telling() as telling:
            telling.state("agent:b", {})

    Process.objects.create(name=process_name, lease_until=database_now(), writers=9)  # of a test before
    with Telling() as telling:
        telling.news([News(topic="conversation:a", version=1, frames={})])
    before = Change.objects.get()
    with monkeypatch.context() as broken:
        broken.setattr(connection, "commit", lost)
        with pytest.raises(OperationalError):
            write()
    assert [news.topic for news in heard] == ["conversation:a"]
    assert unclear_turns()[before.writer] == before.n  # whether there was one more, nobody knows
    write()
    assert Change.objects.exclude(writer=before.writer).count() == 1
