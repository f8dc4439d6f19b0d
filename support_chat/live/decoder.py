"""The strict decoder in front of every entrance.

It checks, in this order: size, UTF-8 without lone surrogates, nesting, JSON without NaN, the envelope;
then, once the command is known, its fields by name, type and bounds, and that no text holds NUL. Of a
key that is given twice the last counts.
"""

import re
from collections.abc import Iterable
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from support_chat.live.fields import Count
from support_chat.live.frame import Frame
from support_chat.live.refusals import BadField, BadFrame, TooBig

MAX_FRAME_BYTES: Final = 128 * 1024
MAX_NESTING: Final = 20  # nothing we define goes deeper than 3


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{"id", "do", "with"}`; `raw` is `with`, not yet decoded."""

    id: Count
    do: Annotated[str, Meta(max_length=64)]
    raw: msgspec.Raw = msgspec.field(name="with", default=msgspec.Raw(b"{}"))


class _Numbered(msgspec.Struct):
    id: Count


_envelopes: Final = msgspec.json.Decoder(Envelope)
_numbers: Final = msgspec.json.Decoder(_Numbered)
_encoder: Final = msgspec.json.Encoder()


def decode_envelope(frame: str | bytes) -> Envelope:
    """Raise TooBig, or BadFrame for whatever is not a command of this grammar."""
    try:
        data = frame.encode() if isinstance(frame, str) else frame
        if len(data) > MAX_FRAME_BYTES:
            raise TooBig
        if data is frame:
            data.decode()  # what stays raw is not checked below
        _refuse_deep_nesting(data)
        return _envelopes.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadFrame from None


def number_of(frame: str | bytes) -> int | None:
    """The `id` of a frame that was refused, if it has one: its sender is told which one it was."""
    try:
        return _numbers.decode(frame).id
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return _number_in_front(frame)


def _number_in_front(frame: str | bytes) -> int | None:
    start = frame[:64].encode("utf-8", "replace") if isinstance(frame, str) else frame[:64]
    found = _NUMBER.match(start)
    return int(found[1]) if found else None


def decoder_of(frame_type: type[Frame]) -> msgspec.json.Decoder[Frame]:
    """A decoder to keep: making one costs more than many uses of it."""
    return msgspec.json.Decoder(frame_type)


def decode_fields(frame_type: type[Frame], raw: bytes | msgspec.Raw) -> Frame:
    """The command's fields, or BadField."""
    return decode_with(decoder_of(frame_type), raw)


def decode_with(decoder: msgspec.json.Decoder[Frame], raw: bytes | msgspec.Raw) -> Frame:
    """As decode_fields, with a decoder that was kept."""
    data = bytes(raw)
    try:
        frame = decoder.decode(data)
    except msgspec.ValidationError as error:
        raise BadField(_named(str(error))) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadFrame from None
    if b"\\u0000" in data:
        _refuse_nul(frame)
    return frame


def encode(value: object) -> str:
    """JSON text of a reply's or event's parts."""
    return _encoder.encode(value).decode()


_NUMBER: Final = re.compile(rb'\s*\{\s*"id"\s*:\s*(\d{1,15})\s*,')
_STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


def _refuse_deep_nesting(data: bytes) -> None:
    if data.count(b"{") + data.count(b"[") <= MAX_NESTING:
        return
    depth = 0
    for character in _STRING.sub(b"", data):
        if character in b"{[":
            depth += 1
            if depth > MAX_NESTING:
                raise BadFrame
        elif character in b"}]":
            depth -= 1


def _refuse_nul(frame: msgspec.Struct) -> None:
    for name in frame.__struct_fields__:
        for part in _parts(getattr(frame, name)):
            if isinstance(part, msgspec.Struct):
                _refuse_nul(part)
            if isinstance(part, str) and "\0" in part:
                raise BadField(name)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else [value]


_NAMED: Final = re.compile(r"(?:missing required field|unknown field) `([^`]*)`|at `\$\.?([^`.\[]*)")
_PLAIN: Final = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


def _named(words: str) -> str:
    """The field a validation error is about. Nothing else of its words may reach a client, and of an
    unknown field only a name as we would give one."""
    found = _NAMED.search(words)
    name = (found[1] or found[2]) if found else ""
    return name if _PLAIN.match(name or "") else "with"
