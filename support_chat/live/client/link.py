"""One wire kept open, a socket if it can be: says hello, asks, hears, and comes back after every loss."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from websockets.exceptions import InvalidStatus, WebSocketException

from support_chat.live.client.errors import EndedError, LostError, RefusedError
from support_chat.live.client.returning import ENDING_CODES, REST_BY_CODE, Backoff
from support_chat.live.client.ways import Transport, Ways
from support_chat.live.client.wire import Fields, GoneError, Wire

__all__ = ["Fields", "Link"]

REPLY_PATIENCE = 30.0  # seconds; a server under load answers `overloaded` long before
HELLO_PATIENCE = 15.0  # seconds; longer than a server waits for it
USUAL_HEARTBEAT = 20.0  # seconds, where a welcome names none


class Question(NamedTuple):
    answer: "asyncio.Future[Fields]"
    then: Callable[[Fields], object]


class Link:
    """Keeps one socket to `url`, or what stands in for it where sockets are blocked.

    `hello()` gives the fields of the first command of every new socket. `on_welcome(reply)` is called before
    any event of that socket; `catch_up()` runs before the socket counts as online. `on_event(event)` is
    called for every event, in order; `on_heads(heads)` for every answer to a beat.

    `transport` may be "socket" or "http" instead. `look`: how often to look for a socket while by HTTP.
    Further options go to `websockets.connect` (`additional_headers`, `origin`, `ssl`, `proxy` …).
    """

    def __init__(
        self,
        url: str,
        *,
        hello: Callable[[], Fields],
        on_welcome: Callable[[Fields], None],
        catch_up: Callable[[], Awaitable[None]],
        on_event: Callable[[Fields], None],
        on_heads: Callable[[dict[str, int]], None],
        backoff: Backoff | None = None,
        transport: Transport = "auto",
        look: Backoff | None = None,
        **options: Any,
    ) -> None:
        self.url = url
        self.welcome: Fields = {}
        self.losses = 0  # sockets that ended, for whatever reason
        self.refusals: Counter[str] = Counter()  # by code
        self._hello, self._on_welcome, self._catch_up = hello, on_welcome, catch_up
        self._on_event, self._on_heads = on_event, on_heads
        self._backoff = backoff or Backoff()
        self._ways = Ways(url, options, transport=transport, look=look)
        self._ids = itertools.count(1)
        self._asked: dict[int, Question] = {}
        self._wire: Wire | None = None
        self._is_welcomed = False
        self._running: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()  # set while online, and for ever once ended
        self._ended: EndedError | None = None
        self._heard_at = 0.0  # by time.monotonic: the last frame of any kind

    async def start(self) -> Fields:
        """Connects; returns hello's answer of the first socket that was welcomed. Raises EndedError."""
        if self._running is None:
            self._running = asyncio.create_task(self._keep_open())
        await self.online()
        return self.welcome

    async def stop(self) -> None:
        """Closes for good. What was asked and not answered is lost."""
        self._end(EndedError("stopped"))
        if self._wire is not None:
            await self._wire.close()
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def online(self) -> None:
        """Waits until a socket has been welcomed. Raises EndedError when none will be any more."""
        await self._settled.wait()
        if self._ended is not None:
            raise self._ended

    def has_ended(self) -> bool:
        return self._ended is not None

    async def request(
        self,
        do: str,
        fields: Mapping[str, Any],
        *,
        then: Callable[[Fields], object] = lambda ok: None,
        patience: float = REPLY_PATIENCE,
    ) -> Fields:
        """One attempt on the present socket: the reply's `ok`. Raises RefusedError, LostError, EndedError.

        `then(ok)` is called before any event that follows the reply: who awaits only wakes later.
        """
        if self._ended is not None:
            raise self._ended
        if self._wire is None:
            raise LostError("offline")
        number = next(self._ids)
        answer: asyncio.Future[Fields] = asyncio.get_running_loop().create_future()
        self._asked[number] = Question(answer, then)
        try:
            async with asyncio.timeout(patience):
                await self._wire.send({"id": number, "do": do, "with": dict(fields)})
                return await answer
        except (TimeoutError, GoneError) as gone:
            raise LostError(f"no answer to {do}") from gone
        finally:
            self._asked.pop(number, None)

    async def drop(self) -> None:
        """Cuts the present socket as a lost network would; the link comes back by itself."""
        if self._wire is not None:
            await self._wire.cut()

    @property
    def by_http(self) -> bool:
        """Whether it goes by HTTP, because sockets are blocked."""
        return self._ways.by_http

    async def _keep_open(self) -> None:
        while self._ended is None:
            at_least = await self._one_socket()
            self.losses += 1
            if self._ended is None:
                await asyncio.sleep(self._backoff.wait(at_least=at_least))

    async def _one_socket(self) -> float:
        """Lives through one socket; returns the seconds the server asks to stay away."""
        try:
            async with self._ways.open() as wire:
                self._wire = wire
                return await self._converse(wire)
        except InvalidStatus as refused:
            self._ways.failed(refused.response.status_code)
            self._judge_status(refused.response.status_code)
        except (OSError, TimeoutError, WebSocketException):
            self._ways.failed()  # not reachable just now: the same as any other loss
        return 0.0

    async def _converse(self, wire: Wire) -> float:
        reader = asyncio.create_task(self._read(wire))
        greeter = asyncio.create_task(self._greet_and_beat())
        try:
            await asyncio.wait({reader, greeter}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not self._is_welcomed:
                self._ways.failed()
                self._judge_status(wire.status)
            self._go_offline()
            reader.cancel()
            greeter.cancel()
            outcomes = await asyncio.gather(reader, greeter, return_exceptions=True)
        await wire.close()
        return max(self._judge_code(wire.code), *map(self._judge_outcome, outcomes))

    async def _read(self, wire: Wire) -> None:
        async for frame in wire.frames():
            self._heard_at = time.monotonic()
            if frame.get("event") == "heads":
                self._on_heads(frame["heads"])
            elif "event" in frame:
                self._on_event(frame)
            else:
                self._answer(frame)

    def _answer(self, frame: Fields) -> None:
        question = self._asked.get(frame.get("re", 0))
        if question is None or question.answer.done():
            return
        if "error" in frame:
            refused = RefusedError(frame["error"])
            self.refusals[refused.code] += 1
            question.answer.set_exception(refused)
        else:
            question.then(frame["ok"])
            question.answer.set_result(frame["ok"])

    async def _greet_and_beat(self) -> None:
        self.welcome = await self.request(
            "hello", self._hello(), then=self._on_welcome, patience=HELLO_PATIENCE
        )
        self._is_welcomed = True
        self._ways.welcomed()
        await self._catch_up()
        self._settled.set()
        since = time.monotonic()
        heartbeat = float(self.welcome.get("heartbeat") or USUAL_HEARTBEAT)
        try:
            while True:
                await asyncio.sleep(heartbeat)
                await self._beat(heartbeat)
        finally:
            self._backoff.was_online(time.monotonic() - since)

    async def _beat(self, heartbeat: float) -> None:
        """A socket is lost when it is silent, not when a beat waits its turn behind other answers."""
        try:
            beat = await self.request("beat", {}, patience=heartbeat)
        except LostError:
            if time.monotonic() - self._heard_at > heartbeat:
                raise
        else:
            self._on_heads(beat.get("heads", {}))

    def _go_offline(self) -> None:
        self._wire, self._is_welcomed = None, False
        if self._ended is None:
            self._settled.clear()
        for question in self._asked.values():
            if not question.answer.done():
                question.answer.set_exception(LostError("the socket was lost"))

    def _judge_code(self, code: int | None) -> float:
        if code in ENDING_CODES:
            self._end(EndedError(ENDING_CODES[code], code=code))
        return REST_BY_CODE.get(code or 0, 0.0)

    def _judge_outcome(self, outcome: BaseException | None) -> float:
        """A final no to hello ends the link; so does a listener's own fault, which nobody else would see."""
        if isinstance(outcome, RefusedError) and outcome.retry:
            return outcome.after or 0.0
        if isinstance(outcome, RefusedError):
            self._end(EndedError(f"hello was refused: {outcome}"), cause=outcome)
        elif isinstance(outcome, Exception) and not isinstance(outcome, (LostError, EndedError)):
            self._end(EndedError(f"a listener failed: {outcome!r}"), cause=outcome)
        return 0.0

    def _judge_status(self, status: int | None) -> None:
        if status and 400 <= status < 500 and status not in {408, 425, 429} and not self._ways.has_another:
            self._end(EndedError(f"the address answered {status}", code=status))

    def _end(self, ended: EndedError, *, cause: BaseException | None = None) -> None:
        ended.__cause__ = cause
        self._ended = self._ended or ended
        self._settled.set()
