"""As many messages as go through: a window of messages on the way in every chat, never more."""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from tests.bench.chats import Chat, Crowd
from tests.bench.wire import Socket

WINDOW = 4  # messages of a chat on the way at once
WARM = 2.0  # seconds before counting begins
EVENT = '{"event":"entry_added","conversation":"'


@dataclass(frozen=True)
class Rate:
    """Messages a second, and the processor time that the server took for one, in microseconds."""

    a_second: float
    cpu: float


class Meter(Protocol):
    @property
    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        ...


async def measured(done: Callable[[], int], meter: Meter, seconds: float) -> Rate:
    """What is done while this waits."""
    before, cpu, began = done(), meter.cpu, time.perf_counter()
    await asyncio.sleep(seconds)
    count = done() - before
    return Rate(count / (time.perf_counter() - began), 1e6 * (meter.cpu - cpu) / count)


async def closed_loop(crowd: Crowd, meter: Meter, seconds: float) -> Rate:
    """Durable, acknowledged and delivered, while the load runs. Raises when a message was refused."""
    loop = Loop(crowd)
    try:
        await loop.start()
        await asyncio.sleep(WARM)
        rate = await measured(loop.done, meter, seconds)
        await loop.finish()
    finally:
        loop.cancel()
    return rate


class Loop:
    """Readers of every socket; each frame that completes a message sends the next."""

    def __init__(self, crowd: Crowd) -> None:
        self._chats = crowd.chats
        self._names = crowd.by_name()
        self._open = True
        self._tasks = [
            *(asyncio.create_task(self._read_visitor(chat)) for chat in crowd.chats),
            *(asyncio.create_task(self._read_agent(agent)) for agent in crowd.agents),
        ]

    async def start(self) -> None:
        for chat in self._chats:
            await self._fill(chat)

    def done(self) -> int:
        return sum(chat.done for chat in self._chats)

    async def finish(self) -> None:
        """Send no more, and wait for what is on its way. Raises TimeoutError when some of it never comes."""
        self._open = False
        async with asyncio.timeout(30):
            while any(chat.done < chat.sent for chat in self._chats):
                await asyncio.sleep(0.05)
                _look(self._chats, self._tasks)

    def cancel(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _fill(self, chat: Chat) -> None:
        while self._open and chat.sent - chat.done < WINDOW:
            await chat.post()

    async def _read_visitor(self, chat: Chat) -> None:
        async for frame in chat.visitor.connection:
            text = str(frame)
            if text.startswith('{"re"'):
                if '"error"' in text[:30]:
                    chat.refused += 1
                chat.answered += 1
                await self._fill(chat)

    async def _read_agent(self, agent: Socket) -> None:
        start = len(EVENT)
        async for frame in agent.connection:
            text = str(frame)
            if text.startswith(EVENT):
                chat = self._names[text[start : text.index('"', start)]]
                chat.heard += 1
                await self._fill(chat)


def _look(chats: Iterable[Chat], tasks: Iterable["asyncio.Task[None]"]) -> None:
    refused = sum(chat.refused for chat in chats)
    if refused:
        raise RuntimeError(f"{refused} messages were refused")
    if any(task.done() for task in tasks):
        raise RuntimeError("a socket was closed under load")
