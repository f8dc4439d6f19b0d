"""A chat as it is read afterwards: its log, printed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from agents.transcripts.words import line_of, name_of, safe_name
from support_chat.desk.bodies import body_of
from support_chat.desk.models import Conversation, Entry

CHATS_AT_ONCE: Final = 50  # chats whose entries are held in memory together
SAID: Final = frozenset({"message", "note"})
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
    agent = chat.owner or chat.last_owner
    return Transcript(
        id=chat.public_id,
        site=chat.site.name,
        queue=chat.queue.name,
        visitor=safe_name(chat.visitor.name),
        agent=safe_name(agent.user.name) if agent else None,
        opened_at=chat.opened_at.astimezone(zone),
        closed_at=chat.closed_at.astimezone(zone) if chat.closed_at else None,
        zone=str(zone),
        rating=chat.rating,
        tags=tuple(chat.tags),
        lines=tuple(_line(entry, zone, notes) for entry in entries),
    )


def _line(entry: Entry, zone: tzinfo, notes: bool) -> Line:
    body = body_of(entry)
    role, name = entry.author_role, entry.author_name
    said = entry.kind in SAID
    return Line(
        position=entry.position if notes else entry.visible,
        kind=entry.kind,
        role=role,
        name=name_of(role, name),
        at=entry.at.astimezone(zone),
        text=body.get("text", "") if said else line_of(entry.kind, role=role, name=name, body=body),
    )
