"""Every frame a client may send, typed, and the strict decoder in front of them.

The decoder checks, in this order: size, UTF-8 without lone surrogates, nesting, JSON without NaN, the
envelope; then, once the command is known, its fields by name, type and bounds, and that no text holds
NUL. Every number is an integer within ±2^53, because its field says so.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from support_chat.live.refusals import BadField, BadFrame, TooBig

MAX_FRAME_BYTES: Final = 128 * 1024
MAX_NESTING: Final = 20  # nothing we define goes deeper than 3
MAX_INT: Final = 2**53 - 1  # the last integer that JavaScript counts exactly

# 8,000 code points are at most 32,000 bytes of UTF-8: the bound of 32 KiB needs no check of its own.
# The pattern refuses a text of nothing but white space.
Body = Annotated[str, Meta(min_length=1, max_length=8_000, pattern=r"\S")]
PublicId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"\A[A-Za-z0-9_-]+\Z")]
ClientId = Annotated[str, Meta(pattern=r"\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
Topic = Annotated[str, Meta(max_length=160, pattern=r"\A[a-z]+(?::[A-Za-z0-9_-]+)+\Z")]
Mark = Annotated[str, Meta(min_length=1, max_length=32, pattern=r"\A[A-Za-z0-9_-]+\Z")]
Count = Annotated[int, Meta(ge=0, le=MAX_INT)]
Place = Annotated[int, Meta(ge=1, le=MAX_INT)]
Limit = Annotated[int, Meta(ge=1, le=100)]
Seconds = Annotated[int, Meta(ge=1, le=7 * 24 * 3600)]
Token = Annotated[str, Meta(min_length=1, max_length=256)]
Address = Annotated[str, Meta(max_length=2_048)]
Locale = Annotated[str, Meta(max_length=35, pattern=r"\A[A-Za-z0-9-]+\Z")]
Preview = Annotated[str, Meta(max_length=500)]
Word = Annotated[str, Meta(min_length=1, max_length=64)]
Features = Annotated[list[Word], Meta(max_length=32)]
State = Literal["queued", "active", "closed"]


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of one command. An optional field that is null counts as absent."""


class Hello(Frame):
    token: Token | None = None
    client: Word | None = None
    features: Features = []


class VisitorHello(Hello, kw_only=True):
    site: PublicId
    page: Address | None = None
    locale: Locale | None = None


class StaffHello(Hello):
    pass


class StartConversation(Frame):
    client_id: ClientId
    body: Body | None = None
    queue: PublicId | None = None


class PostMessage(Frame):
    conversation: PublicId
    client_id: ClientId
    body: Body


class AddNote(PostMessage):
    pass


class Resume(Frame):
    conversation: PublicId
    after: Count
    mark: Mark | None = None


class OpenConversation(Frame):
    conversation: PublicId
    after: Count | None = None
    mark: Mark | None = None


class LeaveConversation(Frame):
    conversation: PublicId


class Page(Frame):
    conversation: PublicId
    before: Place
    limit: Limit = 50


class MarkRead(Frame):
    conversation: PublicId
    position: Count


class VisitorTyping(Frame):
    conversation: PublicId
    typing: bool
    preview: Preview | None = None


class StaffTyping(Frame):
    # `mode` has no default: forgetting it must not show a note's typing to the visitor.
    conversation: PublicId
    typing: bool
    mode: Literal["reply", "note"]


class EndConversation(Frame):
    conversation: PublicId
    client_id: ClientId


class AcceptConversation(EndConversation):
    pass


class Skip(EndConversation):
    pass


class Expect(Frame):
    """What the sender believes; `owner` null means that nobody holds the conversation."""

    state: State | UnsetType = UNSET
    owner: PublicId | UnsetType | None = UNSET


class CloseConversation(Frame):
    conversation: PublicId
    client_id: ClientId
    expect: Expect | None = None


class ReopenConversation(CloseConversation):
    pass


class SetStatus(Frame):
    """`until`: seconds after which the status ends."""

    status: Literal["online", "finishing", "away", "offline"]
    until: Seconds | None = None


class Refresh(Frame):
    topic: Topic


class Beat(Frame):
    pass


_EVERYBODY: Final[Mapping[str, type[Frame]]] = {
    "post_message": PostMessage,
    "page": Page,
    "mark_read": MarkRead,
    "skip": Skip,
    "refresh": Refresh,
    "beat": Beat,
}
VISITOR_COMMANDS: Final[Mapping[str, type[Frame]]] = {
    "hello": VisitorHello,
    "start_conversation": StartConversation,
    "resume": Resume,
    "set_typing": VisitorTyping,
    "end_conversation": EndConversation,
    **_EVERYBODY,
}
AGENT_COMMANDS: Final[Mapping[str, type[Frame]]] = {
    "hello": StaffHello,
    "set_status": SetStatus,
    "accept_conversation": AcceptConversation,
    "open_conversation": OpenConversation,
    "leave_conversation": LeaveConversation,
    "set_typing": StaffTyping,
    "add_note": AddNote,
    "close_conversation": CloseConversation,
    "reopen_conversation": ReopenConversation,
    **_EVERYBODY,
}

# The fields of each event beside `event`; "?" marks one that may be absent. desk/events.py builds them.
VISITOR_EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "entry_added": ("conversation", "entry"),
    "conversation_changed": ("conversation", "state", "agent", "position"),
    "read": ("conversation", "by", "position"),
    "typing": ("conversation", "author", "typing", "position"),
    "queue_moved": ("conversation", "place", "of", "wait"),
    "availability_changed": ("available",),
}
STAFF_EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "entry_added": ("conversation", "entry"),
    "conversation_changed": ("conversation", "state", "agent", "position"),
    "read": ("conversation", "by", "position", "seen?"),
    "typing": ("conversation", "author", "typing", "position", "mode?", "preview?"),
    "inbox_changed": ("rows",),
    "queue_changed": ("queue", "waiting", "longest_wait"),
    "teammate_changed": ("agent",),
    "agent_changed": ("agent",),
    "visitor_changed": ("conversation", "here", "since", "page"),
    "conversation_left": ("conversation", "reason"),
}


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


def decoder_of(frame_type: type[Frame]) -> "msgspec.json.Decoder[Frame]":
    """A decoder to keep: making one costs more than many uses of it."""
    return msgspec.json.Decoder(frame_type)


def decode_fields(frame_type: type[Frame], raw: bytes | msgspec.Raw) -> Frame:
    """The command's fields, or BadField."""
    return decode_with(decoder_of(frame_type), raw)


def decode_with(decoder: "msgspec.json.Decoder[Frame]", raw: bytes | msgspec.Raw) -> Frame:
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
        value = getattr(frame, name)
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(text, str) and "\0" in text for text in texts):
            raise BadField(name)


_NAMED: Final = re.compile(r"(?:missing required field|unknown field) `([^`]*)`|at `\$\.?([^`.\[]*)")
_PLAIN: Final = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


def _named(words: str) -> str:
    """The field a validation error is about. Nothing else of its words may reach a client, and of an
    unknown field only a name as we would give one."""
    found = _NAMED.search(words)
    name = (found[1] or found[2]) if found else ""
    return name if _PLAIN.match(name or "") else "with"
