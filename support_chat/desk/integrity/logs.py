"""Every log read again from its first entry, and its conversation's row recomputed from it.

Servers may write meanwhile: a row is read before its entries, and what stands in a log up to a row's
position never changes.
"""

import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from django.db.models import F

from support_chat.desk.audiences import SHOWN, STATES
from support_chat.desk.chains import digest
from support_chat.desk.integrity.mending import mend
from support_chat.desk.integrity.report import Findings
from support_chat.desk.models import Conversation, Entry
from support_chat.desk.projection import BELONGS, MOVED, SAID, project

CHATS_AT_ONCE: Final = 100  # conversations a query
ENTRIES_AT_ONCE: Final = 500  # rows fetched from the database at once

BODIES = "every entry has its body, and the body its digest"
POSITIONS = "positions run 1, 2, 3 without gaps"
VISIBLE = "the visitor's count runs without gaps"
KINDS = "an entry is shown exactly where its kind is for visitors"
STAFF_CHAIN = "the staff's hash chain holds"
VISIBLE_CHAIN = "the visitor's hash chain holds"
COUNTS = "the running counts of messages are right"
TIMES = "times in a log never run backwards"
ONCE = "a client_id made one entry"
BEYOND = "no entry lies beyond its chat's row"
ROWS = "every chat's row follows from its log"
MENDED = "rows that follow from their logs again"
IN_LOGS: Final = (
    BODIES,
    POSITIONS,
    VISIBLE,
    KINDS,
    STAFF_CHAIN,
    VISIBLE_CHAIN,
    COUNTS,
    TIMES,
    ONCE,
    BEYOND,
    ROWS,
)

# What `project` recomputes; the queue and the owners are compared by the ids that the log knows.
_COLUMNS: Final = (*SAID, *MOVED)


def check_logs(findings: Findings, *, mends: bool = False) -> None:
    """Walks through all conversations by id, a chunk at a time; `mends` rows that do not follow."""
    for invariant in IN_LOGS:
        findings.looked(invariant, 0)
    rows = Conversation.objects.select_related(*BELONGS).order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHATS_AT_ONCE]):
        _check_chunk(chunk, findings, mends=mends)
        last = chunk[-1].pk


def _check_chunk(chunk: list[Conversation], findings: Findings, *, mends: bool) -> None:
    walks = {row.pk: Walk(row, findings, mends=mends) for row in chunk}
    beyond: dict[int, int] = {}
    entries = Entry.objects.filter(conversation__in=list(walks)).order_by("conversation", "position")
    said = entries.annotate(said=F("body__text"), salt=F("body__salt"))
    for entry in said.iterator(ENTRIES_AT_ONCE):
        if entry.position <= walks[entry.conversation_id].row.position:
            walks[entry.conversation_id].see(entry)
        else:
            beyond[entry.conversation_id] = entry.position
    for walk in walks.values():
        walk.compare_row()
    _check_beyond(findings, chunk, beyond)


def _check_beyond(findings: Findings, chunk: list[Conversation], beyond: dict[int, int]) -> None:
    """Entries that came after their rows were read: by now the rows must have followed."""
    now = dict(Conversation.objects.filter(pk__in=list(beyond)).values_list("pk", "position"))
    for row in chunk:
        holds = beyond.get(row.pk, 0) <= now.get(row.pk, row.position)
        findings.note(BEYOND, holds=holds, where=f"chat {row.public_id}")


@dataclass(slots=True)
class ByIds:
    """What a row names by key, followed through its log by public ids. As log.py does it."""

    queue: str | None = None
    wanted_queue: str | None = None
    owner: str | None = None
    last_owner: str | None = None
    offered_to: str | None = None

    def see(self, kind: str, body: dict[str, Any], *, state: str) -> None:
        """An entry of this kind, after which the chat is in this state."""
        agent, queue = body.get("agent", {}).get("id"), body.get("queue", self.queue)
        if kind in STATES:
            self.last_owner = self.owner or self.last_owner
            self.owner = agent if kind == "assigned" else None
        if kind in STATES or kind in {"offered", "declined"}:
            self.offered_to = agent if kind == "offered" else None
        if kind == "transferred" and state == "active":
            self.wanted_queue = body.get("queue")
        elif kind in STATES or kind == "transferred":
            self.wanted_queue, self.queue = None, queue


