"""The same frames over plain HTTP: commands one by one, events as lines of a stream that is begun again
whenever there is more to hear."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from support_chat.live.client.http1 import Answer, Connection, HttpError
from support_chat.live.client.wire import Fields, GoneError
from support_chat.live.refusals import Refused
from support_chat.live.turns import Turns

PATIENCE: Final = 30.0  # seconds for a reply
SILENCE: Final = 25.0  # seconds: a stream says something every ten
LOST: Final = 1006
ANSWERED: Final = (200, 400, 413)
CODES: Final = {401: 4401, 403: 4403, 429: 4429, 503: 4012}  # what a socket would be closed with
TOLD_ONCE: Final = ("entry_added", "conversation_changed")
_LEFT: Final = {"leave_visitors": "onsite:", "leave_lists": "lists:"}


def doors_beside(url: str) -> tuple[str, str] | None:
    """The origin and the `as` of the fallback beside a socket's address; None where there is none."""
    for end, name in (("/ws/visitor", "visitor"), ("/ws/agent", "agent")):
        if url.endswith(end) and url.startswith("ws"):
            return f"http{url[2:].removesuffix(end)}", name
    return None


class HttpWire:
    """A wire of two connections, one for commands and one for the stream. Made within a running loop."""

    def __init__(self, url: str, name: str, *, headers: Mapping[str, str], ssl: Any = None) -> None:
        origin = urlsplit(url)
        self.code: int | None = None
        self.status: int | None = None
        self._turns = Turns()
        self._paths = {door: f"{origin.path}/live/{door}?as={name}" for door in ("commands", "events")}
        self._asking, self._hearing = (Connection(origin, headers, ssl) for _ in range(2))
        self._key: dict[str, str] = {}
        self._heads: dict[str, int] = {}
        self._told: dict[tuple[str, str], int] = {}  # positions, by kind of event and conversation
        self._to_ask: asyncio.Queue[Fields] = asyncio.Queue()
        self._heard: asyncio.Queue[Fields | None] = asyncio.Queue()
        self._worker = asyncio.create_task(self._ask_one_by_one())
        self._stream: asyncio.Task[None] | None = None

    async def send(self, frame: Fields) -> None:
        if self.code is not None:
            raise GoneError
        self._to_ask.put_nowait(frame)

    async def frames(self) -> AsyncIterator[Fields]:
        while (frame := await self._heard.get()) is not None:
            yield frame

    async def close(self) -> None:
        self._end(LOST)
        tasks = [task for task in (self._worker, self._stream) if task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def cut(self) -> None:
        await self.close()

    def _end(self, code: int) -> None:
        if self.code is not None:
            return
        self.code = code
        self._heard.put_nowait(None)
        for task in (self._worker, self._stream):
            if task is not None and task is not asyncio.current_task():
                task.cancel()
        self._asking.close()
        self._hearing.close()

    # Commands

    async def _ask_one_by_one(self) -> None:
        try:
            while self.code is None:
                await self._ask(await self._to_ask.get())
        except (HttpError, TimeoutError, msgspec.DecodeError, LookupError):
            self._end(LOST)

    async def _ask(self, frame: Fields) -> None:
        if frame["do"] == "beat":  # what it would be answered comes by the stream
            self._heard.put_nowait({"re": frame["id"], "ok": {"heads": dict(self._heads)}})
        elif (refusal := self._out_of_turn(frame)) is not None:
            self._heard.put_nowait({"re": frame["id"], "error": refusal.as_error()})
        else:
            self._bear(frame["with"])
            self._take(frame, await self._answer(frame))

    async def _answer(self, frame: Fields) -> Fields:
        async with asyncio.timeout(PATIENCE):
            answer = await self._asking.post(self._paths["commands"], msgspec.json.encode(frame), self._key)
            body = await answer.body()
        if answer.status not in ANSWERED:
            self.status = answer.status if answer.status not in CODES else None
            self._end(CODES.get(answer.status, LOST))
            raise HttpError(f"a command was answered {answer.status}")
        return {**msgspec.json.decode(body), "re": frame["id"]}

    def _out_of_turn(self, frame: Fields) -> Refused | None:
        """What a socket's own end would say: the requests of one wire know nothing of each other."""
        if frame["do"] == "post_message":
            try:
                self._turns.arrive(frame["with"]["conversation"], frame["with"]["client_id"])
            except Refused as refusal:
                return refusal
        elif frame["do"] == "skip":
            self._turns.skip(**frame["with"])
        return None

    def _bear(self, fields: Fields) -> None:
        if token := fields.get("token"):
            self._key = {"Authorization": f"Bearer {token}"}

    def _take(self, asked: Fields, reply: Fields) -> None:
        heads, error = reply.pop("heads", {}), reply.get("error")
        if error and error["retry"] and asked["do"] == "post_message":
            self._turns.refuse(asked["with"]["conversation"], asked["with"]["client_id"])
        self._bear(reply.get("ok", {}))
        self._heard.put_nowait(reply)
        left = asked["with"].get("conversation") if asked["do"] == "leave_conversation" else None
        left = _LEFT.get(asked["do"], left)
        if left is not None and "ok" in reply:
            self._heads = {topic: head for topic, head in self._heads.items() if left not in topic}
        elif self._stream is None or any(self._is_new(topic, head) for topic, head in heads.items()):
            self._heads |= heads
        else:
            return
        if "ok" in reply:
            self._stream_anew()

    def _is_new(self, topic: str, head: int) -> bool:
        """Whether the stream has to begin again: it does not tell of this, or shall tell the whole of it."""
        return topic not in self._heads or (head == 0 and self._heads[topic] != 0)

    # Events

    def _stream_anew(self) -> None:
        if self._stream is not None:
            self._stream.cancel()
            self._hearing.close()
        self._stream = asyncio.create_task(self._hear())

    async def _hear(self) -> None:
        try:
            while self.code is None:
                await self._hear_one_stream()
        except (HttpError, TimeoutError, msgspec.DecodeError, LookupError):
            self._end(LOST)

    async def _hear_one_stream(self) -> None:
        body = msgspec.json.encode({"heads": self._heads})
        async with asyncio.timeout(PATIENCE):
            answer = await self._hearing.post(self._paths["events"], body, self._key)
        if answer.status != 200:
            self._end(CODES.get(answer.status, LOST))
        else:
            await self._hear_lines(answer)

    async def _hear_lines(self, answer: Answer) -> None:
        lines, event = answer.lines(), None
        while True:
            async with asyncio.timeout(SILENCE):
                line = await anext(lines, None)
            if line is None:
                break
            event = msgspec.json.decode(line)
            self._hear_event(event)
        if event is None or event["event"] != "heads":  # else its time is over: the next one goes on
            raise HttpError("the stream was cut")

    def _hear_event(self, event: Fields) -> None:
        if event["event"] == "heads":
            self._heads = event["heads"]
            self._heard.put_nowait(event)
        elif event["event"] == "closed":
            self._end(event["code"])
        elif self._is_news(event):
            self._heard.put_nowait(event)

    def _is_news(self, event: Fields) -> bool:
        """A stream that goes on from the last heads tells again what came after them."""
        if event["event"] not in TOLD_ONCE:
            return True
        position = event["entry"]["position"] if "entry" in event else event["position"]
        told = (event["event"], event["conversation"])
        if position <= self._told.get(told, 0):
            return False
        self._told[told] = position
        return True
