"""The protocol's client for Python programs: bots, the replay, benches and tests.

    async with VisitorClient("wss://chat.example/ws/visitor", site="KEY") as visitor:
        chat = await visitor.start_conversation("Where is my order?")
        async for entry in visitor.entries(chat):
            print(entry["author"]["role"], entry["body"])

It comes back by itself after every loss, posts each message once however often it had to be sent,
and hands over each entry once, in order. It knows the wire alone: no Django, no database.
"""

from support_chat.live.client.chat import ChatClient, Event
from support_chat.live.client.errors import ClientError, EndedError, LostError, RefusedError
from support_chat.live.client.link import Link
from support_chat.live.client.message_log import Entry, MessageLog
from support_chat.live.client.outbox import Outbox
from support_chat.live.client.returning import Backoff
from support_chat.live.client.staff import StaffClient
from support_chat.live.client.visitor import VisitorClient

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