class Walk:
    """One log from its first entry on, and a row made anew from it.

    After each entry the new row takes over what the entry says of itself, so that one break is found
    once, where it is, and not again in all that follows.
    """

    def __init__(self, row: Conversation, findings: Findings, *, mends: bool = False) -> None:
        self.row, self._mends = row, mends
        self._note = findings.note
        self._anew = Conversation(public_id=row.public_id, last_words={})
        self._by_id = ByIds()
        self._before: datetime | None = None
        self._made: set[tuple[str, str, Any]] = set()
        self._words_known = True

    def see(self, entry: Any) -> None:
        """The next entry, annotated with `said` and `salt`, the columns of its body."""
        where = f"chat {self.row.public_id}, entry {entry.position}"
        body = self._body(entry, where)
        fresh = copy.copy(entry)
        project(self._anew, fresh, {"score": self.row.rating} | body if entry.kind == "rated" else body)
        self._by_id.see(entry.kind, body, state=self._anew.state)
        self._compare(entry, fresh, where)
        self._check_once(entry, where)
        self._follow(entry)

    def compare_row(self) -> None:
        """The row of the database against the one made from its log."""
        row = self.row
        made = {name: getattr(self._anew, name) for name in _COLUMNS}
        kept = {name: getattr(row, name) for name in _COLUMNS}
        for name in BELONGS:
            made[name], kept[name] = getattr(self._by_id, name), _id(getattr(row, name))
        if not self._words_known:
            made["last_words"] = kept["last_words"]
        different = [name for name in made if made[name] != kept[name]]
        if self._mends and different and mend(row, {name: made[name] for name in different}):
            self._note(MENDED, holds=True, where="")
        self._note(ROWS, holds=not different, where=f"chat {row.public_id}: {', '.join(different)}")

    def _body(self, entry: Any, where: str) -> dict[str, Any]:
        """What was said, if it is what was digested; {} of what was erased or is not."""
        erased = entry.said == ""
        whole = bool(entry.said) and digest(bytes(entry.salt), entry.said) == entry.digest
        self._note(BODIES, holds=erased or whole, where=where)
        if entry.kind == "message":
            self._words_known = whole
        return dict(msgspec.json.decode(entry.said)) if whole else {}

    def _compare(self, entry: Entry, fresh: Entry, where: str) -> None:
        counts = (entry.visitor_messages, entry.team_messages)
        holds = {
            POSITIONS: entry.position == fresh.position,
            VISIBLE: entry.visible == fresh.visible,
            KINDS: entry.shown == (entry.kind in SHOWN),
            STAFF_CHAIN: entry.chain == fresh.chain,
            VISIBLE_CHAIN: entry.visible_chain == fresh.visible_chain,
            COUNTS: counts == (fresh.visitor_messages, fresh.team_messages),
            TIMES: self._before is None or entry.at >= self._before,
        }
        for invariant, held in holds.items():
            self._note(invariant, holds=held, where=where)

    def _check_once(self, entry: Entry, where: str) -> None:
        if entry.client_id is None:
            return
        made = (entry.author_role, entry.author_id, entry.client_id)
        self._note(ONCE, holds=made not in self._made, where=where)
        self._made.add(made)

    def _follow(self, entry: Entry) -> None:
        anew, self._before = self._anew, entry.at
        anew.position, anew.visible = entry.position, entry.visible
        anew.chain, anew.visible_chain = entry.chain, entry.visible_chain
        anew.visitor_messages, anew.team_messages = entry.visitor_messages, entry.team_messages


def _id(agent: Any) -> str | None:
    return agent.public_id if agent else None
