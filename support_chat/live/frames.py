"""Every command a client may send, typed by its fields (fields.py). What it may hear is in heard.py."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import UNSET, UnsetType

from support_chat.live.fields import (
    Address,
    Attributes,
    Begun,
    BlockedBy,
    BlockLasts,
    Body,
    ClientId,
    Comment,
    Count,
    Email,
    Features,
    Files,
    Identity,
    Limit,
    Locale,
    Mark,
    Name,
    Place,
    Preview,
    Priority,
    PublicId,
    Reason,
    Score,
    State,
    Token,
    Topic,
    Word,
)
from support_chat.live.frame import Frame
from support_chat.live.order_frames import ORDER_COMMANDS
from support_chat.live.team_frames import (
    Explain,
    FindReplies,
    InviteVisitor,
    ListVisitors,
    NotifyWaiting,
    Oversee,
    Pause,
    PickReply,
    ResumeChats,
    SaveDraft,
    Search,
    SetNotice,
    SetStatus,
    ShareDraft,
)

FILES: Final = "files"  # the feature that `attachments` belong to
PREVIEWS: Final = "previews"  # the same of `preview` in typing, on sites that want it
HERE: Final = "answered_here"  # the same of `here` in a form
REFERRER: Final = "referrer"  # the same of `referrer` in a visit
LISTS: Final = "lists"  # of watching lists of chats, and of reading a part of one anew
ON_SITE: Final = "on_site"  # of the list of visitors, and inviting them
TOGETHER: Final = "together"  # of what several of the team do in one chat
SHARE_DRAFT: Final = "share_draft"  # the same of reading along with what one of them writes


class Hello(Frame, frozen=True):
    token: Token | None = None
    client: Word | None = None
    features: Features = []


class ChatLink(Frame, frozen=True):
    """What a link in a letter holds; `client_id` tells a repetition from somebody else."""

    secret: Token
    client_id: ClientId


class VisitorHello(Hello, frozen=True, kw_only=True):
    site: PublicId
    page: Address | None = None
    locale: Locale | None = None
    identity: Identity | None = None
    resume: Token | None = None
    link: ChatLink | None = None


class StaffHello(Hello, frozen=True):
    pass


class SetAttributes(Frame, frozen=True):
    """What the page says of its visitor; null takes away. Nobody has verified it."""

    attributes: Attributes


class Visit(Frame, frozen=True):
    page: Address | None = None
    zone: Word | None = None
    hidden: bool = False
    referrer: Address | None = None


class DeclineInvitation(Frame, frozen=True):
    invitation: PublicId


class RenewHandle(Frame, frozen=True):
    handle: Token | None = None


class SignOut(Frame, frozen=True):
    pass


class Form(Frame, frozen=True):
    """How a visitor may be answered when they are gone. Nobody has verified it."""

    email: Email | None = None
    name: Name | None = None
    here: bool = False


class StartConversation(Frame, frozen=True):
    client_id: ClientId
    body: Body | None = None
    queue: PublicId | None = None
    form: Form | None = None
    attachments: Files = []


class PostMessage(Frame, frozen=True):
    """Words, files or both: without files it has a body."""

    conversation: PublicId
    client_id: ClientId
    body: Body | None = None
    attachments: Files = []


class PostReply(PostMessage, frozen=True):
    """`seen`: up to where its author has seen the chat."""

    seen: Count | None = None


class AddNote(Frame, frozen=True):
    conversation: PublicId
    client_id: ClientId
    body: Body


class Whisper(AddNote, frozen=True):
    pass


class LookAt(Frame, frozen=True):
    """Which chat stands before the sender; null: none. `asks`: who else looks at it should say so. `reads`:
    the agent whose writing in it the sender reads."""

    conversation: PublicId | None = None
    asks: bool = False
    reads: PublicId | None = None


class RetractMessage(Frame, frozen=True):
    """`position` of a message of one's own, as its author counts."""

    conversation: PublicId
    client_id: ClientId
    position: Place


class EditMessage(RetractMessage, frozen=True, kw_only=True):
    body: Body


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


class KeepPlace(EndConversation, frozen=True, kw_only=True):
    email: Email


