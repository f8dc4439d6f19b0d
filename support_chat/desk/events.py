"""What can happen, typed as it is told. `encoded` is the only way an event becomes a frame."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


class Event(msgspec.Struct, kw_only=True, omit_defaults=True, tag_field="event", tag=_snake):
    """Told to whoever may hear it, never answered."""


class EntryAdded(Event):
    conversation: str
    entry: Mapping[str, Any]


class ConversationChanged(Event):
    conversation: str
    state: str
    agent: Mapping[str, Any] | None
    position: int


class Read(Event):
    conversation: str
    by: Mapping[str, str]
    position: int
    seen: int = 0  # for staff: visitor messages up to there


class Typing(Event):
    conversation: str
    author: Mapping[str, str]
    typing: bool
    position: int
    mode: str = ""
    preview: str = ""


class QueueMoved(Event):
    conversation: str
    place: int
    of: int
    wait: Mapping[str, int] | None


class AvailabilityChanged(Event):
    available: bool


class InboxChanged(Event):
    rows: Sequence[Mapping[str, Any]]


class ConversationLeft(Event):
    conversation: str
    reason: str


class QueueChanged(Event):
    queue: str
    waiting: int
    longest_wait: float | None


class TeammateChanged(Event):
    agent: Mapping[str, Any]


class AgentChanged(Event):
    agent: Mapping[str, Any]


class VisitorChanged(Event):
    conversation: str
    here: bool
    since: float
    page: str | None


def encoded(event: Event) -> str:
    """The event as the text of one frame."""
    return _encoder.encode(event).decode()
