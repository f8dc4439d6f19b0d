"""What each command is answered with when it is carried out."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta, UnsetType

from support_chat.asyncapi.entries import Instant, Named, StaffEntry, Told, VisitorEntry, Why
from support_chat.asyncapi.shapes import (
    About,
    AgentCard,
    EarlierChats,
    Filter,
    Invited,
    Me,
    Mention,
    OwnInvitation,
    OwnSettings,
    Queue,
    Row,
    Site,
    StaffSite,
    StaffSnapshot,
    StaffTag,
    Standing,
    Status,
    VisitorOnSite,
    VisitorSnapshot,
)
from support_chat.live.fields import Count, Cursor, Mark, Place, PublicId, State, Topic

Seconds = Annotated[int, Meta(ge=1, description="seconds between two beats")]


class Nothing(Told):
    pass


class WelcomedVisitor(Named):
    """`blocked` true: they may not write for a while."""

    verified: bool
    blocked: bool | UnsetType = UNSET


class VisitorWelcome(Told, kw_only=True):
    """`token` is told once, to a visitor who is new or comes with an identity.
    `last`: the newest closed chat, when none is open."""

    visitor: WelcomedVisitor
    token: str | UnsetType = UNSET
    conversation: VisitorSnapshot | None
    last: VisitorSnapshot | None
    invitation: Invited | UnsetType = UNSET
    site: Site
    heartbeat: Seconds
    features: list[str]


class BegunDraft(Told):
    """What an agent has begun and not sent, by its first words."""

    conversation: PublicId
    mode: Literal["reply", "note"]
    version: Count
    begun: str


class OwnDraft(Told):
    """Empty where it was sent or given up."""

    text: str
    version: Count


class OwnDrafts(Told):
    reply: OwnDraft | UnsetType = UNSET
    note: OwnDraft | UnsetType = UNSET


class Mentions(Told):
    """Where the reader is named: the newest, and how many of them they have not seen."""

    unread: Count
    mentions: Annotated[list[Mention], Meta(max_length=50)]


class OthersHit(Told):
    """Of other visitors of the last day, by what could be blocked; null: there is nothing to go by."""

    visitor: Count | None
    identity: Count | None
    address: Count | None


class Weighed(Told):
    others: OthersHit


class StaffWelcome(Told):
    agent: Me
    inbox: Annotated[list[Row], Meta(max_length=50)]
    queues: list[Queue]
    sites: list[StaffSite]
    wait_target: Annotated[int, Meta(ge=1, description="seconds; who waits longer is an alarm")]
    teammates: list[AgentCard]
    heartbeat: Seconds
    drafts: list[BegunDraft]
    mentions: Mentions
    own: OwnSettings
    features: list[str]


class Handle(Told):
    """To come back with, once: `resume` of a later hello."""

    handle: str


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
    drafts: OwnDrafts


class VisitorPage(Told):
    entries: Annotated[list[VisitorEntry], Meta(max_length=100)]
    earlier: bool


class StaffPage(Told):
    entries: Annotated[list[StaffEntry], Meta(max_length=100)]
    earlier: bool


class StatusSet(Told):
    status: Status


class Explained(Told):
    """Null when it does not wait."""

    why: Why | None


class FoundReplies(Told):
    """Canned replies by id, best first; `found` is null while the server has not learnt anything yet.

    `sure`: what is typed means the first, even where they share no word.
    """

    found: list[PublicId] | None
    sure: bool
    likely: list[PublicId]


class Speaker(Told):
    role: Literal["visitor", "agent", "bot", "system"]
    name: str


class Found(Told, kw_only=True):
    """`marks`: where in `text` what was looked for stands, and how long it is, in UTF-16. `who`: of a
    person, the visitor."""

    kind: Literal["message", "note", "rated", "chat", "person"]
    conversation: PublicId
    position: Place
    state: State
    visitor: str
    queue: str
    agent: str | None
    author: Speaker | None
    at: Instant
    text: str
    marks: list[Annotated[list[Count], Meta(min_length=2, max_length=2)]]
    who: PublicId | UnsetType = UNSET


class Searched(Told):
    """`after` goes on with the next page."""

    people: Annotated[list[Found], Meta(max_length=5)]
    found: Annotated[list[Found], Meta(max_length=20)]
    after: Mark | None


class DraftSaved(Told):
    """`text`: what another window had saved since, where this one was not kept."""

    version: Count
    text: str | UnsetType = UNSET


class Notified(Told):
    chats: Count


class Move(Told):
    """What somebody did to the order of things, and how often."""

    by: str
    what: str
    times: Place


class Calibration(Told):
    """How true the waits of a queue were told: shares of `outcomes`, and Winkler's score in seconds."""

    queue: str
    outcomes: Count
    shorter: float
    inside: float
    longer: float
    score: float | None


