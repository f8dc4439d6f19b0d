"""What replies and events are made of, beside entries, as either side is told it."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from support_chat.asyncapi.entries import (
    Ahead,
    Instant,
    Mark,
    Named,
    PublicAgent,
    Role,
    StaffEntry,
    StaffKind,
    Told,
    VisitorEntry,
)
from support_chat.live.fields import Count, Cursor, Email, Place, Priority, PublicId, Score, State
from support_chat.live.order_frames import Rules

Side = Literal["visitor", "agent"]
Status = Literal["online", "finishing", "away", "offline"]
Participants = Annotated[
    dict[str, Literal["guest", "invited", "called", "asking"]],
    Meta(description="who is beside its owner, by id"),
]
Age = Annotated[float, Meta(ge=0, description="seconds")]


class Reader(Told):
    role: Side


class AgentCard(Named):
    """How an agent stands, as colleagues see it. `load` of `capacity` chats are theirs."""

    status: Status
    cause: str
    back_in: Age | None
    capacity: Count
    load: Count


class Me(AgentCard):
    role: str


class Wait(Told):
    """A range, in seconds; `high` null: longer than can be said."""

    low: Count
    high: Count | None


class WaitingPlace(Told):
    place: Place
    of: Place
    wait: Wait | None


class VisitorSnapshot(Told, kw_only=True):
    """The newest entries, in order, and how the chat stands. `read`: how far the team has read."""

    id: str
    state: State
    agent: PublicAgent | None
    position: Count
    mark: Mark
    entries: Annotated[list[VisitorEntry], Meta(max_length=100)]
    earlier: bool
    read: Count
    place: WaitingPlace | None
    reply_to: Annotated[str, Meta(description="as its owner knows it again: v…@mail.example")] | None
    reopens_in: Age | UnsetType | None = UNSET


class StaffSnapshot(Told):
    """The newest entries, in order, and how the chat stands."""

    id: str
    state: State
    agent: Named | None
    position: Count
    mark: Mark
    entries: Annotated[list[StaffEntry], Meta(max_length=100)]
    earlier: bool


class Standing(Told, kw_only=True):
    """How a site stands, and why; times in seconds."""

    available: bool
    why: Literal["open", "closed", "away", "paused", "busy"]
    opens_in: Age | UnsetType = UNSET
    until: Age | UnsetType = UNSET
    notice: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    mail: bool | UnsetType = UNSET


class StaffSite(Standing, kw_only=True):
    id: str
    name: str


class Site(StaffSite, kw_only=True):
    locale: str
    identity_needed: bool | UnsetType = UNSET


class Queue(Named):
    """`site` is its name. `roles`: what the reader is in it; with none, chats may still be handed over to it,
    and no changes of it are told. `agents`: who answers it."""

    site: str
    waiting: Count
    longest_wait: Age | None
    online: Count
    roles: list[str]
    agents: list[str]


class Who(Told, kw_only=True):
    """Where `verified`, the rest but `claimed` is signed by their website; `claimed` is by nobody."""

    name: str
    verified: bool
    subject: str | None
    email: str | None
    attributes: dict[str, str | int | float | bool]
    claimed: dict[str, str | int | float | bool]


class RowVisitor(Named):
    verified: bool
    here: bool
    since: Age | None
    page: str | None


class LastWords(Told):
    role: Role
    kind: StaffKind
    text: str
    ago: Age | None


class Offered(Told):
    """To whom it is offered, and for how many seconds more."""

    to: Named
    expires_in: Age


class ReplyTo(Told):
    """Where a visitor wants to be answered when they are gone."""

    email: Email
    verified: bool


class Row(Told):
    """A chat as one line of a list, whole each time."""

    conversation: str
    state: State
    queue: str
    visitor: RowVisitor
    agent: Named | None
    position: Count
    last: LastWords | None
    messages: Count
    seen: Count
    waited: Age | None
    sort: int | None
    priority: Priority
    skills: list[str]
    ahead: Ahead | Literal[""]
    offered: Offered | None
    wanted: str | None
    forced: bool
    replied: bool
    reminded: bool
    given: Age | None
    looking: Age | None
    idle: Age | None
    snoozed: Age | None
    woken: Age | None
    closed_ago: Age | None
    reply_to: ReplyTo | None
    tags: list[str]
    participants: Participants


class Mention(Told):
    """Where somebody is named, or whispered to, by its first words."""

    conversation: PublicId
    position: Place
    kind: Literal["note", "whisper"]
    visitor: str
    by: Named
    text: str
    ago: Age
    seen: bool


class TrailPage(Told):
    page: str
    at: Instant


class AboutVisitor(Who, kw_only=True):
    """`hidden`: another tab is before theirs. `device` as "phone/Firefox/Android". `referrer`: whence they
    came to the site. `trail`: their last pages, the newest last. `note`: what the team noted of them."""

    id: str
    here: bool
    since: Age | None
    page: str | None
    hidden: bool
    zone: str | None
    device: str | None
    referrer: str | None
    trail: Annotated[list[TrailPage], Meta(max_length=20)]
    note: str
    locale: str
    site: str


class VisitorOnSite(Named):
    """Of `site`, by its id. `chats`: how many they had. `barred`: why nobody may invite them now, or empty;
    `words` are those of the site's rule that fits their page."""

    site: str
    verified: bool
    since: Age
    page: str | None
    referrer: str | None
    locale: str
    zone: str | None
    device: str | None
    hidden: bool
    chats: Count
    barred: Literal["", "off", "page", "blocked", "lately"]
    words: str


class OwnInvitation(Named):
    """Of the visitor of this `name`. `conversation`: that it led to."""

    text: str
    state: Literal["open", "left", "answered", "declined"]
    ago: Age
    conversation: PublicId | None


class Invited(Named):
    """Who asks them to a chat, by the name that visitors know, and with which words."""

    text: str


class EarlierChat(Told):
    id: str
    opened_at: Instant
    closed_at: Instant | None
    agent: str | None
    topic: str


class EarlierChats(Told):
    """A page of them, the newest first; `next` goes on, null at the end."""

    history: Annotated[list[EarlierChat], Meta(max_length=20)]
    next: Cursor | None


class SameVisitor(Named):
    """Said to be this person; `undo_in` how many seconds it can be taken back, null when it cannot."""

    verified: bool
    undo_in: Age | None


class AlikeVisitor(Named):
    """Who may be this person, by an e-mail address."""

    verified: bool
    chats: Count


class About(Told):
    """What stands beside an open chat. `read`: how far the visitor has read. `mails_after`: seconds of their
    absence after which they are e-mailed what they have not seen; null: they are not. `history_next`: where
    `list_earlier_chats` goes on."""

    visitor: AboutVisitor
    queue: Named
    agent: Named | None
    state: State
    participants: Participants
    spam: bool
    read: Count
    reply_to: ReplyTo | None
    rating: Score | None
    tags: list[str]
    mails_after: Count | None
    same: list[SameVisitor]
    alike: Annotated[list[AlikeVisitor], Meta(max_length=20)]
    history: Annotated[list[EarlierChat], Meta(max_length=20)]
    history_next: Cursor | None


class OwnSettings(Told):
    """By action of the console the reader's own keys; for how many seconds they can take back what they send,
    null: they never chose; and whether colleagues may read what they write."""

    keys: dict[str, str]
    undo_send: Count | None
    share_drafts: bool


class StaffTag(Told):
    """`site` is its id."""

    site: str
    name: str


class Filter(Named):
    """A saved filter. `mine`: whether the reader made it."""

    site: str
    rules: Rules
    shared: bool
    mine: bool