class LeaveEmail(EndConversation, frozen=True, kw_only=True):
    email: Email


class EmailTranscript(EndConversation, frozen=True):
    pass


class Forget(Frame, frozen=True):
    pass


class RateConversation(EndConversation, frozen=True, kw_only=True):
    score: Score
    comment: Comment | None = None


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


class DeclineConversation(EndConversation, frozen=True):
    reason: Reason | None = None


class TransferConversation(CloseConversation, frozen=True):
    """To one of both."""

    to_agent: PublicId | None = None
    to_queue: PublicId | None = None
    note: Body | None = None


class AssignConversation(EndConversation, frozen=True, kw_only=True):
    to_agent: PublicId
    reason: Reason
    force: bool = False


class InviteAgent(EndConversation, frozen=True, kw_only=True):
    agent: PublicId


class AskToJoin(EndConversation, frozen=True):
    pass


class JoinConversation(EndConversation, frozen=True):
    pass


class EndParticipation(InviteAgent, frozen=True):
    pass


class CallHelp(EndConversation, frozen=True):
    reason: Reason | None = None


class MarkSpam(EndConversation, frozen=True, kw_only=True):
    spam: bool


class BlockVisitor(EndConversation, frozen=True, kw_only=True):
    by: BlockedBy
    lasts: BlockLasts


class MoveToFront(EndConversation, frozen=True, kw_only=True):
    reason: Reason


class SetPriority(EndConversation, frozen=True, kw_only=True):
    priority: Priority
    reason: Reason


class LookUp(EndConversation, frozen=True):
    pass


class SetPersonNote(LeaveConversation, frozen=True, kw_only=True):
    text: Comment | None = None
    read: Begun | None = None


class Refresh(Frame, frozen=True):
    topic: Topic


class Beat(Frame, frozen=True):
    pass


_EVERYBODY: Final[Mapping[str, type[Frame]]] = {
    "post_message": PostMessage,
    "edit_message": EditMessage,
    "retract_message": RetractMessage,
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
    "keep_place": KeepPlace,
    "set_attributes": SetAttributes,
    "visit": Visit,
    "decline_invitation": DeclineInvitation,
    "sign_out": SignOut,
    "renew_handle": RenewHandle,
    "rate_conversation": RateConversation,
    "forget": Forget,
    "leave_email": LeaveEmail,
    "email_transcript": EmailTranscript,
    **_EVERYBODY,
}
AGENT_COMMANDS: Final[Mapping[str, type[Frame]]] = {
    "hello": StaffHello,
    "set_status": SetStatus,
    "accept_conversation": AcceptConversation,
    "decline_conversation": DeclineConversation,
    "transfer_conversation": TransferConversation,
    "assign_conversation": AssignConversation,
    "move_to_front": MoveToFront,
    "set_priority": SetPriority,
    "look_up": LookUp,
    "set_person_note": SetPersonNote,
    "explain": Explain,
    "find_replies": FindReplies,
    "search": Search,
    "pick_reply": PickReply,
    "save_draft": SaveDraft,
    "set_notice": SetNotice,
    "pause": Pause,
    "resume_chats": ResumeChats,
    "notify_waiting": NotifyWaiting,
    "oversee": Oversee,
    "list_visitors": ListVisitors,
    "leave_visitors": ListVisitors,
    "invite_visitor": InviteVisitor,
    "open_conversation": OpenConversation,
    "leave_conversation": LeaveConversation,
    "set_typing": StaffTyping,
    "add_note": AddNote,
    "whisper": Whisper,
    "see_mentions": MarkRead,
    "look_at": LookAt,
    "share_draft": ShareDraft,
    "invite_agent": InviteAgent,
    "ask_to_join": AskToJoin,
    "join_conversation": JoinConversation,
    "end_participation": EndParticipation,
    "call_help": CallHelp,
    "mark_spam": MarkSpam,
    "block_visitor": BlockVisitor,
    "weigh_block": Explain,
    "close_conversation": CloseConversation,
    "reopen_conversation": ReopenConversation,
    **ORDER_COMMANDS,
    **_EVERYBODY,
    "post_message": PostReply,
}
