"""What the desk refuses, as one family.

Refused                 live/refusals.py: code, words, retry, after
 ├─ NotFound            gone, never there, foreign or not for you: one answer
 ├─ UnknownSite         no site has this key
 ├─ UnknownToken        wrong, ended or revoked
 ├─ NotAllowed          you know it, and may not do this to it
 ├─ Changed             it is not as you expected; carries how it is
 ├─ IdReused            this client_id was used with other content
 ├─ Closed              the chat is over; start a new one
 ├─ AtCapacity          the agent holds as many chats as they may
 └─ TooManyOpen         this socket hears as many chats as it may: leave one
"""

from collections.abc import Mapping
from typing import Any

from support_chat.live.refusals import NotAllowed, NotFound, Refused, UnknownToken

__all__ = [
    "AtCapacity",
    "Changed",
    "Closed",
    "IdReused",
    "NotAllowed",
    "NotFound",
    "TooManyOpen",
    "UnknownSite",
    "UnknownToken",
]


class UnknownSite(Refused):
    code = "unknown_site"
    message = "No site has this key."


class Changed(Refused):
    code = "changed"
    message = "It has changed meanwhile."

    def __init__(self, *, state: str, agent: Mapping[str, Any] | None) -> None:
        super().__init__(state=state, agent=agent)


class IdReused(Refused):
    code = "id_reused"
    message = "This client_id was used with other content."


class Closed(Refused):
    code = "closed"
    message = "This chat is over."


class AtCapacity(Refused):
    code = "at_capacity"
    message = "This agent holds as many chats as they may."


class TooManyOpen(Refused):
    code = "too_many_open"
    message = "Too many chats are open here. Leave one first."
