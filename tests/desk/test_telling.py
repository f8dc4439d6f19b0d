import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from support_chat.desk.models import Change
from support_chat.desk.telling import Telling
from support_chat.live.news import News

THREADS = 6


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
