"""One server process: daphne with our bounds, the engine beside it, and a quiet end."""

# daphne must be imported before anything of Twisted: it chooses the event loop.
from daphne.server import Server  # isort: skip

import asyncio
import ipaddress
import signal
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from twisted.internet import reactor

from support_chat.asgi import application, engine, registry
from support_chat.live.close_codes import CloseCode
from support_chat.live.tasks import Tasks
from support_chat.settings.chat import SHUTDOWN

_tasks = Tasks()
TRANSPORT_BYTES = 256 * 1024  # of one frame or message
PING = 10  # seconds between pings, and from a ping to a pong: presence is the transport's


class BoundedServer(Server):
    """daphne, knowing its ports so that it can stop listening before it stops talking."""

    def __init__(self, host: str, port: int, on_ready: Callable[[], None] | None) -> None:
        super().__init__(
            application=application,
            endpoints=[f"tcp:{port}:interface={host.replace(':', chr(92) + ':')}"],
            signal_handlers=False,
            ping_interval=PING,
            ping_timeout=PING,
            websocket_max_message_size=TRANSPORT_BYTES,
            websocket_max_frame_size=TRANSPORT_BYTES,
            server_name="support-chat",
            verbosity=0,
        )
        self.ports: list[Any] = []
        self._on_ready = on_ready

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self.ports.append(port)
        if self._on_ready is not None:
            self._on_ready()


def serve(host: str, port: int, on_ready: Callable[[], None] | None = None) -> None:
    """Serve until SIGTERM or SIGINT: then no new sockets, 4012 to the open ones, gone within 10 s."""
    if not settings.THROTTLE and not ipaddress.ip_address(host).is_loopback:
        raise ImproperlyConfigured("THROTTLE=off lifts every limit: it is for loopback addresses alone.")
    server = BoundedServer(host, port, on_ready)
    reactor.callWhenRunning(_start, server)
    server.run()


def _start(server: BoundedServer) -> None:
    loop = asyncio.get_event_loop()
    _tasks.run_once("start", engine.start())
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: _tasks.run_once("stop", _stop(server)))


async def _stop(server: BoundedServer) -> None:
    for port in server.ports:
        port.stopListening()
    registry.close_all(CloseCode.RESTARTING)
    try:
        async with asyncio.timeout(SHUTDOWN - 2):
            while len(registry):
                await asyncio.sleep(0.05)
            await engine.stop()
    except TimeoutError:
        pass  # what is still open is cut: its clients resume elsewhere
    server.stop()
