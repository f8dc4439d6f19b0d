"""The publisher tells this process and the others, and no channel layer can stop it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer

from support_chat.live import publish
from support_chat.live.hints import MAX_WORDS, write_hint
from support_chat.live.hub import Hub
from support_chat.live.news import News
from support_chat.live.publish import Publisher
from tests.live.fakes import LOG, STAFF, Ear, Source


class Raising:
    """A layer whose every method raises."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def method(*args: object) -> Any:
            raise ConnectionError(name)

        return method


class Hanging:
    """A layer whose every method never comes back."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def method(*args: object) -> Any:
            await asyncio.Event().wait()

        return method


class Recovering(InMemoryChannelLayer):
    """A layer that is dead until it is told to live."""

    alive = False

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        self._check()
        await super().group_send(group, message)

    async def group_add(self, group: str, channel: str) -> None:
        self._check()
        await super().group_add(group, channel)

    def _check(self) -> None:
        if not self.alive:
            raise ConnectionError("dead")


class Process:
    """A hub with one listener, and its publisher on a layer."""

    def __init__(self, name: str, layer: Any, source: Source, *, words: bool = True) -> None:
        self.hub = Hub(source)
        self.publisher = Publisher(self.hub, layer, process=name, words=words)
        self.ear = Ear()
        self.hub.listen(LOG, self.ear, STAFF).release(0)

    async def hears(self, positions: list[int]) -> None:
        async with asyncio.timeout(3):
            while self.ear.positions != positions:
                await asyncio.sleep(0.005)


@asynccontextmanager
async def running(*processes: Process) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(process.publisher.run()) for process in processes]
    await asyncio.sleep(0.02)
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_process_without_a_layer_tells_its_own_listeners() -> None:
    source = Source()
    here = Process("here", None, source)
    async with running(here):
        here.publisher.publish([source.add("one"), source.add("two")])
        await here.hears([1, 2])


async def test_what_a_thread_publishes_is_told_on_the_loop_in_order() -> None:
    source = Source()
    here = Process("here", None, source)
    news = [source.add(str(n)) for n in range(200)]

    def commit() -> None:
        for one in news:
            here.publisher.publish([one])

    async with running(here):
        thread = threading.Thread(target=commit)
        thread.start()
        await here.hears(list(range(1, 201)))
        thread.join()
    assert source.asked == []


async def test_publishing_where_nothing_runs_does_nothing() -> None:
    source = Source()
    here = Process("here", None, source)
    here.publisher.publish([source.add("one")])
    assert here.ear.heard == []


async def test_the_other_processes_hear_it_by_a_hint() -> None:
    source, layer = Source(), InMemoryChannelLayer()
    here, there = Process("here", layer, source), Process("there", layer, source)
    async with running(here, there):
        here.publisher.publish([source.add("one"), source.add("two")])
        await there.hears([1, 2])
        await here.hears([1, 2])
    assert source.asked == []
    assert here.publisher.counts.sent == 1


async def test_words_may_be_kept_out_of_the_layer() -> None:
    source, layer = Source(), InMemoryChannelLayer()
    here, there = Process("here", layer, source, words=False), Process("there", layer, source)
    async with running(here, there):
        here.publisher.publish([source.add("one")])
        await there.hears([1])
    assert source.asked == [(LOG, 0)]


def test_a_hint_carries_no_words_that_are_too_many_or_not_wanted() -> None:
    source = Source()
    small, big = source.add("small"), source.add("x" * MAX_WORDS)
    fleeting = News(topic=LOG, version=0, frames={"staff": ("typing",)})
    hint = write_hint("here", [small, big, fleeting], words=True)
    assert [set(part) for part in hint["news"]] == [{"t", "v", "f", "p"}, {"t", "v"}, {"t", "v", "f", "p"}]
    hint = write_hint("here", [small, big, fleeting], words=False)
    assert hint == {"from": "here", "news": [{"t": LOG, "v": 1}, {"t": LOG, "v": 2}]}


@pytest.mark.parametrize("layer", [Raising(), Hanging()], ids=["raises", "hangs"])
async def test_a_layer_that_does_not_work_fails_and_delays_nobody(
    layer: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "SEND_TIMEOUT", 0.01)
    monkeypatch.setattr(publish, "JOIN_TIMEOUT", 0.01)
    source = Source()
    here = Process("here", layer, source)
    async with running(here):
        for n in range(5):
            here.publisher.publish([source.add(str(n))])
            await here.hears(list(range(1, n + 2)))
        await asyncio.sleep(0.1)
        assert here.publisher.counts.errors >= 2


def test_no_hint_carries_vague_news() -> None:
    vague = News(topic="lists:q", version=0, frames={"staff": ("{}",)}, vague=True)
    assert write_hint("here", [vague], words=True)["news"] == []


async def test_hints_go_on_by_themselves_when_the_layer_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(publish, "LAST_PAUSE", 0.02)
    source, layer = Source(), Recovering()
    here, there = Process("here", layer, source), Process("there", layer, source)
    async with running(here, there):
        here.publisher.publish([source.add("lost")])
        await asyncio.sleep(0.1)
        assert there.ear.heard == []
        layer.alive = True
        await asyncio.sleep(0.1)
        here.publisher.publish([source.add("two")])
        await there.hears([1, 2])


async def test_a_layer_that_has_forgotten_who_listens_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "REJOIN_EVERY", 0.05)
    source, layer = Source(), InMemoryChannelLayer()
    here, there = Process("here", layer, source), Process("there", layer, source)
    async with running(here, there):
        await asyncio.sleep(0.02)
        layer.groups.clear()  # as after a day
        await asyncio.sleep(0.2)
        here.publisher.publish([source.add("still heard")])
        await there.hears([1])


async def test_a_layer_too_slow_for_all_that_is_told_loses_the_oldest_and_grows_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = Source()
    here = Process("here", Hanging(), source)
    async with running(here):
        here.publisher.publish([source.add(str(n)) for n in range(publish.MAX_WAITING + 500)])
        await here.hears(list(range(1, publish.MAX_WAITING + 501)))
        assert here.publisher.counts.dropped >= 500


@pytest.mark.parametrize(
    "hint",
    [
        None,
        {},
        {"from": "x"},
        {"news": 5},
        {"news": [{}]},
        {"news": [{"t": LOG, "v": "1"}]},
        {"news": [{"t": LOG, "v": 1, "f": {"staff": "text"}}]},
        {"news": [{"t": LOG, "v": 1, "f": 5}]},
    ],
)
async def test_what_is_no_hint_is_counted_and_told_to_nobody(hint: Any) -> None:
    layer = InMemoryChannelLayer()
    here = Process("here", layer, Source())
    async with running(here):
        for channel in layer.groups["hints"]:
            await layer.send(channel, hint if isinstance(hint, dict) else {"type": "x", "news": hint})
        await asyncio.sleep(0.02)
        assert here.publisher.counts.errors == 1
        assert here.ear.heard == []
        assert here.hub.topics == (LOG,)
