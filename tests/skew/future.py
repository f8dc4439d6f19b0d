"""A server as a later release may be: between a real one and its clients, it adds what nobody knows yet."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

SUBPROTOCOLS = [Subprotocol("support-chat.v1")]
EVENT = {"event": "mood_changed", "conversation": "all of them", "mood": {"colour": "blue"}, "position": 99}


@dataclass
class Later:
    """Where it answers, and how many frames it has told."""

    behind: str
    url: str = ""
    told: int = 0

    async def serve(self, client: ServerConnection) -> None:
        path = client.request.path if client.request else ""
        async with connect(self.behind + path, subprotocols=SUBPROTOCOLS) as server:
            both = [
                asyncio.create_task(pass_on(client, server)),
                asyncio.create_task(self.tell(server, client)),
            ]
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for one in both:
                one.cancel()

    async def tell(self, server: ClientConnection, client: ServerConnection) -> None:
        """Each frame with fields that are new, and before each an event that is."""
        try:
            async for frame in server:
                await client.send(json.dumps(EVENT))
                await client.send(json.dumps(enriched(json.loads(frame))))
                self.told += 1
        except ConnectionClosed:
            return


async def pass_on(client: ServerConnection, server: ClientConnection) -> None:
    try:
        async for frame in client:
            await server.send(frame)
    except ConnectionClosed:
        return


def enriched(value: Any) -> Any:
    """The same, with one more field in every object, but for those whose fields are names of topics."""
    if isinstance(value, list):
        return [enriched(each) for each in value]
    if not isinstance(value, dict):
        return value
    more = {name: each if name == "heads" else enriched(each) for name, each in value.items()}
    return {**more, "weather": {"of": ["tomorrow"]}}


@asynccontextmanager
async def from_the_future(behind: str) -> AsyncIterator[Later]:
    """In front of the server at `behind`, an address for sockets."""
    later = Later(behind)
    async with serve(later.serve, "127.0.0.1", 0, subprotocols=SUBPROTOCOLS) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        later.url = f"ws://127.0.0.1:{port}"
        yield later
