"""What runs in a server process beside its sockets: hub, publisher, journal, clock, letterbox, outbox."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import ClassVar, Self

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import DatabaseError

from support_chat.desk import db
from support_chat.desk.actions.presence import end_lease, renew_lease
from support_chat.desk.clock import run_clock
from support_chat.desk.files.removing import remove_for_ever
from support_chat.desk.journal import Journal
from support_chat.desk.letterbox import Letterbox
from support_chat.desk.measures import clock_beat, letterbox_beat
from support_chat.desk.outbox import run_outbox
from support_chat.desk.places import Places
from support_chat.desk.source import DeskSource
from support_chat.desk.telling import Telling, process_name
from support_chat.live.hub import Hub
from support_chat.live.publish import Publisher
from support_chat.live.refusals import Refused
from support_chat.live.tasks import Tasks

log = logging.getLogger(__name__)


@dataclass
class Engine:
    """One a process, made at import and started on its event loop. `running` is the one that is."""

    running: ClassVar[Self | None] = None

    hub: Hub = field(default_factory=lambda: Hub(DeskSource()))
    journal: Journal = field(default_factory=Journal)
    beside: list[Callable[[], Awaitable[None]]] = field(default_factory=list)  # a face's own, for ever
    started: bool = False

    def __post_init__(self) -> None:
        layer = get_channel_layer() if settings.CHANNEL_LAYERS else None
        words = settings.HINTS != "ids"
        self.publisher = Publisher(self.hub, layer, process=process_name, words=words)
        self.places = Places(self.hub)
        self.letterbox = Letterbox(self.hub)
        self._tasks = Tasks()

    async def start(self) -> None:
        """Start what runs for ever. A second call finds it running."""
        if self.started:
            return
        self.started = True
        Engine.running = self
        Telling.outlet = self.publisher.publish
        self._tasks.keep_running("publisher", self.publisher.run)
        await _lease()
        clock_beat.tick()
        letterbox_beat.tick()
        self._tasks.keep_running("clock", run_clock)
        self._tasks.keep_running("outbox", run_outbox)
        self._tasks.keep_running("letterbox", self.letterbox.run)
        self._tasks.keep_running("files", remove_for_ever)
        for work in self.beside:
            self._tasks.keep_running(work.__qualname__, work)

    async def stop(self) -> None:
        """End it all, with nothing half done: what was accepted is written or refused."""
        await self.journal.drain()
        await self._tasks.stop()
        await db.run(end_lease)
        Engine.running = Telling.outlet = None
        self.started = False
        db.close_lanes()


async def _lease() -> None:
    """Before anybody is here. A database that is down holds up no start: the clock asks again."""
    try:
        await db.run(renew_lease)
    except (DatabaseError, Refused):
        log.warning("The database does not answer yet.", exc_info=True)
