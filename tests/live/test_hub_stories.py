"""Whatever happens to news on its way: every listener hears every version once and in order."""

import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support_chat.live import channel
from support_chat.live.hub import Hub, Subscription
from support_chat.live.news import News
from tests.live.fakes import LOG, STAFF, VISITOR, Ear, Source, listening


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
