"""One socket as a thing that opens, is read, is written to and ends. What is said is consumer.py's."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, ClassVar, Final, Protocol

from support_chat.live.close_codes import CloseCode
from support_chat.live.measures import closes
from support_chat.live.news import Fleeting
from support_chat.live.outgoing import Message, Outgoing, Send
from support_chat.live.registry import Registry
from support_chat.live.throttle import Throttle, source_of

log = logging.getLogger(__name__)

SUBPROTOCOL: Final = "support-chat.v1"
HELLO_WITHIN: Final = 10.0  # seconds from the handshake to a hello that was welcomed

Receive = Callable[[], Awaitable[Message]]


class Application(Protocol):
    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None: ...


class LiveSocket:
    """An ASGI application of one connection: one instance a socket.

    `registry` and `throttle` are a process's own; asgi.py may bind others.
    """

    registry: ClassVar[Registry] = Registry()
    throttle: ClassVar[Throttle] = Throttle()

    def __init__(self, scope: Mapping[str, Any], send: Send) -> None:
        self.scope: Final = scope
        self.is_welcomed = False
        self.is_busy = False  # a command is being carried out
        self._outgoing: Final = Outgoing(send)
        self._source: Final = source_of(scope)

    @classmethod
    def as_asgi(cls) -> Application:
        """The application to route to."""

        async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
            await cls(scope, send).serve(receive, send)

        return application

    # For a face

    async def admit(self) -> CloseCode | None:
        """At the handshake, before any frame: the code to close with, or None to let it in."""
        return None

    async def left(self) -> None:
        """The socket is gone. A hint: a process that dies says nothing."""

    def close_with(self, code: CloseCode) -> None:
        """Send what waits, then close. What is sent later is dropped silently."""
        self._outgoing.close(code)

    @property
    def closing(self) -> CloseCode | None:
        """Why it is being closed; None while it is not."""
        return self._outgoing.closing

    @property
    def is_slow(self) -> bool:
        """Whether so much waits for its reader that it is not listened to."""
        return self._outgoing.is_full

    def hear(self, frames: Sequence[str]) -> None:
        """For the hub: these frames, in order."""
        put, fleeting = self._outgoing.put, isinstance(frames, Fleeting)
        for frame in frames:
            put(frame, fleeting)

    # For consumer.py

    async def _take(self, text: str | None) -> None:
        """One frame of the client; None stands for one that is not text."""
        raise NotImplementedError

    def _end(self) -> None:
        """Let go of everything."""

    def welcome_said(self) -> None:
        """It is known whose this is."""
        self.is_welcomed = True
        self.throttle.welcomed(self._source)

    # One life

    async def serve(self, receive: Receive, send: Send) -> None:
        """From the handshake to the end."""
        if (await receive())["type"] != "websocket.connect":
            return
        offered = self.scope.get("subprotocols") or (None,)
        spoken = SUBPROTOCOL if SUBPROTOCOL in offered else offered[0]  # or a browser reads no close code
        await send({"type": "websocket.accept", "subprotocol": spoken})
        if not self.let_in():
            await send({"type": "websocket.close", "code": int(CloseCode.FLOODING)})
            return
        try:
            await self._live(receive, foreign=spoken not in {SUBPROTOCOL, None})
        finally:
            await self.let_go()

    def let_in(self) -> bool:
        """Count as a socket of its source and of this process; False where there are too many."""
        if not self.throttle.enter(self._source, asyncio.get_running_loop().time()):
            closes[CloseCode.FLOODING.value] += 1
            return False
        self.registry.add(self)
        return True

    async def let_go(self) -> None:
        """Whoever was let in is gone, and lets go of everything."""
        self.throttle.leave(self._source, welcomed=self.is_welcomed)
        self.registry.discard(self)
        self._end()
        try:
            await self.left()
        except Exception:
            log.exception("Leaving a socket failed.")

    async def _live(self, receive: Receive, *, foreign: bool) -> None:
        deadline = asyncio.get_running_loop().call_later(HELLO_WITHIN, self._hello_is_due)
        try:
            code = CloseCode.UPGRADE_REQUIRED if foreign else await self.admit()
            if code is not None:
                self.close_with(code)
            await self.read_and_write(self._read(receive))
        finally:
            deadline.cancel()

    async def read_and_write(self, read: Coroutine[Any, Any, None]) -> None:
        """Send what is put until `read` returns, which it does when the client is gone or we are closing."""
        loop = asyncio.get_running_loop()
        reading = loop.create_task(read)
        writing = loop.create_task(self._outgoing.run())
        try:
            await asyncio.wait((reading, writing), return_when=asyncio.FIRST_COMPLETED)
            if self.is_busy and not reading.done():
                await asyncio.wait((reading,))  # nothing that has begun is cut in the middle
            if self._outgoing.closing is not None:
                await asyncio.wait((writing,))
        finally:
            for task in (reading, writing):
                task.cancel()
            await asyncio.gather(reading, writing, return_exceptions=True)

    async def _read(self, receive: Receive) -> None:
        """Until the client is gone, or we are closing."""
        try:
            while self._outgoing.closing is None:
                message = await receive()
                if message["type"] == "websocket.receive":
                    self.is_busy = True
                    await self._take(message.get("text"))
                    self.is_busy = False
                    if self._outgoing.is_full:
                        await self._outgoing.emptied()
                elif message["type"] == "websocket.disconnect":
                    return
        except Exception:
            log.exception("Reading a socket failed.")
            self.close_with(CloseCode.FAILED)

    def _hello_is_due(self) -> None:
        if self.is_welcomed:
            return
        if self.is_busy:  # with a hello that came in time: let it be answered
            asyncio.get_running_loop().call_later(1.0, self._hello_is_due)
        else:
            self.close_with(CloseCode.NOT_SIGNED_IN)
