"""What each command is answered with when it is carried out."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from msgspec import UNSET, Meta, UnsetType

from support_chat.asyncapi.shapes import (
    About,
    AgentCard,
    Instant,
    Me,
    Named,
    Queue,
    Row,
    Site,
    StaffEntry,
    StaffSnapshot,
    Status,
    Told,
    VisitorEntry,
    VisitorSnapshot,
)
from support_chat.live.frames import Count, Place, Topic

Seconds = Annotated[int, Meta(ge=1, description="seconds between two beats")]


class Nothing(Told):
    pass


class VisitorWelcome(Told, kw_only=True):
    """`token` is told once, to a visitor who is new. `last`: the newest closed chat, when none is open."""

    visitor: Named
    token: str | UnsetType = UNSET
    conversation: VisitorSnapshot | None
    last: VisitorSnapshot | None
    site: Site
    heartbeat: Seconds
    features: list[str]


class StaffWelcome(Told):
    agent: Me
    inbox: Annotated[list[Row], Meta(max_length=50)]
    queues: list[Queue]
    teammates: list[AgentCard]
    heartbeat: Seconds
    features: list[str]


class Started(Told):
    conversation: str
    position: Place
    snapshot: VisitorSnapshot
    existing: bool | UnsetType = UNSET


class Posted(Told):
    position: Place
    at: Instant


class Positioned(Told):
    position: Place


class VisitorResumed(Told, kw_only=True):
    """Either `entries`, `more`, `read` and `recovered` true; or `snapshot` and `recovered` false."""

    recovered: bool
    entries: list[VisitorEntry] | UnsetType = UNSET
    more: bool | UnsetType = UNSET
    read: Count | UnsetType = UNSET
    snapshot: VisitorSnapshot | UnsetType = UNSET


class StaffOpened(Told, kw_only=True):
    """Either `entries`, `more` and `recovered` true; or `snapshot` and `recovered` false."""

    recovered: bool
    entries: list[StaffEntry] | UnsetType = UNSET
    more: bool | UnsetType = UNSET
    snapshot: StaffSnapshot | UnsetType = UNSET
    about: About


class VisitorPage(Told):
    entries: Annotated[list[VisitorEntry], Meta(max_length=100)]
    earlier: bool


class StaffPage(Told):
    entries: Annotated[list[StaffEntry], Meta(max_length=100)]
    earlier: bool


class StatusSet(Told):
    status: Status


class Heads(Told):
    """How far this socket was told of each topic."""

    heads: dict[Topic, Count]


_EVERYBODY: Final[Mapping[str, Any]] = {
    "post_message": Posted,
    "mark_read": Nothing,
    "set_typing": Nothing,
    "skip": Nothing,
    "refresh": Nothing,
    "beat": Heads,
}
VISITOR_REPLIES: Final[Mapping[str, Any]] = {
    "hello": VisitorWelcome,
    "start_conversation": Started,
    "resume": VisitorResumed,
    "page": VisitorPage,
    "end_conversation": Positioned,
    **_EVERYBODY,
}
STAFF_REPLIES: Final[Mapping[str, Any]] = {
    "hello": StaffWelcome,
    "set_status": StatusSet,
    "open_conversation": StaffOpened,
    "leave_conversation": Nothing,
    "page": StaffPage,
    **dict.fromkeys(
        ("accept_conversation", "add_note", "close_conversation", "reopen_conversation"), Positioned
    ),
    **_EVERYBODY,
}
