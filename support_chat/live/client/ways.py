"""Which way a link goes next: by WebSocket, or by HTTP where that fails, until it works again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, Literal

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from support_chat.live.client.http_wire import HttpWire, doors_beside
from support_chat.live.client.returning import Backoff
from support_chat.live.client.wire import SocketWire, Wire

SUBPROTOCOL = Subprotocol("support-chat.v1")
LARGEST_FRAME = 1024 * 1024  # bytes; snapshots are cut at a quarter of this
Transport = Literal["auto", "socket", "http"]
FAILURES: Final = 2  # sockets in a row that were not welcomed; then the other way
PATIENCE: Final = 10.0  # seconds for a first word
_NOBODY: Final = {"id": 0, "do": "beat", "with": {}}  # refused before hello, and so answered


class Ways:
    """Opens wires to one address. Options are those of `websockets.connect`."""

    def __init__(
        self, url: str, options: dict[str, Any], *, transport: Transport, look: Backoff | None
    ) -> None:
        self.by_http = False
        self._url, self._transport = url, transport
        self._doors = doors_beside(url) if transport != "socket" else None
        self._look = look or Backoff(first=30.0, most=600.0)
        self._failures = 0
        self._socket_refused = False
        self._options: dict[str, Any] = {
            "compression": None,
            "max_size": LARGEST_FRAME,
            "max_queue": 64,
            "close_timeout": 2,
            "subprotocols": [SUBPROTOCOL],
        } | options

    def welcomed(self) -> None:
        """The wire that was opened works."""
        if not self.by_http:
            self._failures = 0

    def failed(self, status: int | None = None) -> None:
        """The wire that was opened, or not even that, came to no welcome; with what its address answered."""
        if self.by_http:
            self._failures = 0
        else:
            self._failures += 1
            self._socket_refused = status is not None

    @property
    def has_another(self) -> bool:
        """Whether there is a way that may yet be open where the present one was refused."""
        if self.by_http:
            return self._transport == "auto" and not self._socket_refused
        return self._doors is not None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Wire]:
        """One wire, closed afterwards. Raises OSError, TimeoutError or WebSocketException."""
        blocked = self._failures >= FAILURES or self._transport == "http"
        self.by_http = self._doors is not None and blocked
        async with self._http() if self.by_http else self._socket() as wire:
            yield wire

    @asynccontextmanager
    async def _socket(self) -> AsyncIterator[Wire]:
        async with connect(self._url, **self._options) as socket:
            yield SocketWire(socket)

    @asynccontextmanager
    async def _http(self) -> AsyncIterator[Wire]:
        url, name = self._doors or ("", "")
        wire = HttpWire(url, name, headers=self._headers(), ssl=self._options.get("ssl"))
        looking = asyncio.create_task(self._look_for_a_socket(wire))
        try:
            yield wire
        finally:
            looking.cancel()
            await asyncio.gather(looking, wire.close(), return_exceptions=True)

    def _headers(self) -> dict[str, str]:
        origin = self._options.get("origin")
        return dict(self._options.get("additional_headers") or {}) | ({"Origin": origin} if origin else {})

    async def _look_for_a_socket(self, wire: Wire) -> None:
        """Beside a wire of HTTP: end it as soon as a socket answers."""
        if self._transport == "http":
            return
        while not await self._answers(after=self._look.wait()):
            continue
        self._look.tries = 0
        self._failures = FAILURES - 1
        await wire.cut()

    async def _answers(self, *, after: float) -> bool:
        await asyncio.sleep(after)
        with suppress(OSError, TimeoutError, WebSocketException):
            async with asyncio.timeout(PATIENCE), self._socket() as socket:
                await socket.send(_NOBODY)
                async for _ in socket.frames():
                    return True
        return False
