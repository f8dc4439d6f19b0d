"""Every listener hears every version once and in order, whatever the order in which news arrives."""

import asyncio
from typing import Final

import pytest

from support_chat.live import channel
from support_chat.live.hub import Hub
from support_chat.live.news import Fleeting, News
from tests.live.fakes import LOG, STAFF, VISITOR, Ear, Source, entry, listening, state, until

QUEUE: Final = "queue:q"
A_WHILE: Final = 0.15  # seconds for what must not come: several times what an early arrival waits


async def test_what_comes_in_order_is_told_at_once() -> None:
    source = Source()
    hub = Hub(source)
    ear, _ = listening(hub)
    hub.publish([source.add("one"), source.add("two")])
    assert ear.positions == [1, 2]
    assert source.asked == []


async def test_what_comes_early_waits_for_its_predecessor() -> None:
    source = Source()
    hub = Hub(source)
    ear, _ = listening(hub)
    one, two = source.add("one"), source.add("two")
    hub.publish([two])
    assert ear.positions == []
    hub.publish([one])
    assert ear.positions == [1, 2]
    await asyncio.sleep(A_WHILE)
    assert source.asked == []


async def test_what_never_comes_is_read() -> None:
    source = Source()
    hub = Hub(source)
    ear, _ = listening(hub)
    source.add("lost")
    hub.publish([source.add("two")])
    await until(lambda: ear.positions == [1, 2])
    assert source.asked == [(LOG, 0)]


async def test_a_bare_version_is_read() -> None:
    source = Source()
    hub = Hub(source)
    ear, _ = listening(hub)
    source.add("lost")
    hub.heard(LOG, 1)
    await until(lambda: ear.positions == [1])


async def test_a_version_that_is_known_is_not_read() -> None:
    source = Source()
    hub = Hub(source)
    listening(hub)
    hub.publish([source.add("one")])
    hub.heard(LOG, 1)
    hub.heard("conversation:nobody", 7)
    await asyncio.sleep(A_WHILE)
    assert source.asked == []


async def test_more_than_one_reading_brings_is_read_on() -> None:
    source = Source()
    hub = Hub(source)
    ear, _ = listening(hub)
    for n in range(1_203):
        source.add(str(n))
    hub.heard(LOG, 1_203)
    await until(lambda: ear.positions == list(range(1, 1_204)))


async def test_reading_is_tried_again_when_it_fails() -> None:
    source = Source()
    source.failing = 2
    hub = Hub(source)
    ear, _ = listening(hub)
    source.add("lost")
    hub.heard(LOG, 1)
    await until(lambda: ear.positions == [1])


async def test_a_version_that_nobody_can_read_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "RETRY_FIRST", 0.001)
    source = Source()
    hub = Hub(source)
    ear, _ = listening(hub)
    hub.heard(LOG, 5)
    await until(lambda: len(source.asked) >= channel.FRUITLESS)
    await asyncio.sleep(A_WHILE)
    assert len(source.asked) == channel.FRUITLESS
    hub.publish([source.add("one")])
    assert ear.positions == [1]


async def test_a_state_jumps_to_what_is_read_and_older_news_are_dropped() -> None:
    source = Source()
    source.states[QUEUE] = 9
    hub, ear = Hub(source), Ear()
    subscription = hub.listen(QUEUE, ear, STAFF)
    subscription.release(5)
    hub.publish([state(QUEUE, 8)])
    await until(lambda: subscription.head == 9)
    hub.publish([state(QUEUE, 7), state(QUEUE, 9), state(QUEUE, 10)])
    assert [frame[-2:-1] for frame in ear.heard] == ["9", "0"]
    assert subscription.head == 10


async def test_nothing_is_heard_before_the_release_and_everything_after_it() -> None:
    source = Source()
    hub, ear = Hub(source), Ear()
    subscription = hub.listen(LOG, ear, STAFF)
    hub.publish([source.add(str(n)) for n in range(5)])
    assert ear.heard == []
    subscription.release(2)
    assert ear.positions == [3, 4, 5]


