"""The whole document: channels, what is done on them, messages and schemas."""

from collections.abc import Mapping
from typing import Any, Final

from support_chat.asyncapi import readme
from support_chat.asyncapi.faces import FACES, Face
from support_chat.asyncapi.fallback import fallback
from support_chat.asyncapi.messages import Message, messages_of
from support_chat.asyncapi.refused import keep_errors
from support_chat.asyncapi.schemas import Schemas
from support_chat.live.close_codes import CloseCode
from support_chat.live.decoder import MAX_FRAME_BYTES, MAX_NESTING
from support_chat.live.live_socket import HELLO_WITHIN, SUBPROTOCOL

Part = dict[str, Any]
ABOUT: Final = (
    "JSON text frames over a WebSocket. Commands ask, and each gets one reply, found by its number; "
    "events happened, and are not answered. `hello` comes first. The server is strict: an unknown command, "
    "field, type or value is refused by name, and the socket stays open; no text holds U+0000 or a lone "
    "surrogate. Clients are tolerant: they ignore unknown events, fields and codes. An optional field that "
    "is null counts as absent. README.md beside this file says what follows what, and what is guaranteed."
)


def document() -> Part:
    """The protocol as AsyncAPI 3.0; `receive` and `send` as the server does."""
    schemas = Schemas()
    messages = {face.name: messages_of(face, schemas) for face in FACES}
    keep_errors(schemas)
    by_http = fallback(schemas)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Support Chat, live", "version": "1", "description": ABOUT},
        "defaultContentType": "application/json",
        "servers": {"chat": {"host": "chat.example", "protocol": "wss"}},
        "channels": {face.name: _channel(face, messages[face.name]) for face in FACES},
        "operations": {
            name: each for face in FACES for name, each in _operations(face, messages[face.name]).items()
        },
        "components": {
            "messages": {
                f"{name}.{each}": message for name, told in messages.items() for each, message in told.items()
            },
            "schemas": dict(sorted(schemas.named.items())),
        },
        "x-limits": _limits(),
        "x-close-codes": _close_codes(),
        "x-http-fallback": by_http,
    }


def _channel(face: Face, messages: Mapping[str, Message]) -> Part:
    offered = {"type": "object", "properties": {"Sec-WebSocket-Protocol": {"const": SUBPROTOCOL}}}
    return {
        "address": face.address,
        "description": face.about,
        "servers": [{"$ref": "#/servers/chat"}],
        "messages": {name: {"$ref": f"#/components/messages/{face.name}.{name}"} for name in messages},
        "bindings": {"ws": {"method": "GET", "headers": offered, "bindingVersion": "0.1.0"}},
    }


def _operations(face: Face, messages: Mapping[str, Message]) -> Part:
    told = readme.commands_of(face.who)
    asked = {f"{face.name}.{name}": _asked(face, name, told[name]) for name in face.commands}
    heard = {f"{face.name}.{name}": _heard(face, name) for name in (*face.events, "refused")}
    return asked | heard


def _asked(face: Face, name: str, row: list[str]) -> Part:
    answers = [_message(face, f"{name}.{how}") for how in ("ok", "refused")]
    return {
        "action": "receive",
        "channel": _to(face),
        "description": f"When: {row[2]}. Added to the log: {'nothing' if row[4] == '–' else row[4]}.",
        "messages": [_message(face, name)],
        "reply": {"channel": _to(face), "messages": answers},
    }


def _heard(face: Face, name: str) -> Part:
    return {"action": "send", "channel": _to(face), "messages": [_message(face, name)]}


def _to(face: Face) -> Part:
    return {"$ref": f"#/channels/{face.name}"}


def _message(face: Face, name: str) -> Part:
    return {"$ref": f"#/channels/{face.name}/messages/{name}"}


def _limits() -> Part:
    return {"frame_bytes": MAX_FRAME_BYTES, "nesting": MAX_NESTING, "hello_within_seconds": HELLO_WITHIN}


def _close_codes() -> list[Part]:
    told = {int(row[0]): row for row in readme.rows("Close codes")}
    return [{"code": int(code), "why": told[code][1], "client": told[code][2]} for code in CloseCode]