class Overseen(Told):
    moves: list[Move]
    waits: list[Calibration]


class OnSite(Told):
    """The newest who are there, of how many; and the reader's own invitations of the last day."""

    visitors: Annotated[list[VisitorOnSite], Meta(max_length=200)]
    total: Count
    invited: Annotated[list[OwnInvitation], Meta(max_length=20)]


class HasInvited(Told):
    invitation: PublicId


class SuggestedTags(Told):
    tags: Annotated[list[StaffTag], Meta(max_length=500)]


class TimeRead(Told):
    """Null where it is not understood, or over."""

    at: Instant | None


class Listed(Told, kw_only=True):
    """`next` goes on; null at the end. `total` of the first page, counted up to 1,001."""

    rows: Annotated[list[Row], Meta(max_length=100)]
    next: Cursor | None
    total: Count | UnsetType = UNSET


class Filters(Told):
    """`shares`: the sites, by their ids, with whose team the reader may share."""

    filters: list[Filter]
    shares: list[str]


class FilterSaved(Told):
    filter: Filter


class ChangedSome(Told):
    """`done`: ids, where something changed; `same`: how many were so already; `refused`: how many by code."""

    done: Annotated[list[PublicId], Meta(max_length=50)]
    same: Count
    refused: dict[str, Count]
    next: Cursor | None


class Heads(Told):
    """How far this socket was told of each topic."""

    heads: dict[Topic, Count]


_EVERYBODY: Final[Mapping[str, Any]] = {
    "post_message": Posted,
    "edit_message": Positioned,
    "retract_message": Positioned,
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
    "keep_place": Positioned,
    "set_attributes": Nothing,
    "visit": Nothing,
    "decline_invitation": Nothing,
    "sign_out": Nothing,
    "renew_handle": Handle,
    "rate_conversation": Positioned,
    "leave_email": Positioned,
    "email_transcript": Nothing,
    "forget": Nothing,
    **_EVERYBODY,
}
_POSITIONED: Final = (
    *("accept_conversation", "decline_conversation", "transfer_conversation", "assign_conversation"),
    *("move_to_front", "set_priority", "look_up", "add_note", "close_conversation", "reopen_conversation"),
    *("tag_conversation", "snooze_conversation", "wake_conversation", "merge_visitors", "unmerge_visitors"),
    *("whisper", "invite_agent", "ask_to_join", "join_conversation", "end_participation", "call_help"),
    *("mark_spam", "block_visitor"),
)
STAFF_REPLIES: Final[Mapping[str, Any]] = {
    "hello": StaffWelcome,
    "set_status": StatusSet,
    "open_conversation": StaffOpened,
    "leave_conversation": Nothing,
    "page": StaffPage,
    "notify_waiting": Notified,
    "oversee": Overseen,
    "list_visitors": OnSite,
    "leave_visitors": Nothing,
    "watch_lists": Nothing,
    "leave_lists": Nothing,
    "invite_visitor": HasInvited,
    "explain": Explained,
    "find_replies": FoundReplies,
    "search": Searched,
    "pick_reply": Nothing,
    "save_draft": DraftSaved,
    "list_tags": SuggestedTags,
    "read_time": TimeRead,
    "list_earlier_chats": EarlierChats,
    "list_conversations": Listed,
    "list_filters": Filters,
    "save_filter": FilterSaved,
    "delete_filter": Nothing,
    "change_conversations": ChangedSome,
    "see_mentions": Nothing,
    "look_at": Nothing,
    "share_draft": Nothing,
    "weigh_block": Weighed,
    "set_person_note": Nothing,
    **dict.fromkeys(("set_notice", "pause", "resume_chats"), Standing),
    **dict.fromkeys(_POSITIONED, Positioned),
    **_EVERYBODY,
}
