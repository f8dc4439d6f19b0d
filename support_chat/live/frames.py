"""Every command a client may send, typed: its fields, their types and bounds. And what it may hear.

Every number is an integer within ±2^53, because its field says so.
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

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


class Hello(Frame, frozen=True):
    token: Token | None = None
    client: Word | None = None
    features: Features = []


class VisitorHello(Hello, frozen=True, kw_only=True):
    site: PublicId
    page: Address | None = None
    locale: Locale | None = None


class StaffHello(Hello, frozen=True):
    pass


class StartConversation(Frame, frozen=True):
    client_id: ClientId
    body: Body | None = None
    queue: PublicId | None = None


class PostMessage(Frame, frozen=True):
    conversation: PublicId
    client_id: ClientId
    body: Body


class AddNote(PostMessage, frozen=True):
    pass


class Resume(Frame, frozen=True):
    conversation: PublicId
    after: Count
    mark: Mark | None = None


class OpenConversation(Frame, frozen=True):
    conversation: PublicId
    after: Count | None = None
    mark: Mark | None = None


class LeaveConversation(Frame, frozen=True):
    conversation: PublicId


class Page(Frame, frozen=True):
    conversation: PublicId
    before: Place
    limit: Limit = 50


class MarkRead(Frame, frozen=True):
    conversation: PublicId
    position: Count


class VisitorTyping(Frame, frozen=True):
    conversation: PublicId
    typing: bool
    preview: Preview | None = None


class StaffTyping(Frame, frozen=True):
    # `mode` has no default: forgetting it must not show a note's typing to the visitor.
    conversation: PublicId
    typing: bool
    mode: Literal["reply", "note"]


class EndConversation(Frame, frozen=True):
    conversation: PublicId
    client_id: ClientId


class AcceptConversation(EndConversation, frozen=True):
    pass


class Skip(EndConversation, frozen=True):
    pass


class Expect(Frame, frozen=True):
    """What the sender believes; `owner` null means that nobody holds the conversation."""

    state: State | UnsetType = UNSET
    owner: PublicId | UnsetType | None = UNSET


class CloseConversation(Frame, frozen=True):
    conversation: PublicId
    client_id: ClientId
    expect: Expect | None = None


class ReopenConversation(CloseConversation, frozen=True):
    pass


class SetStatus(Frame, frozen=True):
    """`until`: seconds after which the status ends."""

    status: Literal["online", "finishing", "away", "offline"]
    until: Seconds | None = None


class Refresh(Frame, frozen=True):
    topic: Topic


class Beat(Frame, frozen=True):
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
    "availability_changed": ("available",),
    "inbox_changed": ("rows",),
    "queue_changed": ("queue", "waiting", "longest_wait"),
    "teammate_changed": ("agent",),
    "agent_changed": ("agent",),
    "visitor_changed": ("conversation", "here", "since", "page"),
    "conversation_left": ("conversation", "reason"),
}
