"""The protocol's client for Python programs: bots, the replay, benches and tests.

    async with VisitorClient("wss://chat.example/ws/visitor", site="KEY") as visitor:
        chat = await visitor.start_conversation("Where is my order?")
        async for entry in visitor.entries(chat):
            print(entry["author"]["role"], entry["body"])

It comes back by itself after every loss, posts each message once however often it had to be sent,
and hands over each entry once, in order. It knows the wire alone: no Django, no database.
"""

from .chat import ChatClient, Entry, Event
from .errors import ClientError, EndedError, LostError, RefusedError
from .link import Link
from .message_log import MessageLog
from .outbox import Outbox
from .returning import Backoff
from .staff import StaffClient
from .visitor import VisitorClient

__all__ = [
    "Backoff",
    "ChatClient",
    "ClientError",
    "EndedError",
    "Entry",
    "Event",
    "Link",
    "LostError",
    "MessageLog",
    "Outbox",
    "RefusedError",
    "StaffClient",
    "VisitorClient",
]
