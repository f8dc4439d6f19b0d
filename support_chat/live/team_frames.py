"""The commands of the team beside its chats: finding words, drafts, status, notices and pauses."""

from typing import Literal

from support_chat.live.fields import (
    Begun,
    Body,
    Chats,
    ClientId,
    Count,
    Line,
    Mark,
    PublicId,
    PublicIds,
    Seconds,
    Short,
    StatusCause,
    Typed,
)
from support_chat.live.frame import Frame


class NotifyWaiting(Frame, frozen=True):
    conversations: PublicIds
    client_id: ClientId
    body: Body


class Oversee(Frame, frozen=True):
    pass


class ListVisitors(Frame, frozen=True):
    """Of one's sites: told of changes from then on, or no more."""


class InviteVisitor(Frame, frozen=True):
    visitor: PublicId
    text: Short


class FindReplies(Frame, frozen=True):
    conversation: PublicId
    typed: Line = ""


class Search(Frame, frozen=True):
    """`after`: where the page before ended."""

    query: Typed
    after: Mark | None = None


class PickReply(Frame, frozen=True, kw_only=True):
    conversation: PublicId
    reply: PublicId
    typed: Line = ""
    position: Count
    edited: bool | None = None


class SaveDraft(Frame, frozen=True, kw_only=True):
    conversation: PublicId
    mode: Literal["reply", "note"]
    text: Begun
    version: Count | None = None


class ShareDraft(Frame, frozen=True, kw_only=True):
    """What stands in the sender's box; `readers` are the agents who read along."""

    conversation: PublicId
    mode: Literal["reply", "note"]
    text: Begun
    readers: PublicIds


class Explain(Frame, frozen=True):
    conversation: PublicId


class SetStatus(Frame, frozen=True):
    """`until`: seconds until they mean to be back. `chats`: what becomes of theirs when they go offline."""

    status: Literal["online", "finishing", "away", "offline"]
    until: Seconds | None = None
    chats: Chats | None = None
    note: Body | None = None
    cause: StatusCause = "chosen"


class SetNotice(Frame, frozen=True):
    """`text` stands above the visitor's text box; empty takes it away."""

    site: PublicId
    text: Line


class Pause(Frame, frozen=True):
    """No new chats for `until` seconds; visitors read `text`."""

    site: PublicId
    text: Line
    until: Seconds | None = None


class ResumeChats(Frame, frozen=True):
    site: PublicId
