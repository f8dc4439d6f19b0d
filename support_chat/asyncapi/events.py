"""What either side hears, by the tables of live/frames.py and the types of desk/events.py."""

from collections.abc import Mapping
from typing import Any, Final, Literal, get_type_hints

from support_chat.asyncapi import entries, shapes
from support_chat.asyncapi.schemas import Schema, Schemas, record
from support_chat.desk.events import Event
from support_chat.live.fields import Count, Place, Preview, State

# What desk/events.py leaves open, by field, or by event and field.
_BOTH: Final[Mapping[str, Any]] = {
    "author": entries.Author,
    "by": shapes.Reader,
    **{
        f"availability_changed.{name}": kind
        for name, kind in get_type_hints(shapes.Standing, include_extras=True).items()
    },
    "longest_wait": shapes.Age | None,
    "mode": Literal["reply", "note"],
    "of": Place,
    "place": Place,
    "position": Count,
    "preview": Preview,
    "seen": Count,
    "since": shapes.Age,
    "state": State,
    "version": Count,
    "who": shapes.Who,
    "expires_in": Count,
    "wait": shapes.Wait | None,
    "waited": shapes.Age,
    "waiting": Count,
}
_SHAPES: Final[Mapping[str, Mapping[str, Any]]] = {
    "visitor": {
        **_BOTH,
        "agent": entries.PublicAgent | None,
        "entry": entries.VisitorEntry,
        "invitation": shapes.Invited | None,
    },
    "staff": {
        **_BOTH,
        "agent": shapes.AgentCard,
        "conversation_changed.agent": entries.Named | None,
        "unanswered.agent": entries.Named,
        "viewing.agent": entries.Named,
        "draft_shared.agent": entries.Named,
        "unread": Count,
        "mentions": list[shapes.Mention],
        "own_settings_changed.undo_send": Count | None,
        "entry": entries.StaffEntry,
        "rows": list[shapes.Row],
        "steps": dict[str, Count],
    },
}
_EVENTS: Final = {str(kind.__struct_config__.tag): kind for kind in Event.__subclasses__()}


def event_payload(who: str, name: str, fields: tuple[str, ...], schemas: Schemas) -> Schema:
    """The whole frame of one event, as `visitor` or `staff` hear it."""
    parts: dict[str, Schema] = {"event": {"const": name}}
    for field in fields:
        plain = field.removesuffix("?")
        parts[plain] = schemas.of(_type_of(who, name, plain))
    return record(parts, optional=tuple(field.removesuffix("?") for field in fields if field.endswith("?")))


def _type_of(who: str, name: str, field: str) -> Any:
    known = _SHAPES[who]
    declared = get_type_hints(_EVENTS[name], include_extras=True)[field]
    return known.get(f"{name}.{field}", known.get(field, declared))
