"""What a site's masks would have hidden in its last chats, before they are set."""

from dataclasses import dataclass
from typing import Final

from support_chat.desk.bodies import body_of
from support_chat.desk.masking import WORDS, hidden_in
from support_chat.desk.masks import Masks
from support_chat.desk.models import Conversation, Entry, Site

CHATS: Final = 100
ENTRIES: Final = 10_000  # the newest of them: a chat may be long
AROUND: Final = 40  # characters to each side of what would be hidden
SHOWN: Final = 50  # pieces


@dataclass(frozen=True, slots=True)
class Piece:
    """What would be hidden, `kind` "card", "iban" or "own", between what stands around it."""

    conversation: str  # by public id
    before: str
    hidden: str
    after: str
    kind: str


@dataclass(frozen=True, slots=True)
class Trial:
    """`chats` were looked at; in `concerned` of them something would be hidden, `count` pieces in all."""

    chats: int
    concerned: int
    count: int
    pieces: list[Piece]


def tried_on_last_chats(site: Site, masks: Masks) -> Trial:
    newest = Conversation.objects.filter(site=site).order_by("-pk").values_list("pk", "public_id")
    chats = dict(newest[:CHATS])
    entries = Entry.objects.filter(conversation__in=chats, kind__in=("message", "note"))
    pieces = [
        piece
        for entry in entries.select_related("body").order_by("-pk")[:ENTRIES]
        for piece in _pieces(chats[entry.conversation_id], entry, masks)
    ]
    concerned = len({piece.conversation for piece in pieces})
    return Trial(len(chats), concerned, len(pieces), pieces[:SHOWN])


def _pieces(chat: str, entry: Entry, masks: Masks) -> list[Piece]:
    body = body_of(entry)
    return [
        piece_of(text, each.start, each.end, each.kind, conversation=chat)
        for text in (body.get(name) for name in WORDS)
        if isinstance(text, str)
        for each in hidden_in(text, masks)
    ]


def piece_of(text: str, start: int, end: int, kind: str, *, conversation: str = "") -> Piece:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Piece(conversation, before, text[start:end], after, kind)
