"""One topic in this process: puts what arrives into order and reads again what did not arrive."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from support_chat.live.measures import delivery
from support_chat.live.news import News
from support_chat.live.subscription import Listener, Subscription
from support_chat.live.traces import follow

log = logging.getLogger(__name__)

PATIENCE: Final = 0.02  # seconds an early arrival waits for its predecessor
MAX_EARLY: Final = 1_000  # pieces kept out of order; what is beyond is read again later
MAX_RECENT: Final = 1_000  # pieces kept for listeners that are still held
RETRY_FIRST: Final = 0.05  # seconds until a reading that failed or brought nothing is tried again …
RETRY_LAST: Final = 2.0  # … and at most
VAGUE_EVERY: Final = 1.0  # seconds between two pieces of vague news
FRUITLESS: Final = 6  # readings that bring nothing after which a rumoured version is given up

NewsAfter = Callable[[str, int], Awaitable[Sequence[News]]]


class Channel:
    """Versions are delivered to `_live` listeners one by one. `head` is the last one delivered; it is
    unknown until the first listener is released."""

    def __init__(self, topic: str, news_after: NewsAfter, forget: "Callable[[Channel], None]") -> None:
        self.topic: Final = topic
        self.head: int | None = None
        self._news_after = news_after
        self._forget = forget
        self._live: list[Subscription] = []
        self._held: set[Subscription] = set()  # not released, or released and still behind
        self._early: dict[int, News] = {}
        self._recent: dict[int, News] = {}  # delivered while somebody was held
        self._sought = 0  # the highest version anybody spoke of
        self._reading: asyncio.Task[None] | None = None
        self._resting: asyncio.TimerHandle | None = None  # vague news was told less than a second ago
        self._vague: News | None = None  # what came since then

    def join(self, listener: Listener, ears: tuple[str, ...]) -> Subscription:
        subscription = Subscription(self, listener, ears)
        self._held.add(subscription)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        self._held.discard(subscription)
        if subscription.live:
            subscription.live = False
            self._live.remove(subscription)
        if not self._held:
            self._recent.clear()
            if not self._live:
                self._end()

    def take(self, news: News) -> None:
        """Deliver if it is next, keep if it is early, drop if it is known."""
        version = news.version
        if news.vague:
            self._take_vague(news)
        elif version == 0:
            self._whisper(news)
        elif self.head is not None and version == self.head + 1:
            self._deliver(news)
            if self._early:
                self._deliver_early()
        elif self.head is None or version > self.head:
            self._keep_early(news)

    def seek(self, version: int) -> None:
        """Some version exists: read up to it at once."""
        self._sought = max(self._sought, version)
        self._read_soon(0.0)

    def __len__(self) -> int:
        return len(self._live) + len(self._held)

    def admit(self, subscription: Subscription) -> None:
        """A held listener was released at `subscription.at`."""
        if subscription not in self._held:
            return
        if self.head is None or (subscription.at > self.head and not self._live):
            self._start_at(subscription.at)
        self._replay(subscription)
        self._go_live(subscription)
        if subscription.at > (self.head or 0):
            self._sought = max(self._sought, subscription.at)
        self._read_soon(PATIENCE)

    def _start_at(self, version: int) -> None:
        self.head = version
        for known in [early for early in self._early if early <= version]:
            self._recent[known] = self._early.pop(known)
        self._deliver_early()

    def _replay(self, subscription: Subscription) -> None:
        while (news := self._recent.get(subscription.at + 1)) is not None:
            subscription.tell(news)

    def _go_live(self, subscription: Subscription) -> None:
        if subscription.at < (self.head or 0):
            return  # something it lacks is kept nowhere here: the reading brings it up
        self._held.discard(subscription)
        subscription.live = True
        self._live.append(subscription)
        if not self._held:
            self._recent.clear()

    def _deliver(self, news: News) -> None:
        self.head = news.version
        for subscription in tuple(self._live) if len(self._live) > 1 else self._live:
            subscription.tell(news)
        if news.trace is not None:
            delivery.observe(follow(news.trace, "%s %d was told here", self.topic, news.version))
        if self._held:
            self._remember(news)

    def _deliver_early(self) -> None:
        head = self.head or 0
        while (news := self._early.pop(head + 1, None)) is not None:
            self._deliver(news)
            head = news.version

    def _remember(self, news: News) -> None:
        self._recent[news.version] = news
        if len(self._recent) > MAX_RECENT:
            del self._recent[next(iter(self._recent))]

    def _keep_early(self, news: News) -> None:
        self._sought = max(self._sought, news.version)
        if len(self._early) < MAX_EARLY:
            self._early[news.version] = news
        self._read_soon(PATIENCE)

    def _whisper(self, news: News) -> None:
        for subscription in tuple(self._live):
            subscription.whisper(news)

    def _take_vague(self, news: News) -> None:
        """The first is told at once; of those that come within a second of it the last, after that second."""
        if self._resting is not None:
            self._vague = news
            return
        self._whisper(news)
        self._resting = asyncio.get_running_loop().call_later(VAGUE_EVERY, self._rested)

    def _rested(self) -> None:
        self._resting, news, self._vague = None, self._vague, None
        if news is not None:
            self._take_vague(news)

    # Reading again

    def _behind(self) -> bool:
        if self.head is None:
            return False
        return self._sought > self.head or any(one.released for one in self._held)

    def _read_soon(self, patience: float) -> None:
        if self._reading is None and self._behind():
            self._reading = asyncio.get_running_loop().create_task(self._read(patience))

    async def _read(self, patience: float) -> None:
        """Runs while somebody is behind what is known to exist."""
        try:
            await asyncio.sleep(patience)
            await self._read_until_level()
        finally:
            self._reading = None

    async def _read_until_level(self) -> None:
        fruitless, pause = 0, RETRY_FIRST
        while self._behind():
            found = await self._read_once()
            if found:
                fruitless, pause = 0, RETRY_FIRST
                continue
            fruitless += found == 0
            if fruitless >= FRUITLESS:
                self._give_up()
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, RETRY_LAST)

    async def _read_once(self) -> int | None:
        """How many pieces came of it; None when reading failed."""
        since = self._lowest()
        try:
            found = await self._news_after(self.topic, since)
        except Exception:
            log.warning("Reading %s after %d failed.", self.topic, since, exc_info=True)
            return None
        for news in found:
            self._accept(news, since)
        return len(found)

    def _lowest(self) -> int:
        return min([self.head or 0, *(one.at for one in self._lagging(0))])

    def _lagging(self, since: int) -> list[Subscription]:
        return [one for one in self._held if one.released and one.at >= since]

    def _accept(self, news: News, since: int) -> None:
        """News that was read: it may jump, because the source says that nothing is missing between. Who
        was released behind `since` meanwhile waits for the next reading."""
        for subscription in self._lagging(since):
            subscription.tell(news)
        if news.version > (self.head or 0):
            self._deliver(news)
            self._drop_early()
            self._deliver_early()
        for subscription in self._lagging(since):
            self._replay(subscription)
            self._go_live(subscription)

    def _drop_early(self) -> None:
        head = self.head or 0
        for known in [early for early in self._early if early <= head]:
            del self._early[known]

    def _give_up(self) -> None:
        """The source knows nothing of it: a topic that is gone, or a log restored to an earlier day."""
        log.warning("Nothing found of %s up to %d.", self.topic, self._sought)
        self._sought = self.head or 0
        self._early.clear()
        for subscription in self._lagging(0):
            subscription.at = max(subscription.at, self.head or 0)
            self._go_live(subscription)

    def _end(self) -> None:
        self._forget(self)
        if self._resting is not None:
            self._resting.cancel()
        if self._reading is not None:
            self._reading.cancel()
