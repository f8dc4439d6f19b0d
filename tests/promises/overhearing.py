"""What a visitor's socket is told, frame by frame, with all that is random made comparable."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from support_chat.live.client.link import SUBPROTOCOL
from tests.promises.talking import PATIENCE

QUIET = 0.35  # seconds without a frame: what a step sets off has come by then, also on a busy machine
NAME = re.compile(r"[A-Za-z0-9_-]{22,43}")
SITE = re.compile(r'("site:[^"]+":)(\d+)')
CHANCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{16}\b|\d{4}-\d\d-\d\dT[\d:.]+Z")


class Ear:
    """A bare visitor's socket: asks by hand and keeps every frame as it came."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.steps: list[list[str]] = []
        self.names: dict[str, str] = {}
        self.called = ("", "")
        self.first = 0
        self.asked = self.answered = 0

    async def ask(self, do: str, **fields: Any) -> None:
        """Sends one command; its reply is one of the frames of the step."""
        self.asked += 1
        await self.socket.send(json.dumps({"id": self.asked, "do": do, "with": fields}))

    async def listen(self) -> list[dict[str, Any]]:
        """All frames until everything asked is answered and it is quiet, which make one step."""
        frames: list[str] = []
        answered = self.answered
        while True:
            try:
                async with asyncio.timeout(QUIET if answered == self.asked else PATIENCE):
                    frames.append(str(await self.socket.recv()))
            except TimeoutError:
                break
            answered = max(answered, json.loads(frames[-1]).get("re", 0))
        self.answered = answered
        self.steps.append(sorted(self._comparable(frame) for frame in frames))
        return [json.loads(frame) for frame in frames]

    def call(self, name: str, other: str) -> None:
        """From now on, and in what was heard, somebody with a name by chance is called by another."""
        self.called = (name, other)
        self.steps = [[frame.replace(name, other) for frame in step] for step in self.steps]

    def _comparable(self, frame: str) -> str:
        """The frame without clocks, marks and random ids; names are told apart by when they first came."""
        plain = SITE.sub(self._since_we_came, CHANCE.sub("any", frame.replace(*self.called)))
        return NAME.sub(lambda found: self.names.setdefault(found[0], f"<{len(self.names)}>"), plain)

    def _since_we_came(self, head: re.Match[str]) -> str:
        """A site's version counts from before we came; what counts is whether it moves while we listen."""
        self.first = self.first or int(head[2])
        return f"{head[1]}+{int(head[2]) - self.first}"


@asynccontextmanager
async def visitors_ear(ws_url: str) -> AsyncIterator[Ear]:
    """A visitor's socket while the block runs, before its hello."""
    async with connect(f"{ws_url}/ws/visitor", subprotocols=[SUBPROTOCOL], compression=None) as socket:
        yield Ear(socket)
