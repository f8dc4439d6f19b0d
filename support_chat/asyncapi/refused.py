"""Every error code as a schema: its fixed words, whether to retry, and what else it says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from support_chat.asyncapi.entries import Named
from support_chat.asyncapi.schemas import Schema, Schemas, record, reference
from support_chat.desk import errors
from support_chat.desk.errors import BadQuery, Changed, ClosedForNow, Crossed, NoteChanged, NotNext
from support_chat.live import refusals
from support_chat.live.fields import Count, Place, State
from support_chat.live.refusals import BadField, Failed, Refused

_Misread = Literal[
    "nothing", "too_many_words", "unclosed_quote", "unknown_operator", "no_value", "bad_value", "bad_day"
]
_FAMILY: Final = (refusals.__name__, errors.__name__)
_DETAILS: Final[Mapping[type[Refused], Mapping[str, Any]]] = {
    BadField: {"field": str},
    BadQuery: {"why": _Misread, "at": Count, "length": Count},
    ClosedForNow: {"why": Literal["paused", "busy"]},
    Crossed: {"position": Place},
    Changed: {"state": State, "agent": Named | None},
    Failed: {"trace": str},
    NoteChanged: {"note": str},
    NotNext: {"conversation": str},
}
_OPTIONAL: Final = ("after", "trace")


def all_refusals() -> list[type[Refused]]:
    """The whole family, by code."""
    return sorted(_below(Refused), key=lambda kind: kind.code)


def keep_errors(schemas: Schemas) -> None:
    for kind in all_refusals():
        schemas.keep(_name(kind.code), _error(kind, schemas))


def error_of(codes: Iterable[str]) -> Schema:
    """One of these errors; `keep_errors` has to be called as well."""
    return {"oneOf": [{"$ref": reference(_name(code))} for code in sorted(set(codes))]}


def _error(kind: type[Refused], schemas: Schemas) -> Schema:
    fields: dict[str, Schema] = {
        "code": {"const": kind.code},
        "message": {"const": kind.message},
        "retry": {"const": kind.retry},
    }
    if kind.retry:
        fields["after"] = {"type": "number", "minimum": 0, "description": "seconds"}
    fields |= {name: schemas.of(each) for name, each in _DETAILS.get(kind, {}).items()}
    return record(fields, optional=_OPTIONAL)


def _name(code: str) -> str:
    return f"error.{code}"


def _below(kind: type[Refused]) -> Iterator[type[Refused]]:
    for each in kind.__subclasses__():
        if each.__module__ in _FAMILY:
            yield each
            yield from _below(each)
