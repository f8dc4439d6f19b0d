"""The same server of one chat for clients whose sockets are blocked; as strict as it has to be."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import msgspec

from tests.live.fake_server import CHAT, FakeServer

TOPIC = f"conversation:{CHAT}"
LINES = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Asked:
    """One command's connection, as a socket to answer on."""

    def __init__(self, writer: asyncio.StreamWriter, frame: dict[str, Any]) -> None:
        self.transport = writer.transport
        self._is_staff = frame["do"] == "hello" and "site" not in frame["with"]

    async def send(self, text: str) -> None:
        reply = msgspec.json.decode(text)
        if "ok" in reply:
            reply["heads"] = {"team:shop": 1} if self._is_staff else heads_of(reply["ok"])
        body = msgspec.json.encode(reply)
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


class Streamed:
    """One stream, as a socket to be told on."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.transport = writer.transport
        self.transport.write(LINES)

    async def send(self, text: str) -> None:
        line = f"{text}\n".encode()
        self.transport.write(b"%x\r\n%b\r\n" % (len(line), line))

    async def close(self, code: int) -> None:
        if code < 4000:  # from a proxy or a server that went: no word of ours
            self.transport.abort()
            return
        await self.send(f'{{"event":"closed","code":{code}}}')
        self.transport.write(b"0\r\n\r\n")


def heads_of(ok: dict[str, Any]) -> dict[str, int]:
    """How far a reply tells of the one chat."""
    told = ok.get("snapshot") or ok.get("conversation") or (ok if "recovered" in ok else None)
    if not isinstance(told, dict):
        return {"site:shop": 1} if "heartbeat" in ok else {}
    entries = told["entries"]
    return {TOPIC: entries[-1]["position"] if entries else told.get("position", 0)}


class FakeHttp(FakeServer):
    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                body = msgspec.json.decode(await reader.readexactly(size))
                if head.startswith(b"POST /live/events"):
                    await self.stream(body["heads"], reader, writer)
                else:
                    asked: Any = Asked(writer, body)
                    await self.answer(asked, body)
        writer.transport.abort()

    async def stream(
        self, heads: dict[str, int], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        streamed: Any = Streamed(writer)
        await self.send(streamed, {"event": "heads", "heads": heads})
        self.sockets.add(streamed)
        for entry in self.entries[heads.get(TOPIC, len(self.entries)) :]:
            await self.send(streamed, {"event": "entry_added", "conversation": CHAT, "entry": entry})
        try:
            await reader.read(1)
        finally:
            self.sockets.discard(streamed)


@asynccontextmanager
async def fake_http() -> AsyncIterator[FakeHttp]:
    """Listens on a free loopback port until the block ends."""
    fake = FakeHttp()
    server = await asyncio.start_server(fake.talk, "127.0.0.1", 0)
    fake.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/ws/visitor"
    try:
        yield fake
    finally:
        server.close()
        await fake.close_all(1001)
