"""One socket kept open: says hello, asks and is answered, hears events, and comes back after every loss."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.typing import Subprotocol

from support_chat.live.client.errors import EndedError, LostError, RefusedError
from support_chat.live.client.returning import ENDING_CODES, REST_BY_CODE, Backoff

SUBPROTOCOL = Subprotocol("support-chat.v1")
REPLY_PATIENCE = 30.0  # seconds; a server under load answers `overloaded` long before
LARGEST_FRAME = 1024 * 1024  # bytes; snapshots are cut at a quarter of this
USUAL_HEARTBEAT = 20.0  # seconds, where a welcome names none

Fields = dict[str, Any]


class Question(NamedTuple):
    answer: "asyncio.Future[Fields]"
    then: Callable[[Fields], object]


class Link:
    """Keeps one socket to `url`.

    `hello()` gives the fields of the first command of every new socket. `on_welcome(reply)` is called before
    any event of that socket; `catch_up()` runs before the socket counts as online. `on_event(event)` is
    called for every event, in order; `on_heads(heads)` for every answer to a beat.

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
        **options: Any,
    ) -> None:
        self.url = url
        self.welcome: Fields = {}
        self.losses = 0  # sockets that ended, for whatever reason
        self.refusals: Counter[str] = Counter()  # by code
        self._hello, self._on_welcome, self._catch_up = hello, on_welcome, catch_up
        self._on_event, self._on_heads = on_event, on_heads
        self._backoff = backoff or Backoff()
        self._options = {
            "compression": None,
            "max_size": LARGEST_FRAME,
            "max_queue": 64,
            "close_timeout": 2,
        } | options
        self._ids = itertools.count(1)
        self._asked: dict[int, Question] = {}
        self._socket: ClientConnection | None = None
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
        if self._socket is not None:
            await self._socket.close()
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
        if self._socket is None:
            raise LostError("offline")
        number = next(self._ids)
        answer: asyncio.Future[Fields] = asyncio.get_running_loop().create_future()
        self._asked[number] = Question(answer, then)
        frame = msgspec.json.encode({"id": number, "do": do, "with": fields}).decode()
        try:
            async with asyncio.timeout(patience):
                await self._socket.send(frame)
                return await answer
        except (TimeoutError, ConnectionClosed) as gone:
            raise LostError(f"no answer to {do}") from gone
        finally:
            self._asked.pop(number, None)

    async def drop(self) -> None:
        """Cuts the present socket as a lost network would; the link comes back by itself."""
        if self._socket is not None:
            self._socket.transport.abort()
            await self._socket.wait_closed()

    async def _keep_open(self) -> None:
        while self._ended is None:
            at_least = await self._one_socket()
            self.losses += 1
            if self._ended is None:
                await asyncio.sleep(self._backoff.wait(at_least=at_least))

    async def _one_socket(self) -> float:
        """Lives through one socket; returns the seconds the server asks to stay away."""
        try:
            async with connect(self.url, subprotocols=[SUBPROTOCOL], **self._options) as socket:
                self._socket = socket
                return await self._converse(socket)
        except InvalidStatus as refused:
            self._judge_status(refused.response.status_code)
        except (OSError, TimeoutError, WebSocketException):
            pass  # not reachable just now: the same as any other loss
        return 0.0

    async def _converse(self, socket: ClientConnection) -> float:
        reader = asyncio.create_task(self._read(socket))
        greeter = asyncio.create_task(self._greet_and_beat())
        try:
            await asyncio.wait({reader, greeter}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._go_offline()
            reader.cancel()
            greeter.cancel()
            outcomes = await asyncio.gather(reader, greeter, return_exceptions=True)
        await socket.close()
        return max(self._judge_code(socket.close_code), *map(self._judge_outcome, outcomes))

    async def _read(self, socket: ClientConnection) -> None:
        decode = msgspec.json.decode
        async for text in socket:
            self._heard_at = time.monotonic()
            frame = decode(text)
            if "event" in frame:
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
        self.welcome = await self.request("hello", self._hello(), then=self._on_welcome)
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
        self._socket = None
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
        elif isinstance(outcome, Exception) and not isinstance(
            outcome, (LostError, EndedError, ConnectionClosed)
        ):
            self._end(EndedError(f"a listener failed: {outcome!r}"), cause=outcome)
        return 0.0

    def _judge_status(self, status: int) -> None:
        if 400 <= status < 500 and status not in {408, 425, 429}:
            self._end(EndedError(f"the address answered {status}", code=status))

    def _end(self, ended: EndedError, *, cause: BaseException | None = None) -> None:
        ended.__cause__ = cause
        self._ended = self._ended or ended
        self._settled.set()
