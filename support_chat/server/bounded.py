"""daphne's server, made of our connections."""

# daphne must be imported before anything of Twisted: it chooses the event loop.
from daphne.server import Server, twisted_loop  # isort: skip

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from daphne.http_protocol import HTTPFactory
from daphne.ws_protocol import WebSocketFactory
from twisted.internet import reactor
from twisted.internet.defer import Deferred
from twisted.internet.error import CannotListenError
from twisted.logger import (
    FilteringLogObserver,
    LogLevel,
    LogLevelFilterPredicate,
    STDLibLogObserver,
    globalLogBeginner,
)
from twisted.web import http

from support_chat.server.channel import BoundedChannel
from support_chat.server.inbox import Message
from support_chat.server.large_bodies import NONE, LargeBodies
from support_chat.server.limits import BACKLOG, CLOSE_WITHIN, IDLE, MESSAGE_BYTES, PING
from support_chat.server.request import WATCH, BoundedRequest
from support_chat.server.socket import BoundedSocket

Application = Callable[..., Awaitable[None]]
Connection = BoundedRequest | BoundedSocket


class HttpConnections(HTTPFactory):
    protocol = BoundedChannel

    def __init__(self, server: "BoundedServer", large_bodies: LargeBodies) -> None:
        super().__init__(server)
        self.large_bodies = large_bodies

    def buildProtocol(self, addr: Any) -> BoundedChannel:
        channel: BoundedChannel = http.HTTPFactory.buildProtocol(self, addr)
        channel.requestFactory = BoundedRequest
        channel.timeOut = IDLE
        return channel


class Sockets(WebSocketFactory):
    protocol = BoundedSocket


class BoundedServer(Server):
    """One listening port. Knows what is still going on, so that it can end quietly."""

    def __init__(
        self, application: Application, host: str, port: int, large_bodies: LargeBodies = NONE
    ) -> None:
        super().__init__(
            application,
            endpoints=[f"{host}:{port}"],
            ping_interval=PING,
            server_name="support-chat",
            verbosity=0,
        )
        self._host, self._port, self._large_bodies = host, port, large_bodies
        self._listening: Any = None

    def run(self, on_ready: Callable[[], None]) -> None:
        """Serve until `stop`. Raises SystemExit when nothing can listen there."""
        self.connections: dict[Connection, dict[str, Any]] = {}
        self.ws_factory = self._sockets()
        try:
            self._listening = reactor.listenTCP(
                self._port, HttpConnections(self, self._large_bodies), BACKLOG, self._host
            )
        except CannotListenError as error:
            raise SystemExit(str(error)) from error
        _log_failures()
        asyncio.set_event_loop(twisted_loop)
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.addSystemEventTrigger("before", "shutdown", self.kill_all_applications)
        reactor.callLater(0, on_ready)  # the loop runs by then; callWhenRunning comes too early for tasks
        reactor.run(installSignalHandlers=False)

    def _sockets(self) -> Sockets:
        sockets = Sockets(self, server=self.server_name)
        sockets.setProtocolOptions(
            autoPingTimeout=PING,
            allowNullOrigin=True,  # who may come is the application's to say
            openHandshakeTimeout=CLOSE_WITHIN,
            closeHandshakeTimeout=CLOSE_WITHIN,
            maxMessagePayloadSize=MESSAGE_BYTES,
            maxFramePayloadSize=MESSAGE_BYTES,
        )
        return sockets

    def stop_listening(self) -> None:
        self._listening.stopListening()

    @property
    def is_busy(self) -> bool:
        """Whether an application runs or a socket is open."""
        return any(
            _is_running(details) or (isinstance(connection, BoundedSocket) and "disconnected" not in details)
            for connection, details in self.connections.items()
        )

    # Called by daphne

    def create_application(
        self, protocol: Connection, scope: dict[str, Any]
    ) -> asyncio.Queue[Message] | None:
        if protocol not in self.connections:
            return None
        inbox = protocol.new_inbox()
        send = partial(self.handle_reply, protocol)
        scope["asgi"] = {"version": "3.0"}
        if isinstance(protocol, BoundedRequest):
            scope["extensions"] = {WATCH: {}}
        running = asyncio.ensure_future(self.application(scope=scope, receive=inbox.get, send=send))
        running.add_done_callback(lambda _: protocol.application_ended())
        self.connections[protocol]["application_instance"] = running
        return inbox

    async def handle_reply(self, protocol: Connection, message: Message) -> None:
        """Send, and come back when there is room for more."""
        if message["type"] == "websocket.send":
            protocol.handle_reply(message)
        elif message["type"] == WATCH and isinstance(protocol, BoundedRequest):
            protocol.watch()
        else:
            await super().handle_reply(protocol, message)
        if protocol.writing.is_held:
            await protocol.writing.room()

    def protocol_disconnected(self, protocol: Connection) -> None:
        if protocol in self.connections:  # it may say so twice, and be forgotten in between
            super().protocol_disconnected(protocol)

    def kill_all_applications(self) -> "Deferred[Any]":
        left = [
            details["application_instance"] for details in self.connections.values() if _is_running(details)
        ]
        for application in left:
            application.cancel()
        return Deferred.fromFuture(asyncio.gather(*left, return_exceptions=True))


def _is_running(details: dict[str, Any]) -> bool:
    application = details.get("application_instance")
    return application is not None and not application.done()


def _log_failures() -> None:
    """Twisted's own talk goes nowhere; what failed in it goes where everything goes."""
    failures = FilteringLogObserver(
        STDLibLogObserver("twisted"), [LogLevelFilterPredicate(LogLevel.critical)]
    )
    globalLogBeginner.beginLoggingTo([failures], redirectStandardIO=False, discardBuffer=True)
