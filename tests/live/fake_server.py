"""A server of one chat in fifty lines, which misbehaves exactly as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve

CHAT = "chat-1"


@dataclass
class FakeServer:
    """Keeps one log. What it shall do wrong stands in the lists, and is taken from them one by one."""

    url: str = ""
    entries: list[dict[str, Any]] = field(default_factory=list)
    positions: dict[str, int] = field(default_factory=dict)  # by client_id
    seen: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    sockets: set[ServerConnection] = field(default_factory=set)
    refuse: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # errors to answer, by command
    cut_after: list[str] = field(default_factory=list)  # commands that take effect, but whose answer is lost
    mute: set[str] = field(default_factory=set)  # commands that are never answered
    heartbeat: float = 60.0
    history: str = "m"
    status: str = "offline"

    async def handle(self, socket: ServerConnection) -> None:
        self.sockets.add(socket)
        try:
            async for text in socket:
                await self.answer(socket, msgspec.json.decode(text))
        finally:
            self.sockets.discard(socket)

    async def answer(self, socket: ServerConnection, frame: dict[str, Any]) -> None:
        do, fields = frame["do"], frame["with"]
        self.seen.append((do, fields))
        if do in self.mute:
            return
        if self.refuse.get(do):
            await self.send(socket, {"re": frame["id"], "error": self.refuse[do].pop(0)})
            return
        ok = getattr(self, f"on_{do}")(**fields)
        if do in self.cut_after:
            self.cut_after.remove(do)
            socket.transport.abort()
            return
        await self.send(socket, {"re": frame["id"], "ok": ok})
        if do in {"post_message", "start_conversation"}:
            await self.tell(len(self.entries))

    def on_hello(self, **_: Any) -> dict[str, Any]:
        conversation = self.snapshot() if self.entries else None
        return {
            "agent": {"id": "a", "status": self.status},
            "visitor": {"id": "v"},
            "token": "t",
            "conversation": conversation,
            "heartbeat": self.heartbeat,
        }

    def on_start_conversation(self, client_id: str, body: str) -> dict[str, Any]:
        before = self.snapshot()
        position = self.on_post_message(CHAT, client_id, body)["position"]
        return {"conversation": CHAT, "position": position, "snapshot": before}

    def on_post_message(self, conversation: str, client_id: str, body: str) -> dict[str, Any]:
        if client_id not in self.positions:
            self.positions[client_id] = self.add(body, client_id)
        return {"position": self.positions[client_id], "at": "now"}

    def on_resume(self, conversation: str, after: int, mark: str | None = None) -> dict[str, Any]:
        if after and (after > len(self.entries) or self.entries[after - 1]["mark"] != mark):
            return {"recovered": False, "snapshot": self.snapshot()}
        return {
            "recovered": True,
            "entries": self.entries[after : after + 2],
            "more": len(self.entries) > after + 2,
        }

    def on_open_conversation(self, conversation: str, **where: Any) -> dict[str, Any]:
        if where:
            return self.on_resume(conversation, **where)
        return {"recovered": False, "snapshot": self.snapshot(), "about": {"state": "active"}}

    def on_leave_conversation(self, conversation: str) -> dict[str, Any]:
        return {}

    def on_set_status(self, status: str) -> dict[str, Any]:
        self.status = status
        return {"status": status}

    def on_beat(self) -> dict[str, Any]:
        return {"heads": {f"conversation:{CHAT}": len(self.entries)}}

    def add(self, body: str, client_id: str | None = None) -> int:
        position = len(self.entries) + 1
        entry = {"position": position, "mark": f"{self.history}{position}", "kind": "message"}
        self.entries.append(
            entry | {"author": {"role": "visitor"}, "client_id": client_id, "body": {"text": body}}
        )
        return position

    def snapshot(self) -> dict[str, Any]:
        mark = self.entries[-1]["mark"] if self.entries else None
        return {"id": CHAT, "position": len(self.entries), "mark": mark, "entries": list(self.entries)}

    async def tell(self, position: int) -> None:
        event = {"event": "entry_added", "conversation": CHAT, "entry": self.entries[position - 1]}
        await asyncio.gather(*(self.send(socket, event) for socket in self.sockets))

    async def send(self, socket: ServerConnection, frame: dict[str, Any]) -> None:
        await socket.send(msgspec.json.encode(frame).decode())

    async def close_all(self, code: int) -> None:
        await asyncio.gather(*(socket.close(code) for socket in list(self.sockets)))

    def bodies(self) -> list[str]:
        return [entry["body"]["text"] for entry in self.entries]

    def asked(self, do: str) -> list[dict[str, Any]]:
        return [fields for command, fields in self.seen if command == do]


@asynccontextmanager
async def fake_server() -> AsyncIterator[FakeServer]:
    """Listens on a free loopback port until the block ends."""
    fake = FakeServer()
    server: Server
    async with serve(fake.handle, "127.0.0.1", 0, compression=None) as server:
        fake.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield fake
