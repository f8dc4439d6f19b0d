"""Tells waiting visitors their place: at most a second old, one look at a queue for all who wait in it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from support_chat.desk import db
from support_chat.desk.events import QueueMoved, encoded
from support_chat.desk.history import waiting_in
from support_chat.desk.models import Conversation
from support_chat.desk.routing import places
from support_chat.live.hub import Hub, Subscription
from support_chat.live.tasks import Tasks
from support_chat.settings.chat import PLACES_EVERY

log = logging.getLogger(__name__)

Hear = Callable[[Sequence[str]], None]


@dataclass(slots=True, eq=False)
class Waiter:
    """One socket that wants to know the place of one chat."""

    conversation: int
    name: str  # public id
    queue: int
    hear: Hear
    told: tuple[int, int] | None = None


@dataclass(slots=True, eq=False)
class _Line:
    """A queue with visitors of this process in it; a listener of its topic."""

    queue: int
    waiters: set[Waiter] = field(default_factory=set)
    subscription: Subscription | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, frames: Sequence[str]) -> None:
        self.changed.set()


@dataclass(slots=True)
class Places:
    """One a process."""

    hub: Hub
    _tasks: Tasks = field(default_factory=Tasks)
    _lines: dict[int, _Line] = field(default_factory=dict)

    def watch(self, conversation: Conversation, hear: Hear) -> Waiter:
        """Tell this socket the chat's place from now on, whenever it changes."""
        waiter = Waiter(conversation.pk, conversation.public_id, conversation.queue_id, hear)
        line = self._lines.get(waiter.queue)
        if line is None:
            line = self._lines[waiter.queue] = _Line(waiter.queue)
            line.subscription = self.hub.listen(conversation.queue.topic, line, ("staff",))
            line.subscription.release(0)
            self._tasks.run_once("places", self._tell(line))
        line.waiters.add(waiter)
        line.changed.set()
        return waiter

    def unwatch(self, waiter: Waiter) -> None:
        line = self._lines.get(waiter.queue)
        if line is None:
            return
        line.waiters.discard(waiter)
        line.changed.set()

    async def _tell(self, line: _Line) -> None:
        while line.waiters:
            await line.changed.wait()
            line.changed.clear()
            try:
                await self._look(line)
            except Exception:
                log.warning("The places in a queue could not be read.", exc_info=True)
                line.changed.set()
            await asyncio.sleep(PLACES_EVERY)
        self._lines.pop(line.queue, None)
        if line.subscription is not None:
            line.subscription.close()

    async def _look(self, line: _Line) -> None:
        now = places(await db.read(waiting_in, line.queue))
        for waiter in tuple(line.waiters):
            _tell(waiter, now.get(waiter.conversation))


def _tell(waiter: Waiter, now: tuple[int, int] | None) -> None:
    told, waiter.told = waiter.told, now
    if now is None or now == told:
        return
    moved = QueueMoved(conversation=waiter.name, place=now[0], of=now[1], wait=None)
    waiter.hear((encoded(moved),))
