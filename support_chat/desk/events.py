"""What can happen, typed as it is told. `encoded` is the only way an event becomes a frame."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


class Event(msgspec.Struct, kw_only=True, omit_defaults=True, tag_field="event", tag=_snake):
    """Told to whoever may hear it, never answered."""


class EntryAdded(Event):
    conversation: str
    entry: Mapping[str, Any]


class ConversationChanged(Event):
    conversation: str
    state: str
    agent: Mapping[str, Any] | None
    position: int


class Read(Event):
    conversation: str
    by: Mapping[str, str]
    position: int
    seen: int = 0  # for staff: visitor messages up to there


class Typing(Event):
    conversation: str
    author: Mapping[str, str]
    typing: bool
    position: int
    mode: str = ""
    preview: str = ""


class DraftChanged(Event):
    """Of the hearer's own draft, whole; told to their windows alone."""

    conversation: str
    mode: str
    text: str
    version: int


class OwnSettingsChanged(Event):
    """Of the hearer's own: their keys by action, for how many seconds they can take back what they send, None
    where they never chose, and whether colleagues may read what they write."""

    keys: Mapping[str, str]
    undo_send: int | None
    share_drafts: bool


class MentionsChanged(Event):
    """Where the hearer is named, the newest first, and how many of it they have not seen."""

    unread: int
    mentions: Sequence[Mapping[str, Any]]


class Viewing(Event):
    """A colleague has this chat before them, or no more. `asks`: who else has, should say so. `shares`: what
    they write may be read. `reads`: they read what the hearer writes."""

    conversation: str
    agent: Mapping[str, Any]
    viewing: bool
    asks: bool = False
    shares: bool = False
    reads: bool = False


class DraftShared(Event):
    """What a colleague whom the hearer reads along with is writing, whole; "" once nothing stands there."""

    conversation: str
    agent: Mapping[str, Any]
    mode: str
    text: str


class QueueMoved(Event):
    """`why`, when the place grew; `about`, when others may be served before who stands before them."""

    conversation: str
    place: int
    of: int
    wait: Mapping[str, int | None] | None
    why: str = ""
    about: bool = False


class AvailabilityChanged(Event):
    """`why` and what goes with it: see availability.py. Times in seconds."""

    available: bool
    why: str
    opens_in: float | None = None
    until: float | None = None
    notice: str = ""
    text: str = ""
    mail: bool = False
    site: str = ""  # for staff


class InboxChanged(Event):
    rows: Sequence[Mapping[str, Any]]


class ConversationLeft(Event):
    conversation: str
    reason: str


class QueueChanged(Event):
    queue: str
    waiting: int
    longest_wait: float | None


class QueueStaffed(Event):
    queue: str
    online: int


class TeammateChanged(Event):
    agent: Mapping[str, Any]


class AgentChanged(Event):
    agent: Mapping[str, Any]


class Offered(Event):
    conversation: str
    expires_in: int


class OfferWithdrawn(Event):
    conversation: str
    reason: str


class Unanswered(Event):
    conversation: str
    agent: Mapping[str, Any]
    waited: float


class ChatsRinging(Event):
    """Chats that nobody has taken: all that ring with the hearer, for `until` seconds at most. None: until
    they are taken. `steps`: by which of its queue's, from 0, each rings since."""

    conversations: Sequence[str]
    steps: Mapping[str, int] = {}
    until: float | None = None


class VisitorChanged(Event):
    """`who` and `note`, when that is what has changed; `zone`, `device` and `referrer` as far as they are
    known."""

    conversation: str
    here: bool
    since: float
    page: str | None
    who: Mapping[str, Any] = {}
    hidden: bool = False
    zone: str = ""
    device: str = ""
    referrer: str = ""
    note: str | None = None


class VisitorsChanged(Event):
    """Who is on a site without a chat, or what became of an invitation: the list is to be asked for again."""

    site: str


class ListsChanged(Event):
    """Some chat of a queue is not as it was: a list in which it may stand is to be asked for again."""

    queue: str


class InvitationChanged(Event):
    """Whether somebody of the team asks the hearer to a chat. None: nobody does any more."""

    invitation: Mapping[str, Any] | None


class ComeAgain(Event):
    """Who this is has changed: hello finds them. The socket is closed next."""


class SignedOut(Event):
    """The secret that this socket came by has ended. The socket is closed next."""


def encoded(event: Event) -> str:
    """The event as the text of one frame."""
    return _encoder.encode(event).decode()
