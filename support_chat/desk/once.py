"""Sending twice is sending once: what a client_id has done already."""

import hashlib
from typing import Final
from uuid import UUID

from support_chat.desk.errors import IdReused
from support_chat.desk.lines import Author
from support_chat.desk.masking import masked
from support_chat.desk.masks import Masks
from support_chat.desk.models import Conversation, Entry, Visitor

_ALL: Final = Masks(iban=True)


def asked(command: str, *content: str | None) -> str:
    """A digest of what is asked, to tell a repetition from another request with the same id. No number of a
    card or a bank account is in it, wherever it is sent."""
    words = "\0".join([command, *("" if each is None else masked(each, _ALL) for each in content)])
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


def earlier(conversation: Conversation, author: Author, client_id: UUID, asked: str) -> Entry | None:
    """The entry this client_id has made already, looked up before state and permission.

    Raises IdReused when it was made by other content.
    """
    entry = Entry.objects.filter(
        conversation=conversation, author_role=author.role, author_id=author.id, client_id=client_id
    ).first()
    return None if entry is None else same(entry, asked)


def same(entry: Entry, asked: str) -> Entry:
    if entry.asked != asked:
        raise IdReused
    return entry


def once_key(visitor: Visitor, client_id: UUID) -> str:
    """The name of what a visitor's client_id makes outside the log: 32 characters, the same each time."""
    return hashlib.blake2b(f"{visitor.pk}\0{client_id}".encode(), digest_size=16).hexdigest()
