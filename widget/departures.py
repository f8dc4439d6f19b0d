"""Visitors whose last socket here is gone: they have left when they do not come back within some seconds, so
that a page that follows another, or a link that flaps, is no news."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError

from support_chat.desk.actions.visits import Move
from support_chat.live.refusals import Refused
from support_chat.live.tasks import Tasks
from support_chat.settings.chat import VISITOR_SETTLES
from widget.whereabouts import moves

log = logging.getLogger(__name__)


@dataclass
class Departures:
    """Used on the event loop's thread alone. What a process still waited for when it ends, others find by its
    lease."""

    _tasks: Tasks = field(default_factory=Tasks)
    _leaving: dict[int, asyncio.TimerHandle] = field(default_factory=dict)

    def later(self, visitor: int, *, is_here: Callable[[], bool], lingered: float) -> None:
        """This visitor's last socket went, `lingered` seconds ago."""
        before = self._leaving.pop(visitor, None)
        if before is not None:
            before.cancel()
        loop, wait = asyncio.get_running_loop(), max(0.0, VISITOR_SETTLES - lingered)
        self._leaving[visitor] = loop.call_later(wait, self._left, visitor, is_here)

    def _left(self, visitor: int, is_here: Callable[[], bool]) -> None:
        del self._leaving[visitor]
        if not is_here():
            self._tasks.run_once("a visitor left", self._say(visitor, is_here))

    async def _say(self, visitor: int, is_here: Callable[[], bool]) -> None:
        try:
            await moves.ask(Move(visitor=visitor, here=False, ago=VISITOR_SETTLES))
        except (DatabaseError, Refused):
            log.warning("That a visitor left is to be written down later.", exc_info=True)
            self.later(visitor, is_here=is_here, lingered=0.0)
