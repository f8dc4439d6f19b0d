"""The fault proxy: a loopback port in front of others, whose lines can be cut, held up and listened to."""

import asyncio
import random
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from tests.chaos.taps import CutError, Open, Tap

PIECE = 65536  # bytes read at once
REACHES_WITHIN = 2.0  # seconds; who does not accept by then is gone

MakeTap = Callable[["Line"], Tap]


class Line:
    """One connection through the proxy."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self.flows = asyncio.Event()
        self.flows.set()
        self.delay = 0.0  # seconds, of each piece
        self.is_deaf = False  # what comes back is lost, and the line with it
        self._ends = (near, far)

    def cut(self) -> None:
        """Ends it at once, both ways; what was under way is lost."""
        self.flows.set()
        for end in self._ends:
            end.transport.abort()


def plain(_: Line) -> Tap:
    return Open()


class Proxy:
    """In front of `targets`, loopback ports of one kind of server: a new line goes to one that accepts.

    `outward` taps what clients say, `inward` what servers say.
    """

    def __init__(
        self,
        targets: Sequence[int],
        chance: random.Random,
        *,
        outward: MakeTap = plain,
        inward: MakeTap = plain,
    ) -> None:
        self.port = 0
        self.lines: set[Line] = set()
        self.is_whole = True
        self.delay = 0.0  # seconds, of each piece of a new line
        self._targets, self._chance = list(targets), chance
        self._outward, self._inward = outward, inward
        self._held = False
        self._carrying: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Server | None = None

    async def start(self) -> None:
        self._listening = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._listening is not None:
            self._listening.close()
        self.cut()
        for task in self._carrying:
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    def cut(self, lines: Iterable[Line] | None = None) -> None:
        """Cuts these lines; without a word all of them, and lets no new one through until `heal`."""
        self.is_whole = self.is_whole and lines is not None
        for line in list(self.lines if lines is None else lines):
            line.cut()

    def hold(self) -> None:
        """A black hole: everything stays open, and nothing comes through until `heal`."""
        self._held = True
        for line in self.lines:
            line.flows.clear()

    def slow(self, delay: float) -> None:
        """Every piece takes so many seconds more until `heal`."""
        self.delay = delay
        for line in self.lines:
            line.delay = delay

    def heal(self) -> None:
        self.is_whole, self._held = True, False
        self.slow(0.0)
        for line in self.lines:
            line.flows.set()

    def _connect(self, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._carry(reader, near))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)

    async def _carry(self, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        reached = await self._reach() if self.is_whole else None
        if reached is None:
            near.transport.abort()
            return
        answers, far = reached
        line = Line(near, far)
        line.delay = self.delay
        if self._held:
            line.flows.clear()
        self.lines.add(line)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(pump(line, reader, far, self._outward(line), back=False))
                both.create_task(pump(line, answers, near, self._inward(line), back=True))
        except* (CutError, OSError):
            pass  # that is what it is for
        finally:
            self.lines.discard(line)
            line.cut()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for port in self._chance.sample(self._targets, len(self._targets)):
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(REACHES_WITHIN):
                    return await asyncio.open_connection("127.0.0.1", port)
        return None


async def pump(
    line: Line, source: asyncio.StreamReader, sink: asyncio.StreamWriter, tap: Tap, *, back: bool
) -> None:
    """Carries one direction until it ends; then the line does."""
    while piece := await source.read(PIECE):
        await line.flows.wait()
        if line.delay:
            await asyncio.sleep(line.delay)
        if back and line.is_deaf:
            raise CutError
        if passed := tap.feed(piece):
            sink.write(passed)
            await sink.drain()
    raise CutError