async def test_a_second_listener_may_know_more_or_less_than_the_first() -> None:
    source = Source()
    for n in range(9):
        source.add(str(n))
    hub = Hub(source)
    first, _ = listening(hub, at=5)
    behind, _ = listening(hub, at=2)
    ahead, _ = listening(hub, at=8)
    await until(lambda: ahead.positions == [9])
    await until(lambda: first.positions == [6, 7, 8, 9])
    await until(lambda: behind.positions == [3, 4, 5, 6, 7, 8, 9])


async def test_who_is_released_further_behind_during_a_reading_waits_for_the_next() -> None:
    source, late = Source(), Ear()
    source.delay = A_WHILE
    hub = Hub(source)
    waiting = hub.listen(LOG, late, STAFF)
    for n in range(9):
        source.add(str(n))
    first, _ = listening(hub, at=5)
    hub.heard(LOG, 9)
    await until(lambda: source.asked != [])
    waiting.release(2)
    await until(lambda: first.positions == [6, 7, 8, 9])
    await until(lambda: late.positions == [3, 4, 5, 6, 7, 8, 9])


async def test_a_release_never_goes_back() -> None:
    source = Source()
    hub = Hub(source)
    ear, subscription = listening(hub, at=0)
    hub.publish([source.add("one"), source.add("two")])
    subscription.release(1)
    hub.publish([source.add("three")])
    assert ear.positions == [1, 2, 3]


async def test_fleeting_news_are_told_at_once_to_the_released_alone() -> None:
    hub, held = Hub(Source()), Ear()
    ear, _ = listening(hub)
    waiting = hub.listen(LOG, held, STAFF)
    hub.publish([News(topic=LOG, version=0, frames={"staff": ("typing",)})])
    waiting.release(0)
    assert ear.heard == ["typing"]
    assert isinstance(ear.calls[0], Fleeting)
    assert held.heard == []


async def test_the_first_ear_that_is_spoken_to_hears() -> None:
    hub = Hub(Source())
    own, _ = listening(hub, ears=("visitor:7", "visitor"))
    other, _ = listening(hub, ears=("visitor:8", "visitor"))
    frames = {"visitor:7": ("mine",), "visitor": ("theirs",)}
    hub.publish([News(topic=LOG, version=1, frames=frames, visible=1)])
    hub.publish([News(topic=LOG, version=2, frames={"visitor:8": (), "visitor": ("again",)}, visible=2)])
    assert own.heard == ["mine", "again"]
    assert other.heard == ["theirs"]


async def test_a_closed_subscription_hears_nothing_and_its_topic_is_forgotten() -> None:
    source = Source()
    hub = Hub(source)
    ear, subscription = listening(hub)
    subscription.close()
    subscription.close()
    hub.publish([source.add("one")])
    assert ear.heard == []
    assert hub.topics == ()


async def test_what_is_held_for_long_is_read_instead_of_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "MAX_RECENT", 3)
    monkeypatch.setattr(channel, "MAX_EARLY", 3)
    source = Source()
    hub, late = Hub(source), Ear()
    listening(hub)
    waiting = hub.listen(LOG, late, STAFF)
    hub.publish([source.add(str(n)) for n in range(20)])
    waiting.release(4)
    await until(lambda: late.positions == list(range(5, 21)))


async def test_a_state_without_a_visible_count_tells_its_version() -> None:
    hub = Hub(Source())
    subscription = hub.listen(QUEUE, Ear(), VISITOR)
    subscription.release(4)
    assert subscription.head == 4
    assert entry(1, 1, "x").visible == 1


async def test_vague_news_is_told_at_most_once_in_a_while_and_the_last_of_it_after_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(channel, "VAGUE_EVERY", 0.3)
    hub, ear = Hub(Source()), Ear()
    hub.listen(QUEUE, ear, STAFF).release(0)
    for word in ("one", "two", "three"):
        hub.publish([News(topic=QUEUE, version=0, frames={"staff": (word,)}, vague=True)])
    assert ear.heard == ["one"]
    assert all(isinstance(frames, Fleeting) for frames in ear.calls)
    await until(lambda: ear.heard == ["one", "three"])
    await asyncio.sleep(0.35)
    hub.publish([News(topic=QUEUE, version=0, frames={"staff": ("four",)}, vague=True)])
    assert ear.heard == ["one", "three", "four"]
