"""Sockets for load: the client library as it is, and frames looked at, not parsed, where it counts."""

import asyncio
import itertools
import json
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

OPTIONS: dict[str, Any] = {
    "compression": None,
    "ping_interval": None,
    "max_queue": None,
    "proxy": None,
    "open_timeout": 30,
}


class Socket:
    """One connection. Commands of the set-up are asked for one at a time; under load frames are just sent."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.numbers = itertools.count(1)
        self.events: list[dict[str, Any]] = []  # that came while a command was waited for
        self.me = ""  # whose it is, of an agent's

    @classmethod
    async def open(cls, url: str) -> "Socket":
        return cls(await connect(url, **OPTIONS))

    async def ask(self, do: str, **what: Any) -> Any:
        """The `ok` of a command. Raises RuntimeError with the refusal."""
        number = next(self.numbers)
        await self.connection.send(json.dumps({"id": number, "do": do, "with": what}))
        while True:
            frame = json.loads(await self.connection.recv())
            if frame.get("re") != number:
                self.events.append(frame)
            elif "ok" in frame:
                return frame["ok"]
            else:
                raise RuntimeError(f"{do} was refused: {frame['error']}")

    async def listen(self, seconds: float) -> None:
        """Keep what comes until nothing has come for so long."""
        while True:
            try:
                async with asyncio.timeout(seconds):
                    self.events.append(json.loads(await self.connection.recv()))
            except TimeoutError:
                return

    async def close(self) -> None:
        await self.connection.close()
