"""What the desk refuses, as one family.

Refused                 live/refusals.py: code, words, retry, after
 ├─ NotFound            gone, never there, foreign or not for you: one answer
 ├─ UnknownSite         no site has this key
 ├─ UnknownToken        wrong, ended or revoked
 ├─ BadIdentity         not signed by this site, or not for now: never says which
 ├─ NotAllowed          you know it, and may not do this to it
 ├─ Changed             it is not as you expected; carries how it is
 ├─ Crossed             somebody else of the team changed the chat since its author looked; carries where
 ├─ NoteChanged         this note is not as you read it; carries how it is
 ├─ IdReused            this client_id was used with other content
 ├─ Blocked             they may not write to this site for a while
 ├─ Closed              the chat is over; start a new one
 ├─ ClosedForNow        no new chats, but messages with an address to answer to; carries why
 ├─ AtCapacity          the agent holds as many chats as they may
 ├─ NotNext             another chat waits before it; carries which
 ├─ Unavailable         whom it is for is not online, or is not of this site
 ├─ TooManyOpen         this socket hears as many chats as it may: leave one
 ├─ BadQuery            what is searched for cannot be understood; carries why and where
 └─ TakesTooLong        a search read for so long that it was given up
"""

from collections.abc import Mapping
from typing import Any

from support_chat.live.refusals import NotAllowed, NotFound, Refused, TooFast, UnknownToken

__all__ = [
    "AtCapacity",
    "BadIdentity",
    "BadQuery",
    "Blocked",
    "Changed",
    "Closed",
    "ClosedForNow",
    "Crossed",
    "IdReused",
    "NotAllowed",
    "NotFound",
    "NotNext",
    "NoteChanged",
    "TakesTooLong",
    "TooFast",
    "TooManyOpen",
    "Unavailable",
    "UnknownSite",
    "UnknownToken",
]


class UnknownSite(Refused):
    code = "unknown_site"
    message = "No site has this key."


class BadIdentity(Refused):
    code = "bad_identity"
    message = "This identity is not, or no longer, valid."


class Changed(Refused):
    code = "changed"
    message = "It has changed meanwhile."

    def __init__(self, *, state: str, agent: Mapping[str, Any] | None) -> None:
        super().__init__(state=state, agent=agent)


class Crossed(Refused):
    code = "crossed"
    message = "Somebody else of the team changed this chat meanwhile."

    def __init__(self, *, position: int) -> None:
        super().__init__(position=position)


class NoteChanged(Refused):
    code = "note_changed"
    message = "This note has changed meanwhile."

    def __init__(self, note: str) -> None:
        super().__init__(note=note)


class IdentityNeeded(Refused):
    code = "identity_needed"
    message = "Chats begin here once the website says who its visitor is."


class IdReused(Refused):
    code = "id_reused"
    message = "This client_id was used with other content."


class Blocked(Refused):
    code = "blocked"
    message = "You cannot write here at the moment."


class Closed(Refused):
    code = "closed"
    message = "This chat is over."


class ClosedForNow(Refused):
    code = "closed_for_now"
    message = "No new chats are taken right now. You may leave a message."
    retry = True

    def __init__(self, *, why: str, after: float | None) -> None:
        super().__init__(after=after, why=why)


class AtCapacity(Refused):
    code = "at_capacity"
    message = "This agent holds as many chats as they may."


class NotNext(Refused):
    code = "not_next"
    message = "Somebody else has waited longer."

    def __init__(self, conversation: str) -> None:
        super().__init__(conversation=conversation)


class Unavailable(Refused):
    code = "unavailable"
    message = "They cannot take a chat now."


class TooManyOpen(Refused):
    code = "too_many_open"
    message = "Too many chats are open here. Leave one first."


class BadQuery(Refused):
    """`at` and `length`, in UTF-16, say which part of what was typed it is about."""

    code = "bad_query"
    message = "This search cannot be understood."

    def __init__(self, *, why: str, at: int, length: int) -> None:
        super().__init__(why=why, at=at, length=length)


class TakesTooLong(Refused):
    code = "takes_too_long"
    message = "This search takes too long. Add a word, a queue or a time."
