"""An entry of the log, as either side is told it, and the names in it."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from support_chat.desk.audiences import KINDS, SHOWN
from support_chat.live.fields import (
    BlockedBy,
    BlockLasts,
    ClientId,
    Comment,
    Count,
    Name,
    Place,
    Priority,
    Reason,
    Score,
)

Role = Literal["visitor", "agent", "bot", "system"]
Saying = Literal["looking", "still_there", "notice"]  # a message that does not answer
Emailed = Literal["transcript", "answers"]
Ahead = Literal["returned", "came_before", "handed_over", "moved", "priority"]
Mark = Annotated[str, Meta(description="16 hexadecimal digits: tells this log from another.")]
Instant = Annotated[str, Meta(description="ISO 8601, in UTC: for showing, never for ordering.")]
Text = Annotated[str, Meta(max_length=8_000)] | UnsetType
VisitorKind = Annotated[str, Meta(extra_json_schema={"enum": sorted(SHOWN)})]
StaffKind = Annotated[str, Meta(extra_json_schema={"enum": sorted(KINDS)})]


class Told(Struct):
    """Part of what the server tells. Clients ignore fields that they do not know."""


class Author(Told):
    """Who wrote. `name` and `id` are empty for the system; to visitors `id` is a pseudonym of one chat."""

    role: Role
    name: str
    id: str


class Named(Told):
    id: str
    name: str


class PublicAgent(Named):
    """An agent as a visitor knows them."""

    picture: str | None


class File(Told, kw_only=True):
    """What a message says of a file. `size` in bytes; `looks`: there are pictures of it."""

    id: str
    name: str
    kind: Literal["image", "pdf", "text", "office"]
    type: str
    size: Count
    width: Count | UnsetType = UNSET
    height: Count | UnsetType = UNSET
    looks: bool | UnsetType = UNSET


Files = Annotated[list[File], Meta(min_length=1, max_length=10)] | UnsetType


class VisitorBody(Told):
    """`quiet`, of a close: the visitor had left. `rate`, of another: they are asked how it was."""

    text: Text = UNSET
    hidden: list[Literal["card"]] | UnsetType = UNSET
    files: Files = UNSET
    about: Saying | UnsetType = UNSET
    quiet: bool | UnsetType = UNSET
    rate: bool | UnsetType = UNSET
    score: Score | UnsetType = UNSET
    comment: Comment | UnsetType = UNSET
    what: Emailed | UnsetType = UNSET
    failed: bool | UnsetType = UNSET
    of: Place | UnsetType = UNSET
    agent: PublicAgent | UnsetType = UNSET
    guest: bool | UnsetType = UNSET


class WrittenAgent(Named):
    """An agent as the log names them; with their public face to whoever has the chat."""

    public_name: str | UnsetType = UNSET
    picture: str | UnsetType = UNSET


class Why(Told, rename={"refused": "not"}):
    """Who got a chat, or keeps it waiting, by which rule; names by why they do not get it, ten of each."""

    rule: str
    eligible: list[str] | UnsetType = UNSET
    refused: dict[str, list[str]] | UnsetType = UNSET
    more: dict[str, Count] | UnsetType = UNSET
    before: Count | UnsetType = UNSET
    by: str | UnsetType = UNSET
    reason: Reason | UnsetType = UNSET


class Filled(Told):
    """What a visitor filled in; which address it is, the log does not say."""

    email: bool | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    here: bool | UnsetType = UNSET


class AnsweredInvitation(Told):
    """By whom its visitor was invited, with which words."""

    by: Named
    text: str


class StaffBody(Told):
    """Which kind of entry holds which of these is told in README.md, beside this file."""

    text: Text = UNSET
    hidden: list[Literal["card"]] | UnsetType = UNSET
    files: Files = UNSET
    email: bool | UnsetType = UNSET
    about: Saying | UnsetType = UNSET
    agent: WrittenAgent | UnsetType = UNSET
    cause: str | UnsetType = UNSET
    queue: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    sort: int | UnsetType = UNSET
    ahead: Ahead | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    why: Why | UnsetType = UNSET
    forced: bool | UnsetType = UNSET
    expires_in: Count | UnsetType = UNSET
    reason: Reason | UnsetType = UNSET
    level: Count | UnsetType = UNSET
    rate: bool | UnsetType = UNSET
    score: Score | UnsetType = UNSET
    comment: Comment | UnsetType = UNSET
    what: Emailed | UnsetType = UNSET
    failed: bool | UnsetType = UNSET
    of: Place | UnsetType = UNSET
    of_shown: Place | UnsetType = UNSET
    newest: bool | UnsetType = UNSET
    form: Filled | UnsetType = UNSET
    invitation: AnsweredInvitation | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    added: list[str] | UnsetType = UNSET
    removed: list[str] | UnsetType = UNSET
    until: Instant | UnsetType = UNSET
    said: str | UnsetType = UNSET
    visitor: Named | UnsetType = UNSET
    undone: bool | UnsetType = UNSET
    mentions: list[str] | UnsetType = UNSET
    to: Named | UnsetType = UNSET
    guest: bool | UnsetType = UNSET
    by: Named | UnsetType = UNSET
    agents: list[Named] | UnsetType = UNSET
    spam: bool | UnsetType = UNSET
    blocks: BlockedBy | UnsetType = UNSET
    lasts: BlockLasts | UnsetType = UNSET
    lifted: bool | UnsetType = UNSET


class VisitorEntry(Told):
    """`client_id` is told to its author alone. An unknown kind is one neutral line, and still counts."""

    position: Place
    mark: Mark
    kind: VisitorKind
    author: Author
    at: Instant
    body: VisitorBody
    client_id: ClientId | UnsetType = UNSET


class StaffEntry(Told):
    """`client_id` is told to its author alone. An unknown kind is one neutral line, and still counts."""

    position: Place
    mark: Mark
    kind: StaffKind
    author: Author
    at: Instant
    body: StaffBody
    client_id: ClientId | UnsetType = UNSET
