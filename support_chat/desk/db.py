"""The one door for database work: a few lanes of threads, each with one kept connection.

`await run(fn, …)` runs a synchronous function on the lane for actions, `await read(fn, …)` on the
lane for reads: a slow query holds up its own lane and nothing else, and connections are counted.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic
from types import SimpleNamespace
from typing import Any, Literal, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from support_chat.desk.vendor import SQLITE
from support_chat.live.refusals import Busy, Overloaded
from support_chat.settings import chat

P = ParamSpec("P")
T = TypeVar("T")
Lane = Literal["journal", "actions", "reads", "reports"]

_LOCKED = {"55P03", "57014"}  # lock timeout, statement timeout: trying again at once would not help
_lanes: dict[str, ThreadPoolExecutor] = {}
_waiting: dict[str, int] = dict.fromkeys(chat.LANES, 0)
_here = threading.local()
_scarce = SimpleNamespace(until=0.0)  # on the monotonic clock


async def run(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `fn`, one short transaction, on the lane for actions."""
    return await on_lane("actions", fn, *args, **kwargs)


async def read(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `fn`, which only reads, on the lane for reads."""
    return await on_lane("reads", fn, *args, **kwargs)


async def on_lane(lane: Lane, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `fn` on a thread of `lane`. Raises Overloaded when too many wait, Busy on a held lock."""
    if _waiting[lane] >= chat.LANE_QUEUE:
        raise Overloaded
    _waiting[lane] += 1
    try:
        call = partial(tried, fn, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(_executor(lane), call)
    finally:
        _waiting[lane] -= 1


def tried(fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call `fn`, again after a deadlock, a serialisation failure or a lost connection; Busy after three."""
    for _ in range(chat.TRIES):
        try:
            done = fn(*args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            last = error
            if connection.connection is None:
                _scarce.until = monotonic() + chat.SCARCE_FOR
            connection.close_if_unusable_or_obsolete()
            if getattr(error.__cause__, "sqlstate", None) in _LOCKED or "locked" in str(error):
                break
        else:
            _give_back()
            return done
    raise Busy from last


def _give_back() -> None:
    """Where a thread of ours got no connection, those that others only keep are for it, too."""
    lane = getattr(_here, "lane", None)
    if lane in (None, "journal") or connection.in_atomic_block:
        return
    if monotonic() < _scarce.until:
        connection.close()


def waiting() -> dict[str, int]:
    """Calls waiting or running on each lane, for the gauges."""
    return dict(_waiting)


def close_lanes() -> None:
    """End the lanes and their connections: for the end of a process, and of a test."""
    while _lanes:
        lane, pool = _lanes.popitem()
        together = threading.Barrier(chat.LANES[lane])  # so that every thread closes its own
        for _ in range(chat.LANES[lane]):
            pool.submit(_leave, together)
        pool.shutdown(wait=True)


def _executor(lane: Lane) -> ThreadPoolExecutor:
    if lane not in _lanes:
        name = f"db-{lane}"
        _lanes[lane] = ThreadPoolExecutor(chat.LANES[lane], name, initializer=partial(_enter, lane))
    return _lanes[lane]


def _enter(lane: Lane) -> None:
    _here.lane = lane


def _leave(together: threading.Barrier) -> None:
    together.wait(timeout=10)
    connection.close()


@receiver(connection_created)
def _limit(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """A lane's connection never waits long; commands and migrations may."""
    lane = getattr(_here, "lane", None)
    if lane is None or SQLITE:
        return
    statement = chat.REPORT_TIMEOUT_MS if lane == "reports" else chat.STATEMENT_TIMEOUT_MS
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = {statement}; SET lock_timeout = {chat.LOCK_TIMEOUT_MS}")
        if lane == "journal":
            cursor.execute(_PLANNED_ONCE)


# The journal looks rows up by key alone: what it has prepared is planned once, and an index is right even if
# the tables were small by then.
_PLANNED_ONCE = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off"
