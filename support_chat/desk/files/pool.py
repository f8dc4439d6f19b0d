"""Threads for the work on files, which holds up nothing else: checks wait for each other, up to so many."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

from support_chat.live.refusals import Overloaded
from support_chat.settings.chat import CHECKS_AT_ONCE, CHECKS_WAITING

P = ParamSpec("P")
T = TypeVar("T")

_READS_AT_ONCE: Final = 4
_checks: Final = ThreadPoolExecutor(CHECKS_AT_ONCE, "files-check")
_reads: Final = ThreadPoolExecutor(_READS_AT_ONCE, "files-read")
_waiting: list[object] = []


async def in_turn(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a check, or whatever else takes long. Overloaded when too many wait."""
    if len(_waiting) >= CHECKS_WAITING:
        raise Overloaded(after=5.0)
    _waiting.append(fn)
    try:
        return await asyncio.get_running_loop().run_in_executor(_checks, partial(fn, *args, **kwargs))
    finally:
        _waiting.remove(fn)


async def reading(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a short look at the storage."""
    return await asyncio.get_running_loop().run_in_executor(_reads, partial(fn, *args, **kwargs))
