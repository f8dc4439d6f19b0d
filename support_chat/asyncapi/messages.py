"""The frames of one socket: commands, their two kinds of reply, events, and what is no command at all."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec.json import schema

from support_chat.asyncapi import readme
from support_chat.asyncapi.events import event_payload
from support_chat.asyncapi.faces import Face
from support_chat.asyncapi.refused import error_of
from support_chat.asyncapi.schemas import Schema, Schemas, record
from support_chat.live.fields import Count
from support_chat.live.frame import Frame

Message = Mapping[str, Any]
NO_COMMAND: Final = ("bad_frame", "too_big", "unknown_command")


def messages_of(face: Face, schemas: Schemas) -> dict[str, Message]:
    """By name, every frame that this socket carries."""
    return {
        **{name: _command(name, frame, schemas) for name, frame in face.commands.items()},
        **{f"{name}.ok": _ok(name, kind, schemas) for name, kind in face.replies.items()},
        **{f"{name}.refused": _refused(name, errors_of(face, name)) for name in face.commands},
        **{name: _event(face, name, fields, schemas) for name, fields in face.events.items()},
        "refused": _not_understood(),
    }


def errors_of(face: Face, command: str) -> list[str]:
    """The codes that this command may be refused by."""
    named = readme.codes(readme.commands_of(face.who)[command][6])
    first = [] if command == "hello" else ["hello_first"]
    return sorted({*named, *readme.errors_of_all(), *first})


def _command(name: str, frame: type[Frame], schemas: Schemas) -> Message:
    given = schemas.of(frame)
    fields = {"id": schema(Count), "do": {"const": name}, "with": given}
    optional = () if schemas.named[frame.__name__].get("required") else ("with",)
    payload = {**record(fields, optional=optional), "additionalProperties": False}
    return _message(f"{name}, asked", payload, number="id")


def _ok(name: str, kind: Any, schemas: Schemas) -> Message:
    payload = record({"re": schema(Count), "ok": schemas.of(kind)})
    return _message(f"{name}, carried out", payload, number="re")


def _refused(name: str, codes: list[str]) -> Message:
    payload = record({"re": schema(Count), "error": error_of(codes)})
    return _message(f"{name}, refused", payload, number="re")


def _not_understood() -> Message:
    number: Schema = {"anyOf": [schema(Count), {"type": "null"}]}
    payload = record({"re": number, "error": error_of(NO_COMMAND)})
    return _message("A frame that is no command of this socket", payload, number="re")


def _event(face: Face, name: str, fields: tuple[str, ...], schemas: Schemas) -> Message:
    return _message(f"{name}, heard", event_payload(face.who, name, fields, schemas))


def _message(title: str, payload: Schema, *, number: str | None = None) -> Message:
    told: dict[str, Any] = {"title": title, "contentType": "application/json", "payload": payload}
    return told | ({"correlationId": {"location": f"$message.payload#/{number}"}} if number else {})
