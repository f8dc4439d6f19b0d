"""What looks again and again goes on looking, at its usual pace, after the database was away."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from support_chat.desk import clock, db, places
from support_chat.desk.letterbox import Letterbox
from support_chat.desk.models import Conversation, Queue
from support_chat.desk.places import Places
from support_chat.desk.routing import Waiting
from support_chat.desk.waits import Sight
from support_chat.live.hub import Hub
from support_chat.live.news import News
from support_chat.live.refusals import Busy

OUTAGE = 4  # looks that fail, in a row


class NoSource:
    async def news_after(self, topic: str, version: int) -> Sequence[News]:
        return []


class Database:
    """Away for the first looks; then it answers `found`."""

    def __init__(self, found: object) -> None:
        self.found, self.asked = found, list[str]()

    async def answer(self, work: Callable[..., Any], *_: Any, **__: Any) -> Any:
        self.asked.append(work.__name__)
        if len(self.asked) <= OUTAGE:
            raise Busy
        return self.found

    async def until_asked(self, times: int, work: Awaitable[None]) -> None:
        """Runs this until so many looks were taken."""
        running = asyncio.ensure_future(work)
        async with asyncio.timeout(5):
            while len(self.asked) < times and not running.done():
                await asyncio.sleep(0.01)
        assert not running.done()
        running.cancel()


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support_chat.desk.letterbox.LETTERBOX_EVERY", 0.01)
    monkeypatch.setattr(clock, "CLOCK_EVERY", 0.01)
    monkeypatch.setattr(places, "PLACES_EVERY", 0.01)


async def test_the_letterbox_is_looked_at_as_often_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(({}, {}, {}))
    monkeypatch.setattr(db, "read", database.answer)
    await database.until_asked(OUTAGE + 2, Letterbox(Hub(NoSource())).run())


async def test_the_clock_renews_the_lease_first_after_every_tick_that_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = Database(None)
    monkeypatch.setattr(db, "run", database.answer)
    await database.until_asked(OUTAGE + 4, clock.run_clock())
    assert database.asked[: OUTAGE + 1] == ["renew_lease"] * (OUTAGE + 1)
    assert "assign_everywhere" in database.asked


async def test_visitors_hear_their_place_again(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = Waiting(id=7, queue=1, sort_key=5)
    database = Database(Sight(waiting={7: chat}, places={7: (1, 1)}, foreseen={}))
    heard = list[Sequence[str]]()
    for lane in ("read", "run"):
        monkeypatch.setattr(db, lane, database.answer)
    line = Places(Hub(NoSource()))
    waiter = line.watch(
        Conversation(pk=7, public_id="chat", queue=Queue(pk=1, public_id="queue")), heard.append
    )
    async with asyncio.timeout(5):
        while not heard:
            await asyncio.sleep(0.01)
    line.unwatch(waiter)
    assert '"place":1' in heard[0][0]
