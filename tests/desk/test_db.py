"""The lanes: what is slow in one holds up no other, and what waits is counted and bounded."""

import asyncio
import threading
import time

import pytest
from django.db import OperationalError, connection

from support_chat.desk import db
from support_chat.desk.fair_lock import FairLock
from support_chat.live.refusals import Busy, Overloaded
from support_chat.settings import chat


async def test_a_lane_that_is_stuck_holds_up_no_other() -> None:
    stuck = threading.Event()
    slow = [asyncio.create_task(db.on_lane("reports", stuck.wait, 10)) for _ in range(5)]
    await asyncio.sleep(0.05)
    started = time.monotonic()
    assert await db.read(lambda: 1) == await db.run(lambda: 1) == 1
    assert time.monotonic() - started < 5
    assert db.waiting()["reports"] == 5
    stuck.set()
    await asyncio.gather(*slow)
    assert db.waiting()["reports"] == 0


async def test_a_lane_runs_as_many_at_once_as_it_has_threads_and_no_more() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    await asyncio.gather(*(db.run(work) for _ in range(20)))
    assert most == chat.LANES["actions"]


async def test_what_waits_too_long_a_line_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "LANE_QUEUE", 2)
    gate = threading.Event()
    held = [asyncio.create_task(db.run(gate.wait, 10)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await db.run(lambda: None)
    gate.set()
    await asyncio.gather(*held)
    await db.run(lambda: None)


@pytest.mark.django_db(transaction=True)
async def test_where_one_was_refused_no_lane_but_the_journals_keeps_a_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused() -> None:
        connection.close()
        raise OperationalError("sorry, too many clients already")

    def use() -> None:
        connection.ensure_connection()

    def is_kept() -> bool:
        return connection.connection is not None

    monkeypatch.setattr(db._scarce, "until", 0.0)
    for lane, kept in (("reports", False), ("journal", True)):
        monkeypatch.setitem(chat.LANES, lane, 1)
        db.close_lanes()
        with pytest.raises(Busy):
            await db.read(refused)
        await db.on_lane(lane, use)
        assert await db.on_lane(lane, is_kept) is kept
    db.close_lanes()


@pytest.mark.django_db(transaction=True)
async def test_every_thread_of_a_lane_keeps_its_connection() -> None:
    def mine() -> tuple[int, int]:
        connection.ensure_connection()
        time.sleep(0.01)
        return threading.get_ident(), id(connection.connection)

    seen = await asyncio.gather(*(db.read(mine) for _ in range(40)))
    assert len(set(seen)) == len({thread for thread, _ in seen}) <= chat.LANES["reads"]
    db.close_lanes()


@pytest.mark.parametrize(("words", "tries"), [("deadlock detected", chat.TRIES), ("database is locked", 1)])
@pytest.mark.django_db
def test_what_may_go_better_is_tried_again_and_then_busy(words: str, tries: int) -> None:
    calls = []

    def fail() -> None:
        calls.append(1)
        raise OperationalError(words)

    with pytest.raises(Busy):
        db.tried(fail)
    assert len(calls) == tries


def test_a_fair_lock_is_taken_in_the_order_asked_for() -> None:
    lock, order = FairLock(), []
    lock.acquire()

    def take(number: int) -> None:
        lock.acquire()
        order.append(number)
        lock.release()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    for number, thread in enumerate(threads, start=1):
        thread.start()
        while len(lock._waiting) < number:
            time.sleep(0.001)
    assert order == []
    lock.release()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_a_fair_lock_lets_one_in_at_a_time() -> None:
    lock, inside, most = FairLock(), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(200):
            lock.acquire()
            inside += 1
            most = max(most, inside)
            inside -= 1
            lock.release()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
