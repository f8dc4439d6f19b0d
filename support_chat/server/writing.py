"""The writing half of one connection: whether there is room, and an end for who never reads."""

import asyncio
from typing import Any

from twisted.internet import reactor
from twisted.internet.base import DelayedCall

from support_chat.server.limits import HELD, STALLED


class Writing:
    """`hold` and `release` are the transport's word; who writes awaits `room` while `is_held`."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._room: asyncio.Event | None = None
        self._watching: DelayedCall | None = None
        self._mark: object = None
        self._checks = 0

    @property
    def is_held(self) -> bool:
        return self._room is not None

    async def room(self) -> None:
        """Wait until what was written is taken, or nobody is there to take it."""
        while self._room is not None:
            await self._room.wait()

    def hold(self) -> None:
        if self._room is None:
            self._room = asyncio.Event()
            self.watch()

    def release(self) -> None:
        if self._room is not None:
            self._room.set()
            self._room = None
        self._unwatch()

    def stop(self) -> None:
        """The connection is gone."""
        self.release()

    def watch(self) -> None:
        """Cut the connection when nothing of what waits is taken any more."""
        self._unwatch()
        self._mark, self._checks = self._taken(), 0
        self._watching = reactor.callLater(STALLED, self._check)

    def _check(self) -> None:
        self._checks += 1
        mark = self._taken()
        if mark == self._mark or self._checks * STALLED >= HELD:
            self._watching = None
            self._transport.abortConnection()
        else:
            self._mark = mark
            self._watching = reactor.callLater(STALLED, self._check)

    def _taken(self) -> object:
        """Something that differs whenever the kernel has taken more."""
        return len(self._transport.dataBuffer), self._transport.offset

    def _unwatch(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None
