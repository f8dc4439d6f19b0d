"""Messages and read marks that wait to be written, and what becomes of them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from support_chat.desk.lines import Author
from support_chat.live.refusals import Refused
from support_chat.live.traces import Trace
from support_chat.live.turns import Turns


@dataclass(slots=True, kw_only=True)
class Posting:
    """One message on its way into the log.

    `owner` is the agent who must hold the chat, for what an agent posts; `visitor` the visitor whose
    chat it must be, for what a visitor posts; `seen` up to where an agent has seen the chat, where they say
    so (see crossing.py). `turns` keeps the order of the socket it came from.
    """

    conversation: int
    author: Author
    client_id: UUID
    body: str
    attachments: tuple[str, ...] = ()  # public ids of files that come with it
    owner: int | None = None
    visitor: int | None = None
    seen: int | None = None
    name: str = ""  # the conversation's public id, by which `turns` knows it
    turns: Turns | None = None
    trace: Trace | None = None
    asked: str = field(default="", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Where a message stands: committed."""

    position: int
    visible: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One side has read a conversation up to a position, counted for staff."""

    conversation: int
    role: str  # "visitor" or "agent"
    position: int
    visible: int
    seen: int


class Apart(Exception):
    """Not refused: it takes an action of its own, in its turn. See actions."""


class Reopening(Apart):
    """The chat is closed or idle, and what a visitor writes may bring it back."""


class WithFiles(Apart):
    """Files come with it, whose rows the journal does not hold."""


Outcome = Posted | Refused | Apart | None  # None: its row is held by somebody else, ask again
