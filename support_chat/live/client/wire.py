"""What carries frames to and fro, whichever way: a link asks for no more than this."""

from collections.abc import AsyncIterator
from typing import Any, Protocol

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

Fields = dict[str, Any]


class GoneError(Exception):
    """The wire has ended: what was sent may have arrived, or not."""


class Wire(Protocol):
    """Frames in order. `code`: why the server ended it, 1006 where it did not say; None while it is open.
    `status`: with what an address answered that does not speak the protocol, as one that is wrong does."""

    @property
    def code(self) -> int | None: ...
    @property
    def status(self) -> int | None: ...
    async def send(self, frame: Fields) -> None:
        """Raises GoneError."""
        ...

    def frames(self) -> AsyncIterator[Fields]:
        """Until the wire ends."""
        ...

    async def close(self) -> None: ...
    async def cut(self) -> None:
        """End it as a lost network would."""
        ...


class SocketWire:
    """A WebSocket."""

    status = None

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    @property
    def code(self) -> int | None:
        return self._socket.close_code

    async def send(self, frame: Fields) -> None:
        try:
            await self._socket.send(msgspec.json.encode(frame).decode())
        except ConnectionClosed as closed:
            raise GoneError from closed

    async def frames(self) -> AsyncIterator[Fields]:
        decode = msgspec.json.decode
        try:
            async for text in self._socket:
                yield decode(text)
        except ConnectionClosed:
            return

    async def close(self) -> None:
        await self._socket.close()

    async def cut(self) -> None:
        self._socket.transport.abort()
        await self._socket.wait_closed()
