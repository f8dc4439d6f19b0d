"""A chat as it is read afterwards: its log, printed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

from agents.transcripts.words import line_of, name_of, safe_name, size_in_words
from support_chat.desk.bodies import body_of
from support_chat.desk.models import Conversation, Entry
from support_chat.desk.revisions import revised

CHATS_AT_ONCE: Final = 50  # chats whose entries are held in memory together
ASIDE: Final = frozenset({"note", "whisper"})  # said, and only the team reads it
SAID: Final = frozenset({"message", *ASIDE})
REMOVED: Final = gettext_lazy("This message was removed.")
RELATED: Final = ("site", "queue", "visitor", "owner__user", "last_owner__user")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry. `text` is what was said, byte for byte, or the line of words that stands for it.

    Without notes lines are counted as the visitor counts, so that nothing tells of a note.
    """

    position: int
    kind: str
    role: str
    name: str
    at: datetime  # in the transcript's zone
    text: str
    files: Sequence[Mapping[str, Any]] = ()  # what the entry says of those that came with it

    @property
    def file_words(self) -> Sequence[str]:
        """Each in a few words: what it is called, and how large it is."""
        return [f"{safe_name(each['name'])} ({size_in_words(each['size'])})" for each in self.files]

    @property
    def said(self) -> bool:
        return self.kind in SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    id: str
    site: str
    queue: str
    visitor: str
    agent: str | None  # who had it last
    opened_at: datetime
    closed_at: datetime | None
    zone: str
    rating: int | None = None
    tags: Sequence[str] = field(default_factory=tuple)
    lines: Sequence[Line] = field(default_factory=tuple)


def transcripts(
    chats: Iterable[Conversation], *, zone: tzinfo | None = None, notes: bool = False
) -> Iterator[Transcript]:
    """A transcript of each, in the order given, in bounded memory.

    Times are in `zone`, or in that of each chat's site. What only the team may see, notes among it, is
    left out unless asked for. Fetch the chats with `RELATED`.
    """
    rest = iter(chats)
    while chunk := list(islice(rest, CHATS_AT_ONCE)):
        entries = _entries(chunk, notes)
        for chat in chunk:
            yield _transcript(chat, entries.get(chat.pk, []), zone or ZoneInfo(chat.site.time_zone), notes)


def _entries(chats: Sequence[Conversation], notes: bool) -> dict[int, list[Entry]]:
    rows = Entry.objects.filter(conversation__in=[chat.pk for chat in chats]).select_related("body")
    found: dict[int, list[Entry]] = {}
    for entry in (rows if notes else rows.filter(shown=True)).order_by("conversation", "position"):
        found.setdefault(entry.conversation_id, []).append(entry)
    return found


def _transcript(chat: Conversation, entries: Sequence[Entry], zone: tzinfo, notes: bool) -> Transcript:
    agent, now = chat.owner or chat.last_owner, revised(entries)
    return Transcript(
        id=chat.public_id,
        site=chat.site.name,
        queue=chat.queue.name,
        visitor=safe_name(chat.visitor.called),
        agent=safe_name(agent.user.name) if agent else None,
        opened_at=chat.opened_at.astimezone(zone),
        closed_at=chat.closed_at.astimezone(zone) if chat.closed_at else None,
        zone=str(zone),
        rating=chat.rating,
        tags=tuple(chat.tags),
        lines=tuple(_line(entry, zone, notes, now) for entry in entries),
    )


def _line(entry: Entry, zone: tzinfo, notes: bool, revised: Mapping[int, str | None]) -> Line:
    body = body_of(entry)
    if entry.position in revised:
        body = {"text": revised[entry.position] or str(REMOVED)}
    role, name = entry.author_role, entry.author_name
    said = entry.kind in SAID
    return Line(
        position=entry.position if notes else entry.visible,
        kind=entry.kind,
        role=role,
        name=name_of(role, name),
        at=entry.at.astimezone(zone),
        text=body.get("text", "") if said else line_of(entry.kind, role=role, name=name, body=body),
        files=body.get("files", ()) if said else (),
    )
