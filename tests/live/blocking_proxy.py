"""A proxy between a client and a server that lets HTTP pass and WebSockets not, as told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

Mood = Literal["lets pass", "refuses", "swallows"]


@dataclass
class BlockingProxy:
    """`sockets`: what becomes of a handshake. "swallows" lets it pass, and no frame after it. Streams go to
    `streams_to` where it is given."""

    target: int
    streams_to: int | None = None
    requests_pass: bool = True  # or are answered 404, as by a server without such an address
    sockets: Mood = "refuses"
    port: int = 0
    handshakes: int = 0
    requests: list[str] = field(default_factory=list)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _streams: set[asyncio.StreamWriter] = field(default_factory=set)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            if b"upgrade: websocket" in head.lower():
                self.handshakes += 1
                if self.sockets == "refuses":
                    writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    await writer.drain()
                else:
                    await self._join(head, reader, writer, is_socket=True)
            elif not self.requests_pass:
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                await writer.drain()
            else:
                await self._join(head, reader, writer, is_socket=False)
        self._open.discard(writer)
        self._streams.discard(writer)
        writer.transport.abort()

    def cut_streams(self) -> int:
        """Cut every answer that goes on, in the middle; how many."""
        cut, self._streams = self._streams, set()
        for writer in cut:
            writer.transport.abort()
        return len(cut)

    def cut_all(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _join(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_socket: bool
    ) -> None:
        is_stream = head.startswith(b"POST /live/events")
        target = self.streams_to if is_stream and self.streams_to is not None else self.target
        there, back = await asyncio.open_connection("127.0.0.1", target)
        self._open.add(back)
        back.write(head)
        self._note(head, writer)
        try:
            up = asyncio.create_task(self._pass(reader, back, writer))
            down = asyncio.create_task(self._pass_answer(there, writer, is_socket=is_socket))
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
            for task in (up, down):
                task.cancel()
            await asyncio.gather(up, down, return_exceptions=True)
        finally:
            self._open.discard(back)
            back.transport.abort()

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, client: asyncio.StreamWriter
    ) -> None:
        while data := await reader.read(65536):
            self._note(data, client)
            writer.write(data)
            await writer.drain()

    async def _pass_answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_socket: bool
    ) -> None:
        if is_socket:
            writer.write(await reader.readuntil(b"\r\n\r\n"))
        while data := await reader.read(65536):
            if not is_socket or self.sockets == "lets pass":
                writer.write(data)
                await writer.drain()

    def _note(self, data: bytes, client: asyncio.StreamWriter) -> None:
        if data.startswith(b"POST "):
            self.requests.append(data.split(b" ", 2)[1].decode())
            if b"/live/events" in data[:64]:
                self._streams.add(client)


@asynccontextmanager
async def blocking_proxy(target: int) -> AsyncIterator[BlockingProxy]:
    """Before the server at this port, on another, while the block runs."""
    proxy = BlockingProxy(target)
    server = await asyncio.start_server(proxy.handle, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        proxy.cut_all()
