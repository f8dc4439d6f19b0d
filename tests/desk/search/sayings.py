"""Chats with something to find in them."""

from typing import Any
from uuid import uuid4

from support_chat.desk.access import Staff, author_of
from support_chat.desk.database_time import database_now
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Attachment, Conversation
from support_chat.desk.search.finding import search
from support_chat.desk.search.keeping import keep_up
from support_chat.desk.telling import Telling
from tests.desk.people import House, say

Form = dict[str, Any]


def said(shop: House, *texts: str) -> Conversation:
    """A chat of a new visitor, in which they say all this."""
    first, *more = texts
    chat = shop.chat(body=first)
    for text in more:
        say(chat, text)
    return chat


def sent(chat: Conversation, name: str, text: str = "") -> None:
    """The visitor sends a file that was checked."""
    author = author_of(chat.visitor)
    file = {"site": chat.site, "conversation": chat, "name": name, "given_name": name, "client_id": uuid4()}
    row = Attachment(**file, kind="pdf", state="ready", uploader_role=author.role, uploader_id=author.id)
    facts = {"id": row.public_id, "name": name, "type": "application/pdf", "size": 9}
    body = {"text": text, "files": [facts]}
    with Telling() as telling:
        held, _ = lock_conversation(chat.pk)
        draft = Draft(conversation=held, kind="message", author=author, body=body, client_id=uuid4())
        entry = append(telling, [draft], now=database_now())[0]
        row.entry = chat.entries.get(position=entry.position)
        row.save()


def texts(staff: Staff, query: str) -> list[str]:
    """What is found, the newest first."""
    return [each["text"] for each in everything(staff, query)]


def everything(staff: Staff, query: str) -> list[Form]:
    """Page by page to the end, when all is in the index."""
    keep_up()
    found: list[Form] = []
    after: str | None = None
    while True:
        page = search(staff, query, after)
        found += page["found"]
        after = page["after"]
        if after is None:
            return found


def marked(finding: Form) -> list[str]:
    return [finding["text"][at : at + length] for at, length in finding["marks"]]
