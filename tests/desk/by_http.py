"""A person whose sockets are blocked: the same as one with a socket, by requests and a stream."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from agents.consumers import StaffConsumer
from support_chat.desk import db
from support_chat.desk.models import Conversation
from support_chat.desk.sockets import DeskSocket
from support_chat.live import fallback
from tests.desk.running import PATIENCE, Socket
from widget.consumers import VisitorConsumer

DOORS = fallback.as_asgi({"visitor": VisitorConsumer, "agent": StaffConsumer})
JSON = (b"content-type", b"application/json")


class Request:
    """One request to the fallback, by ASGI. `status` comes first, then `lines` as they come."""

    def __init__(self, path: str, body: str | bytes, *headers: tuple[bytes, bytes], **scope: Any) -> None:
        door, _, query = path.partition("?")
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.body = b""
        self.slow = asyncio.Event()  # cleared: nothing more is taken
        self.slow.set()
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        content = body.encode() if isinstance(body, str) else body
        self._to_server.put_nowait({"type": "http.request", "body": content, "more_body": False})
        self._scope = {"type": "http", "method": "POST", "path": door, "query_string": query.encode()}
        self._scope |= {"headers": [JSON, *headers], "client": ("192.0.2.1", 5), "scheme": "http", **scope}
        self.serving = asyncio.create_task(DOORS[door](self._scope, self._to_server.get, self._take))

    def leave(self) -> None:
        """Be gone, as a closed tab is."""
        self._to_server.put_nowait({"type": "http.disconnect"})

    async def answered(self) -> dict[str, Any]:
        """The whole answer, of a request that ends by itself."""
        await asyncio.wait_for(asyncio.shield(self.serving), PATIENCE)
        return dict(json.loads(self.body))

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Of a stream, those that are whole."""
        return [json.loads(line) for line in self.body.split(b"\n")[:-1]]

    async def until(self, holds: Any) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await asyncio.sleep(0.002)

    async def _take(self, message: Any) -> None:
        await self.slow.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"")


def bearing(token: str | None) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"authorization", f"Bearer {token}".encode()),) if token else ()


def command_in(text: str) -> dict[str, Any]:
    """As far as it is one."""
    with suppress(ValueError, RecursionError):
        asked = json.loads(text)
        if isinstance(asked, dict) and isinstance(asked.get("with"), dict):
            return asked
    return {"with": {}}


class ByHttp(Socket):
    """Commands one by one; one stream, begun again with what is new. `received` is as a socket's."""

    def __init__(self, face: type[DeskSocket]) -> None:
        super().__init__(face)
        self.who = "agent" if face is StaffConsumer else "visitor"
        self.heads: dict[str, int] = {}
        self.stream: Request | None = None
        self.statuses: list[int | None] = []
        self._key: str | None = None
        self._texts: asyncio.Queue[str | None] = asyncio.Queue()
        self._taken = 0  # lines of the stream

    async def open(self) -> None:
        self.accepted = {}
        self._serving = asyncio.create_task(self._work())

    def send_text(self, text: str) -> None:
        self._texts.put_nowait(text)

    async def leave(self) -> None:
        self._texts.put_nowait(None)
        stream = self.stream
        await asyncio.wait_for(self._serving, PATIENCE)
        if stream is not None:
            await asyncio.wait_for(stream.serving, PATIENCE)

    @property
    def received(self) -> list[str]:
        self._read_stream()
        return self._received

    @received.setter
    def received(self, texts: list[str]) -> None:
        self._received = texts

    async def cut(self) -> None:
        """Lose the stream, as by a proxy that is tired of it."""
        await self._end_stream()

    async def go_on(self) -> None:
        """Begin a stream again, from where the last one was."""
        await self._end_stream()
        await self._begin_stream()

    async def _work(self) -> None:
        while (text := await self._texts.get()) is not None:
            await self._ask(text)
        await self._end_stream()

    async def _ask(self, text: str) -> None:
        asked = command_in(text)
        if asked == {"id": asked.get("id"), "do": "beat", "with": {}} and self._key:
            await self._catch_up()
            self._received.append(json.dumps({"re": asked["id"], "ok": {"heads": self.heads}}))
            return
        request = Request(f"/live/commands?as={self.who}", text, *bearing(self._key))
        reply = await request.answered()
        self.statuses.append(request.status)
        heads = reply.pop("heads", {})
        if reply["re"] is None:
            reply["re"] = asked.get("id")
        self._key = asked["with"].get("token") or reply.get("ok", {}).get("token") or self._key
        self._read_stream()
        self._received.append(json.dumps(reply, separators=(",", ":"), ensure_ascii=False))
        left = {"leave_visitors": "onsite:", "leave_lists": "lists:"}.get(asked.get("do"))
        if left is not None and "ok" in reply:
            await self._end_stream()
            known = self.heads.items()
            self.heads = {topic: head for topic, head in known if not topic.startswith(left)}
            await self._begin_stream()
        if any(topic not in self.heads or (head == 0 and self.heads[topic]) for topic, head in heads.items()):
            await self._end_stream()
            self.heads |= heads
            await self._begin_stream()

    async def _catch_up(self) -> None:
        """What was committed before has come."""
        while await db.read(self._is_behind):
            await asyncio.sleep(0.005)
            self._read_stream()

    def _is_behind(self) -> bool:
        chats = [topic.partition(":")[2] for topic in self.heads if topic.startswith("conversation:")]
        rows = Conversation.objects.filter(public_id__in=chats)
        count = "visible" if self.who == "visitor" else "position"
        return any(self.heads[row.topic] < getattr(row, count) for row in rows)

    async def _begin_stream(self) -> None:
        asked = json.dumps({"heads": self.heads})
        self.stream, self._taken = Request(f"/live/events?as={self.who}", asked, *bearing(self._key)), 0
        await self.stream.until(lambda: self.stream is None or self.stream.body)

    async def _end_stream(self) -> None:
        if self.stream is not None:
            self._read_stream()
            self.stream.leave()
            self.stream = None

    def _read_stream(self) -> None:
        lines = self.stream.body.split(b"\n")[:-1] if self.stream is not None else []
        for line in lines[self._taken :]:
            event = json.loads(line)
            if event["event"] == "heads":
                self.heads |= event["heads"]
            else:
                self._received.append(line.decode())
                self._heed(event)
        self._taken = len(lines)

    def _heed(self, event: Mapping[str, Any]) -> None:
        topic = f"conversation:{event.get('conversation')}"
        if event["event"] == "entry_added" and topic in self.heads:
            self.heads[topic] = event["entry"]["position"]
