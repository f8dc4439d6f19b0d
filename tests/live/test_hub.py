"""Every listener hears every version once and in order, whatever the order in which news arrives."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support_chat.live import channel
from support_chat.live.hub import Hub, Subscription
from support_chat.live.news import Fleeting, News
from tests.live.fakes import LOG, STAFF, VISITOR, Ear, Source, entry, state

QUEUE: Final = "queue:q"
A_WHILE: Final = 0.15  # seconds: several times what an early arrival waits


def listening(
    hub: Hub, at: int = 0, ears: tuple[str, ...] = STAFF, visible: int | None = None
) -> tuple[Ear, Subscription]:
    ear = Ear()
    subscription = hub.listen(LOG, ear, ears)
    subscription.release(at, visible)
    return ear, subscription


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
    await asyncio.sleep(A_WHILE)
    assert ear.positions == [1, 2]
    assert source.asked == [(LOG, 0)]


async def test_a_bare_version_is_read() -> None:
    source = Source()
    hub = Hub(source)
    ear, _ = listening(hub)
    source.add("lost")
    hub.heard(LOG, 1)
    await asyncio.sleep(A_WHILE)
    assert ear.positions == [1]


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
    await asyncio.sleep(A_WHILE)
    assert ear.positions == list(range(1, 1_204))


async def test_reading_is_tried_again_when_it_fails() -> None:
    source = Source()
    source.failing = 2
    hub = Hub(source)
    ear, _ = listening(hub)
    source.add("lost")
    hub.heard(LOG, 1)
    await asyncio.sleep(2 * A_WHILE)
    assert ear.positions == [1]


async def test_a_version_that_nobody_can_read_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "RETRY_FIRST", 0.001)
    source = Source()
    hub = Hub(source)
    ear, _ = listening(hub)
    hub.heard(LOG, 5)
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
    await asyncio.sleep(A_WHILE)
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
    await asyncio.sleep(A_WHILE)
    assert first.positions == [6, 7, 8, 9]
    assert behind.positions == [3, 4, 5, 6, 7, 8, 9]
    assert ahead.positions == [9]


async def test_who_is_released_further_behind_during_a_reading_waits_for_the_next() -> None:
    source, late = Source(), Ear()
    source.delay = A_WHILE
    hub = Hub(source)
    waiting = hub.listen(LOG, late, STAFF)
    for n in range(9):
        source.add(str(n))
    first, _ = listening(hub, at=5)
    hub.heard(LOG, 9)
    await asyncio.sleep(A_WHILE / 2)
    waiting.release(2)
    await asyncio.sleep(3 * A_WHILE)
    assert first.positions == [6, 7, 8, 9]
    assert late.positions == [3, 4, 5, 6, 7, 8, 9]


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
    await asyncio.sleep(A_WHILE)
    assert late.positions == list(range(5, 21))


# Whatever happens


@dataclass
class Story:
    """A source, a hub, and listeners that come at any time and must hear everything once."""

    source: Source = field(default_factory=Source)
    listeners: list[tuple[Ear, Subscription, int]] = field(default_factory=list)  # and where they began
    held: list[tuple[Ear, Subscription, tuple[int, int]]] = field(default_factory=list)  # and what was read
    travelling: list[News] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source.delay = 0.002
        self.hub = Hub(self.source)

    async def play(self, steps: list[tuple[str, int]]) -> None:
        for step, which in steps:
            await getattr(self, step)(which)
        while self.held:
            await self.release(0)
        self.hub.heard(LOG, self.source.head()[0])
        for _ in range(200):
            if all(one.live and one.at == self.source.head()[0] for _, one, _ in self.listeners):
                break
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.003)  # for what would come too often

    async def commit(self, which: int) -> None:
        self.travelling.append(self.source.add(str(which), private=which % 3 == 0))

    async def arrive(self, which: int) -> None:
        if self.travelling:
            self.hub.publish([self.travelling.pop(which % len(self.travelling))])

    async def arrive_twice(self, which: int) -> None:
        if self.travelling:
            self.hub.publish([self.travelling[which % len(self.travelling)]])

    async def lose(self, which: int) -> None:
        if self.travelling:
            self.travelling.pop(which % len(self.travelling))

    async def hint(self, which: int) -> None:
        if self.source.head()[0]:
            self.hub.heard(LOG, 1 + which % self.source.head()[0])

    async def listen(self, which: int) -> None:
        ear = Ear()
        subscription = self.hub.listen(LOG, ear, STAFF if which % 2 else VISITOR)
        self.held.append((ear, subscription, self.source.head()))

    async def release(self, which: int) -> None:
        """Their snapshot was read just now, or as soon as they had begun to listen."""
        if self.held:
            ear, subscription, read = self.held.pop(which % len(self.held))
            self._release(ear, subscription, *(read if which % 2 else self.source.head()))

    async def listen_again(self, which: int) -> None:
        if self.listeners:
            ear, subscription, start = self.listeners.pop(which % len(self.listeners))
            fresh = self.hub.listen(LOG, ear, subscription.ears)
            subscription.close()
            fresh.release(subscription.at, subscription.visible)
            self.listeners.append((ear, fresh, start))

    async def leave(self, which: int) -> None:
        if self.listeners:
            _, subscription, _ = self.listeners.pop(which % len(self.listeners))
            subscription.close()

    async def wait(self, which: int) -> None:
        await asyncio.sleep(0.001 * (which % 8))

    async def fail(self, which: int) -> None:
        self.source.failing += which % 2

    def _release(self, ear: Ear, subscription: Subscription, version: int, visible: int) -> None:
        start = version if subscription.ears == STAFF else visible
        subscription.release(version, visible)
        self.listeners.append((ear, subscription, start))

    def ends(self, subscription: Subscription) -> int:
        version, visible = self.source.head()
        return version if subscription.ears == STAFF else visible


STEPS = (
    "commit",
    "arrive",
    "arrive_twice",
    "lose",
    "hint",
    "listen",
    "release",
    "listen_again",
    "leave",
    "wait",
    "fail",
)
steps = st.lists(
    st.tuples(
        st.sampled_from((*STEPS, "commit", "commit", "arrive", "arrive", "listen", "release")),
        st.integers(0, 30),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(steps)
@example([("listen", 1), ("release", 0), ("commit", 1), ("commit", 2), ("arrive", 1), ("lose", 0)])
def test_every_listener_hears_every_version_once_and_in_order(steps: list[tuple[str, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(channel, "PATIENCE", 0.002)
        patch.setattr(channel, "RETRY_FIRST", 0.0005)
        patch.setattr(channel, "RETRY_LAST", 0.001)
        story = Story()
        asyncio.run(story.play(steps))
    for ear, subscription, start in story.listeners:
        assert ear.positions == list(range(start + 1, story.ends(subscription) + 1))
        assert subscription.head == story.ends(subscription)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), max_size=30), st.randoms(use_true_random=False))
def test_a_visitor_hears_the_same_bytes_with_and_without_what_is_for_staff(
    privates: list[bool], chance: object
) -> None:
    with_staff = asyncio.run(_bytes_of([(str(n), private) for n, private in enumerate(privates)], chance))
    alone = asyncio.run(
        _bytes_of([(str(n), False) for n, private in enumerate(privates) if not private], chance)
    )
    assert with_staff == alone


async def _bytes_of(entries: list[tuple[str, bool]], chance: object) -> tuple[list[str], list[int]]:
    """Everything that a visitor is told, and every head a beat would tell after each entry."""
    source = Source()
    hub = Hub(source)
    ear, subscription = listening(hub, ears=VISITOR, visible=0)
    heads = [0]
    for text, private in entries:
        hub.publish([source.add(text, private=private)])
        heads.append(subscription.head)
        if private:
            assert heads.pop() == heads[-1]
    return ear.heard, heads


async def test_a_state_without_a_visible_count_tells_its_version() -> None:
    hub = Hub(Source())
    subscription = hub.listen(QUEUE, Ear(), VISITOR)
    subscription.release(4)
    assert subscription.head == 4
    assert entry(1, 1, "x").visible == 1
