"""The protocol over plain HTTP, for where WebSockets are blocked.

    POST /live/commands?as=visitor|agent    one command, answered
    POST /live/events?as=visitor|agent      {"heads": {topic: version}} → the events after them, one a line

A transport and nothing else: what is said is carried out by the same consumers as on a socket. Nothing is
remembered between requests, so that any process serves any of them.
"""

from collections.abc import Mapping
from typing import Any, Final

from support_chat.live.consumer import Consumer
from support_chat.live.fallback.commands import answer_command
from support_chat.live.fallback.events import stream_events
from support_chat.live.fallback.replies import HttpRefused, refuse, reply
from support_chat.live.fallback.requests import face_in
from support_chat.live.live_socket import Application, Receive
from support_chat.live.outgoing import Send
from support_chat.live.refusals import Refused

__all__ = ["as_asgi"]

_DOORS: Final = {"/live/commands": answer_command, "/live/events": stream_events}


def as_asgi(faces: Mapping[str, type[Consumer]]) -> Mapping[str, Application]:
    """The applications to route to, by path, for these consumers by what they come `as`."""

    def door(path: str) -> Application:
        async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
            try:
                await _DOORS[path](face_in(scope, faces), scope, receive, send)
            except HttpRefused as refusal:
                await reply(send, refusal.status, refusal.body, refusal.headers)
            except Refused as refusal:
                await refuse(send, refusal)

        return application

    return {path: door(path) for path in _DOORS}
