"""The door for ASGI servers, and the only file that names both faces' sockets."""

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support_chat.settings.development")
django.setup()

from django.conf import settings
from django.core.asgi import get_asgi_application

from agents.consumers import StaffConsumer
from agents.replies.library import library
from support_chat.desk.sockets import DeskSocket
from support_chat.engine import Engine
from support_chat.live import fallback
from support_chat.live.throttle import Throttle
from widget.consumers import VisitorConsumer

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

engine = Engine()
registry = DeskSocket.registry
DeskSocket.bind(hub=engine.hub, publisher=engine.publisher, throttle=Throttle(enabled=settings.THROTTLE))
engine.beside += [
    StaffConsumer.look_at_badges,
    StaffConsumer.keep_presence,
    VisitorConsumer.look_at_forgotten,
    library.keep_learning,
]
DeskSocket.journal, DeskSocket.places = engine.journal, engine.places

_pages = get_asgi_application()
_sockets = {"/ws/visitor": VisitorConsumer.as_asgi(), "/ws/agent": StaffConsumer.as_asgi()}
_fallback = fallback.as_asgi({"visitor": VisitorConsumer, "agent": StaffConsumer})


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Pages by Django; sockets and what stands in for them by path, with the engine running beside them."""
    if scope["type"] == "websocket":
        await engine.start()
        socket = _sockets.get(scope["path"])
        await (socket(scope, receive, send) if socket else send({"type": "websocket.close"}))
    elif scope["type"] == "http" and scope["path"] in _fallback:
        await engine.start()
        await _fallback[scope["path"]](scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    """For ASGI servers that say when they start and stop; daphne does not, see server.py."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await engine.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await engine.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
