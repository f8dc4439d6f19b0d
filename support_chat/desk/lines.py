"""What is written into a log: who wrote, what is asked to be written, and the line that was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from support_chat.desk.models import Agent, Conversation, Entry, Queue
from support_chat.live.traces import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote, as they are called at that moment: the log keeps names, no keys."""

    role: str
    id: str = ""
    name: str = ""
    public_name: str = ""


SYSTEM = Author(role="system")


@dataclass(slots=True, kw_only=True)
class Draft:
    """An entry before it has a place. `conversation` is a row that this transaction holds."""

    conversation: Conversation
    kind: str
    author: Author
    body: Mapping[str, Any] = field(default_factory=dict)
    client_id: UUID | None = None
    asked: str = ""
    owner: Agent | None = None  # with "assigned": who has it now
    offered_to: Agent | None = None  # with "offered": who may take it
    queue: Queue | None = None  # where it is now, or with "transferred" of an active chat is wanted
    moves: bool = False  # a message that does more than be said: it ends idleness, or stands for an agent
    at: datetime | None = None  # of what took place before; None is now
    trace: Trace | None = None  # None: its transaction's


@dataclass(slots=True, kw_only=True)
class Line:
    """An entry that has just been written: all of its row but the key. A model's instance costs more than
    everything else that writing one takes."""

    conversation: Conversation
    conversation_id: int
    kind: str
    shown: bool
    mark: str
    author_role: str
    author_id: str
    author_name: str
    public_name: str
    at: datetime
    client_id: UUID | None
    asked: str
    digest: str
    position: int = 0
    visible: int = 0
    chain: str = ""
    visible_chain: str = ""
    visitor_messages: int = 0
    team_messages: int = 0


Kept = Entry | Line  # an entry of the log, read from it or just written to it
