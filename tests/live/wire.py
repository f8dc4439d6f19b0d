"""A client of one consumer without a server: it speaks ASGI itself."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from support_chat.live.consumer import Consumer

WITHIN = 10.0  # seconds that anything here may take, on busy cores


class Client:
    """One socket. `received` keeps every text frame in the order it came."""

    def __init__(self, consumer: type[Consumer], scope: Mapping[str, Any] | None = None) -> None:
        self.scope = {"type": "websocket", "client": ("192.0.2.1", 5), "subprotocols": ["support-chat.v1"]}
        self.scope |= scope or {}
        self.received: list[str] = []
        self.accepted: dict[str, Any] | None = None
        self.close_code: int | None = None
        self.slow = asyncio.Event()  # cleared: nothing more is taken from the server
        self.slow.set()
        self._numbers = count(1)
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._application = consumer.as_asgi()

    async def open(self) -> None:
        self._to_server.put_nowait({"type": "websocket.connect"})
        self._serving = asyncio.create_task(self._application(self.scope, self._to_server.get, self._take))
        await self.until(lambda: self.accepted is not None)

    async def leave(self) -> None:
        """Be gone, and wait until the server has noticed."""
        self._to_server.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self._serving, WITHIN)

    async def closed(self) -> int:
        """The code that the server closed with."""
        await self.until(lambda: self.close_code is not None)
        await asyncio.wait_for(self._serving, WITHIN)
        assert self.close_code is not None
        return self.close_code

    def send_text(self, text: str) -> None:
        self._to_server.put_nowait({"type": "websocket.receive", "text": text})

    def send_bytes(self, data: bytes) -> None:
        self._to_server.put_nowait({"type": "websocket.receive", "bytes": data})

    def send(self, do: str, **fields: Any) -> int:
        """Send a command without waiting; its number."""
        number = next(self._numbers)
        self.send_text(json.dumps({"id": number, "do": do, "with": fields}))
        return number

    async def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        """Send a command; its whole reply."""
        return await self.reply_to(self.send(do, **fields))

    async def ok(self, do: str, **fields: Any) -> dict[str, Any]:
        reply = await self.ask(do, **fields)
        assert "ok" in reply, reply
        return dict(reply["ok"])

    async def refused(self, do: str, **fields: Any) -> str:
        reply = await self.ask(do, **fields)
        assert "error" in reply, reply
        return str(reply["error"]["code"])

    async def reply_to(self, number: int | None, text: str | None = None) -> dict[str, Any]:
        if text is not None:
            self.send_text(text)
        await self.until(lambda: any(frame.get("re", 0) == number for frame in self.frames if "re" in frame))
        return next(frame for frame in self.frames if "re" in frame and frame["re"] == number)

    @property
    def frames(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self.received]

    @property
    def events(self) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if "event" in frame]

    async def until(self, holds: Any) -> None:
        async with asyncio.timeout(WITHIN):
            while not holds():
                await asyncio.sleep(0.001)

    async def _take(self, message: Any) -> None:
        await self.slow.wait()
        match message["type"]:
            case "websocket.accept":
                self.accepted = message
            case "websocket.send":
                assert self.close_code is None, "a frame after the close"
                self.received.append(message["text"])
            case "websocket.close":
                self.close_code = message["code"]


@asynccontextmanager
async def connected(consumer: type[Consumer], **scope: Any) -> AsyncIterator[Client]:
    client = Client(consumer, scope)
    await client.open()
    yield client
    if not client._serving.done():
        await client.leave()
    await client._serving
