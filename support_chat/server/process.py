"""One server process: the bounded server, the engine beside it, and a quiet end."""

# First, because of the event loop: see there.
from support_chat.server.bounded import BoundedServer  # isort: skip

import asyncio
import gc
import ipaddress
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from threading import Timer

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from support_chat.asgi import application, engine, registry
from support_chat.live.close_codes import CloseCode
from support_chat.live.tasks import Tasks
from support_chat.server.large_bodies import LargeBodies
from support_chat.settings.chat import FILE_BYTES, SHUTDOWN, UPLOADS_AT_ONCE

_tasks = Tasks()
UPLOADS = dict.fromkeys((b"/widget/files/", b"/api/v1/files/"), FILE_BYTES)
COLLECT_AFTER = 20_000  # objects made and not freed; Python's own 700 are for small programs
TO_LEAVE = SHUTDOWN - 4  # seconds that clients and requests have; the rest is the engine's


def serve(host: str, port: int, on_ready: Callable[[], None] | None = None) -> None:
    """Serve until SIGTERM or SIGINT: then no new sockets, 4012 to the open ones, gone within 10 s.

    Calls `on_ready` when it listens. Raises SystemExit when it cannot.
    """
    if not settings.THROTTLE and not ipaddress.ip_address(host).is_loopback:
        raise ImproperlyConfigured("THROTTLE=off lifts every limit: it is for loopback addresses alone.")
    _allow_many_files()
    server = BoundedServer(application, host, port, LargeBodies(UPLOADS, UPLOADS_AT_ONCE))
    server.run(lambda: _start(server, on_ready))


def _allow_many_files() -> None:
    """Every socket is one; the usual soft limit of 1,024 is meant for programs that use select()."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _start(server: BoundedServer, on_ready: Callable[[], None] | None) -> None:
    loop = asyncio.get_event_loop()
    _tasks.run_once("start", engine.start())
    _collect_seldom()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop_once, server)
    if on_ready is not None:
        on_ready()


def _collect_seldom() -> None:
    """What is loaded by now stays, and most of what comes is freed without the collector: it need not look
    through everything again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)


def _stop_once(server: BoundedServer) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().remove_signal_handler(number)
    _tasks.run_once("stop", _stop(server))


async def _stop(server: BoundedServer) -> None:
    cut = Timer(SHUTDOWN, os._exit, (1,))  # a thread that waits for a database holds up no restart
    cut.daemon = True
    cut.start()
    server.stop_listening()
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(TO_LEAVE):
                await _quiet(server)
        with suppress(TimeoutError):
            async with asyncio.timeout(SHUTDOWN - TO_LEAVE - 1):
                await engine.stop()
    finally:
        server.stop()


async def _quiet(server: BoundedServer) -> None:
    """Until every client was told and has left, and every request is answered."""
    while server.is_busy:
        registry.close_all(CloseCode.RESTARTING)  # also who came in by a connection that was open already
        await asyncio.sleep(0.05)
