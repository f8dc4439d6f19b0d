"""Tells waiting visitors their place and their wait: at most a second old, one look for all of a site."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from support_chat.desk import db
from support_chat.desk.events import QueueMoved, encoded
from support_chat.desk.models import Conversation
from support_chat.desk.routing import Waiting
from support_chat.desk.waiting.telling import Told
from support_chat.desk.waiting.telling import told as in_words
from support_chat.desk.waits import CANNOT_SAY, Foreseen, Paces, Sight, keep_predictions, look_at_line
from support_chat.live.hub import Hub, Subscription
from support_chat.live.tasks import Tasks
from support_chat.settings.chat import PLACES_EVERY, WAITS_EVERY

log = logging.getLogger(__name__)

Hear = Callable[[Sequence[str]], None]


@dataclass(slots=True, eq=False)
class Waiter:
    """One socket that wants to know the place of one chat."""

    conversation: int
    name: str  # public id
    site: int
    hear: Hear
    told: tuple[int, int, Told | None] | None = None  # the place, of how many, the wait


@dataclass(slots=True, eq=False)
class _Line:
    """A site with waiting visitors of this process; a listener of the queues they wait in."""

    site: int
    waiters: set[Waiter] = field(default_factory=set)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    known: dict[int, int] = field(default_factory=dict)  # who waited when it was last looked at, by sort key

    def hear(self, frames: Sequence[str]) -> None:
        self.changed.set()

    def listen(self, topic: str, hub: Hub) -> None:
        if topic not in self.subscriptions:
            self.subscriptions[topic] = hub.listen(topic, self, ("staff",))
            self.subscriptions[topic].release(0)

    def close(self) -> None:
        for subscription in self.subscriptions.values():
            subscription.close()


@dataclass(slots=True)
class Places:
    """One a process."""

    hub: Hub
    _tasks: Tasks = field(default_factory=Tasks)
    _lines: dict[int, _Line] = field(default_factory=dict)
    _paces: Paces = field(default_factory=Paces)

    def watch(self, conversation: Conversation, hear: Hear) -> Waiter:
        """Tell this socket the chat's place from now on, whenever it changes."""
        waiter = Waiter(conversation.pk, conversation.public_id, conversation.site_id, hear)
        line = self._lines.get(waiter.site)
        if line is None:
            line = self._lines[waiter.site] = _Line(waiter.site)
            self._tasks.run_once("places", self._tell(line))
        line.listen(conversation.queue.topic, self.hub)
        line.waiters.add(waiter)
        line.changed.set()
        return waiter

    def unwatch(self, waiter: Waiter) -> None:
        line = self._lines.get(waiter.site)
        if line is None:
            return
        line.waiters.discard(waiter)
        line.changed.set()

    async def _tell(self, line: _Line) -> None:
        while line.waiters:
            with suppress(TimeoutError):
                await asyncio.wait_for(line.changed.wait(), WAITS_EVERY)
            line.changed.clear()
            try:
                await self._look(line)
            except Exception:
                log.warning("The places in a queue could not be read.", exc_info=True)
                line.changed.set()
            await asyncio.sleep(PLACES_EVERY)
        self._lines.pop(line.site, None)
        line.close()

    async def _look(self, line: _Line) -> None:
        sight = await db.read(self._read, line.site)
        moved = [chat for chat in sight.waiting.values() if chat.sort_key != line.known.get(chat.id)]
        about = {chat.queue for chat in sight.waiting.values() if chat.skills}
        first: list[tuple[int, int, Foreseen]] = []
        for waiter in tuple(line.waiters):
            chat = sight.waiting.get(waiter.conversation)
            if chat is None:
                waiter.told = None
                continue
            if waiter.told is None:
                first.append((chat.id, sight.places[chat.id][0], sight.foreseen.get(chat.id, CANNOT_SAY)))
            _tell(waiter, chat, sight, moved, about=chat.queue in about)
        line.known = {chat.id: chat.sort_key for chat in sight.waiting.values()}
        if first:
            await db.run(keep_predictions, first)

    def _read(self, site: int) -> Sight:
        return look_at_line(site, self._paces.of(site))


def _tell(waiter: Waiter, chat: Waiting, sight: Sight, moved: Sequence[Waiting], *, about: bool) -> None:
    place, of = sight.places[chat.id]
    now = (place, of, in_words(sight.foreseen.get(chat.id, CANNOT_SAY).told))
    told, waiter.told = waiter.told, now
    if told == now:
        return
    why = _why(chat, moved) if told is not None and place > told[0] else ""
    moved_to = QueueMoved(conversation=waiter.name, place=place, of=of, wait=now[2], why=why, about=about)
    waiter.hear((encoded(moved_to),))


def _why(chat: Waiting, moved: Sequence[Waiting]) -> str:
    """Why somebody who was not there before stands before this chat now; or it went back itself."""
    mine, others = (chat.sort_key, chat.id), (each for each in moved if each.queue == chat.queue)
    return next((each.ahead for each in others if (each.sort_key, each.id) < mine and each.ahead), "moved")
