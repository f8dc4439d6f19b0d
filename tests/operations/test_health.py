"""Ready turns red on lag, says which, and turns green again by itself."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from channels.layers import InMemoryChannelLayer
from django.db import OperationalError
from django.test import AsyncRequestFactory

from support_chat import health
from support_chat.desk import clock, db, journal, letterbox
from support_chat.desk.actions.presence import renew_lease
from support_chat.desk.database_time import database_now
from support_chat.desk.lines import Author
from support_chat.desk.models import Deadline
from support_chat.desk.posting import Posting
from support_chat.desk.team import RELEASE
from support_chat.live import publish
from support_chat.settings import chat
from tests.desk.running import Running, running
from tests.operations.health import ready, turns_green, turns_red
from tests.promises.talking import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def desk() -> AsyncIterator[Running]:
    async with running() as desk:
        await turns_green()
        yield desk


def broken(*_: object, **__: object) -> Any:
    raise RuntimeError("silently broken")


async def test_a_process_whose_engine_has_not_started_is_alive_and_not_ready() -> None:
    assert await ready() == (503, {"ready": False, "red": ["engine"]})
    assert (await health.live(AsyncRequestFactory().get("/health/live"))).status_code == 200


async def test_a_process_that_keeps_up_says_so_and_by_how_much(desk: Running) -> None:
    status, body = await ready()
    assert (status, body["red"], body["degraded"]) == (200, [], [])
    assert set(body["lags"]) == {"database", "overdue", "clock", "letterbox", "journal", "hints"}
    assert body["lags"]["clock"] < 2.0
    assert body["lags"]["letterbox"] < 2.0


async def test_a_clock_that_fails_at_every_tick_turns_ready_red(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "READY_CLOCK", 1.5)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "assign_everywhere", broken)
        body = await turns_red("clock")
    assert body["lags"]["clock"] > 1.5
    await turns_green()


async def test_a_clock_that_hangs_turns_ready_red(desk: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "READY_CLOCK", 1.5)
    go_on = threading.Event()
    with monkeypatch.context() as patched:
        patched.setattr(clock, "take_due", lambda: go_on.wait(10))
        await turns_red("clock")
    go_on.set()
    await turns_green()


async def test_a_letterbox_that_cannot_be_read_turns_ready_red(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "READY_LETTERBOX", 1.5)
    with monkeypatch.context() as patched:
        patched.setattr(letterbox, "changes_since", broken)
        await turns_red("letterbox")
    await turns_green()


async def test_a_deadline_that_nobody_takes_turns_ready_red_and_holds_up_no_other(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []

    def release(*, public_id: str) -> None:
        taken.append(public_id)
        if public_id == "poison":
            broken()

    with monkeypatch.context() as patched:
        patched.setitem(clock.DUE, RELEASE, release)
        await db.run(set_deadlines, "poison", "good")
        body = await turns_red("deadlines")
        assert body["lags"]["overdue"] > 15
        await eventually(lambda: "good" in taken)
    await turns_green()
    assert not await db.read(Deadline.objects.exists)


def set_deadlines(*subjects: str) -> None:
    """Due before now, the first one first."""
    due = database_now() - timedelta(seconds=20)
    for seconds, subject in enumerate(subjects):
        Deadline.objects.create(kind=RELEASE, subject=subject, due_at=due + timedelta(seconds=seconds))


async def test_a_deadline_of_a_newer_release_is_left_to_it(desk: Running) -> None:
    due = await db.read(database_now) - timedelta(seconds=60)
    await db.run(Deadline.objects.create, kind="not known here", subject="x", due_at=due)
    assert await db.run(clock.take_due) == 0
    assert (await turns_green())["lags"]["overdue"] == 0.0
    assert await db.read(Deadline.objects.exists)


async def test_a_journal_that_piles_up_turns_ready_red(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "READY_JOURNAL", 3)
    go_on = threading.Event()

    def stuck(works: list[Posting], **_: object) -> list[None]:
        go_on.wait(10)
        return [None] * len(works)

    with monkeypatch.context() as patched:
        patched.setattr(journal, "write", stuck)
        posts = [desk.engine.journal.post(nobodys_post())]
        await asyncio.sleep(0.05)  # it is being written: what comes now waits
        posts += [desk.engine.journal.post(nobodys_post()) for _ in range(3)]
        await turns_red("journal")
    go_on.set()
    await turns_green()
    await asyncio.gather(*posts, return_exceptions=True)


def nobodys_post() -> Posting:
    return Posting(conversation=0, author=Author(role="visitor"), client_id=uuid4(), body="Hello", visitor=0)


async def test_a_database_that_refuses_or_does_not_answer_in_time_turns_ready_red(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> float:
        raise OperationalError("no connection")

    go_on = threading.Event()
    monkeypatch.setattr(chat, "READY_DATABASE", 0.3)
    with monkeypatch.context() as patched:
        patched.setattr(health, "overdue", refused)
        assert (await turns_red("database"))["lags"]["overdue"] is None
        patched.setattr(health, "overdue", lambda: go_on.wait(10))
        await turns_red("database")
    go_on.set()
    await turns_green()


class Mute(InMemoryChannelLayer):
    """A layer that takes everything and brings nothing."""

    mute = True

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if not self.mute:
            await super().group_send(group, message)


async def test_a_channel_layer_that_brings_nothing_degrades_and_does_not_turn_ready_red(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "READY_HINTS", 0.5)
    monkeypatch.setattr(publish, "RING_EVERY", 0.1)
    layer = Mute()
    publisher = publish.Publisher(desk.engine.hub, layer, process="here")
    monkeypatch.setattr(desk.engine, "publisher", publisher)
    ringing = asyncio.create_task(publisher.run())
    await asyncio.sleep(0.6)
    assert (await turns_green())["degraded"] == ["hints"]
    layer.mute = False
    await asyncio.sleep(0.4)
    assert (await turns_green())["degraded"] == []
    ringing.cancel()
    await asyncio.gather(ringing, return_exceptions=True)


async def test_an_engine_starts_while_the_database_is_down_and_keeps_up_once_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused() -> None:
        raise OperationalError("no connection")

    with monkeypatch.context() as patched:
        patched.setattr("support_chat.engine.renew_lease", refused)
        patched.setattr(clock, "renew_lease", refused)
        patched.setattr(chat, "READY_CLOCK", 1.0)
        async with running():
            await turns_red("clock")
            patched.setattr(clock, "renew_lease", renew_lease)
            await turns_green()
