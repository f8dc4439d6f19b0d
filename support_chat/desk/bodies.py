"""What an entry says, read from its row: whatever stands there, its chat can be read."""

import logging
from functools import lru_cache
from typing import Any, Final

import msgspec

from support_chat.desk.models import Entry

log = logging.getLogger(__name__)
_parsed = msgspec.json.Decoder()

LONGEST: Final = 64_000  # characters of JSON: a message has 8,000, and one may take six
UNREADABLE: Final = "This message cannot be shown."
_SOMEBODY: Final = {"agent": {"id": "", "name": "A colleague", "public_name": "A colleague"}}


class _File(msgspec.Struct):
    id: str
    name: str
    type: str
    size: int


class _Said(msgspec.Struct):
    text: str
    files: list[_File] = []


class _Agent(msgspec.Struct):
    id: str
    name: str
    public_name: str
    picture: str | None = None


class _Assigned(msgspec.Struct):
    agent: _Agent
    cause: str = ""


class _Named(msgspec.Struct):
    name: str
    id: str = ""


class _To(msgspec.Struct):
    name: str
    id: str


class _Whispered(msgspec.Struct):
    text: str
    to: _To | msgspec.UnsetType = msgspec.UNSET


class _Form(msgspec.Struct):
    name: str = ""


class _Other(msgspec.Struct):
    """What is read of all other kinds, whichever of them has it."""

    cause: str = ""
    reason: str = ""
    name: str = ""
    agent: _Named | None = None
    agents: list[_Named] = []
    by: _Named | None = None
    visitor: _Named | None = None
    form: _Form | None = None
    tags: list[str] = []
    added: list[str] = []
    removed: list[str] = []
    of: int = 0
    text: str = ""
    score: int = 0
    comment: str = ""
    priority: str = ""
    said: str = ""
    blocks: str = ""
    lasts: str = ""


_SHAPES: Final[dict[str, type[msgspec.Struct]]] = {
    "message": _Said,
    "note": _Said,
    "whisper": _Whispered,
    "assigned": _Assigned,
}
# What stands for a body that cannot be read, where something is always said.
_INSTEAD: Final[dict[str, dict[str, Any]]] = {
    "message": {"text": UNREADABLE},
    "note": {"text": UNREADABLE},
    "whisper": {"text": UNREADABLE},
    "assigned": _SOMEBODY,
}


def body_of(entry: Entry) -> dict[str, Any]:
    """What was said; {} once erased. What cannot be read is told to the log once, and words stand for it."""
    kept = getattr(entry, "body", None)
    if kept is not None and not kept.text and entry.kind != "assigned":
        return {}
    try:
        return _read(entry.kind, kept.text if kept is not None else "")
    except (msgspec.DecodeError, ValueError, RecursionError):
        _tell(entry.pk, str(entry))
        return _INSTEAD.get(entry.kind, {})


def _read(kind: str, text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise ValueError("longer than anything that is written here")
    body: dict[str, Any] = _parsed.decode(text)
    msgspec.convert(body, _SHAPES.get(kind, _Other))
    return body


@lru_cache(10_000)  # once an entry, however often it is read
def _tell(entry: int, name: str) -> None:
    log.error("The body of entry %s (%s) cannot be read. Compare it with a backup.", entry, name)
