"""Background tasks that are kept (an unkept task may vanish), logged, and started again when they fail."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

log = logging.getLogger(__name__)

FIRST_PAUSE: Final = 0.2  # seconds before a failed task is started again …
LAST_PAUSE: Final = 10.0  # … doubling up to this
HEALTHY_AFTER: Final = 30.0  # seconds of running after which the pause starts small again


class Tasks:
    """A family of background tasks that ends together."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def keep_running(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run `work` until it returns; when it raises, log that and start it again after a pause."""
        self._keep(_supervised(name, work), name)

    def run_once(self, name: str, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run `work` in the background; when it raises, log that."""
        task = self._keep(_logged(name, work), name)
        task.add_done_callback(lambda _: work.close())  # if it was cancelled before it began
        return task

    async def stop(self, within: float = 5.0) -> None:
        """Cancel them all and wait at most `within` seconds."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=within)

    def __len__(self) -> int:
        return len(self._tasks)

    def _keep(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _supervised(name: str, work: Callable[[], Awaitable[None]]) -> None:
    loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
    while True:
        started = loop.time()
        try:
            await work()
        except Exception:
            log.exception("The task %s failed and is started again.", name)
        else:
            return
        if loop.time() - started > HEALTHY_AFTER:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, LAST_PAUSE)


async def _logged(name: str, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("The task %s failed.", name)
