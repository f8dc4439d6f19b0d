"""After a commit: tell the listeners of this process, and the other processes by one hint.

The channel layer is a doorbell. Nothing here raises, waits or piles up because of it: a hint that is
late, lost or dropped is found in the letterbox.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic, time
from typing import Final

from channels.layers import BaseChannelLayer

from support_chat.live.hints import GROUP, follow_hint, write_hint
from support_chat.live.hub import Hub
from support_chat.live.news import News

log = logging.getLogger(__name__)

MAX_WAITING: Final = 10_000  # pieces of news waiting for the layer; then the oldest is dropped
MAX_IN_A_HINT: Final = 200  # pieces of news
SEND_TIMEOUT: Final = 1.0  # seconds
JOIN_TIMEOUT: Final = 5.0  # seconds
REJOIN_EVERY: Final = 3_600.0  # seconds; a layer may forget its group members after a day
FIRST_PAUSE: Final = 0.2  # seconds after a failure …
LAST_PAUSE: Final = 5.0  # … doubling up to this
RING_EVERY: Final = 5.0  # seconds between hints that only show that the layer works


@dataclass
class HintCounts:
    """What became of the hints of this process since it started."""

    sent: int = 0
    received: int = 0
    dropped: int = 0  # pieces of news that no hint carried
    entries: int = 0  # entries of conversations that this process has committed
    errors: int = 0  # failed dealings with the layer


class Publisher:
    """One a process. `words=False` keeps every text out of the channel layer."""

    def __init__(self, hub: Hub, layer: BaseChannelLayer | None, *, process: str, words: bool = True) -> None:
        self.counts: Final = HintCounts()
        self._hub = hub
        self._layer = layer
        self._process = process
        self._words = words
        self._loop: asyncio.AbstractEventLoop | None = None
        self._inbox: deque[News] = deque()
        self._outbox: deque[News] = deque(maxlen=MAX_WAITING)
        self._outbox_filled = asyncio.Event()
        self._committed = 0.0  # when the oldest that waits was, in Unix time
        self._heard = monotonic()  # when a hint was heard, our own included
        self._lock = threading.Lock()
        self._called = False  # the loop has been asked to empty the inbox

    @property
    def silence(self) -> float | None:
        """Seconds since the layer brought any hint, our own included; None without a layer."""
        return None if self._layer is None else monotonic() - self._heard

    def attach(self) -> None:
        """Deliver on the running loop from now on. `run` does it too."""
        self._loop = asyncio.get_running_loop()

    async def run(self) -> None:
        """Send and receive hints until cancelled. Without a layer there is nothing to do."""
        self.attach()
        if self._layer is None:
            await asyncio.Event().wait()
            return
        async with asyncio.TaskGroup() as both:
            both.create_task(self._send_for_ever(self._layer))
            both.create_task(self._receive_for_ever(self._layer))
            both.create_task(self._ring_for_ever())

    def publish(self, news: Sequence[News]) -> None:
        """Tell whoever listens, here and elsewhere. From any thread, after the commit. In a process that
        runs no sockets it does nothing: the others find it in the letterbox."""
        loop = self._loop
        if loop is None:
            return
        with self._lock:
            self._inbox.extend(news)
            called, self._called = self._called, True
        if not called:
            self._call(loop)

    def _call(self, loop: asyncio.AbstractEventLoop) -> None:
        with suppress(RuntimeError):  # the loop is closed: the process is going
            loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        with self._lock:
            news = tuple(self._inbox)
            self._inbox.clear()
            self._called = False
        if self._layer is not None:  # first: whoever hears of it there has the longer way
            self._pass_on(news)
        self._hub.publish(news)
        self.counts.entries += sum(one.visible is not None for one in news)

    def _pass_on(self, news: Sequence[News]) -> None:
        if not self._outbox:
            self._committed = time()
        self.counts.dropped += max(0, len(self._outbox) + len(news) - MAX_WAITING)
        self._outbox.extend(news)
        self._outbox_filled.set()

    # To the other processes

    async def _send_for_ever(self, layer: BaseChannelLayer) -> None:
        pause = FIRST_PAUSE
        while True:
            await self._outbox_filled.wait()
            if await self._send_one(layer):
                pause = FIRST_PAUSE
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 2, LAST_PAUSE)

    async def _send_one(self, layer: BaseChannelLayer) -> bool:
        committed = self._committed if self._outbox else 0.0
        news = self._next_batch()
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                hint = write_hint(self._process, news, words=self._words, at=committed)
                await layer.group_send(GROUP, hint)
        except Exception:
            log.warning("Sending a hint failed.", exc_info=True)
            self.counts.errors += 1
            self.counts.dropped += len(news)
            return False
        self.counts.sent += 1
        return True

    async def _ring_for_ever(self) -> None:
        while True:
            await asyncio.sleep(RING_EVERY)
            self._outbox_filled.set()

    def _next_batch(self) -> list[News]:
        size = min(len(self._outbox), MAX_IN_A_HINT)
        news = [self._outbox.popleft() for _ in range(size)]
        self._committed = time()  # what is left came since the hint before this one
        if not self._outbox:
            self._outbox_filled.clear()
        return news

    # From the other processes

    async def _receive_for_ever(self, layer: BaseChannelLayer) -> None:
        pause = FIRST_PAUSE
        while True:
            received = self.counts.received
            try:
                await self._receive_as_member(layer)
            except Exception:
                log.warning("Receiving hints failed.", exc_info=True)
                self.counts.errors += 1
                pause = FIRST_PAUSE if self.counts.received > received else min(pause * 2, LAST_PAUSE)
                await asyncio.sleep(pause)

    async def _receive_as_member(self, layer: BaseChannelLayer) -> None:
        """Join the group and receive until it is time to join again."""
        async with asyncio.timeout(JOIN_TIMEOUT):
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
        try:
            async with asyncio.timeout(REJOIN_EVERY):
                while True:
                    self._follow(await layer.receive(channel))
        except TimeoutError:
            return

    def _follow(self, hint: object) -> None:
        self.counts.received += 1
        self._heard = monotonic()
        if not follow_hint(self._hub, hint, process=self._process):
            log.warning("Something that is no hint came through the channel layer.")
            self.counts.errors += 1
