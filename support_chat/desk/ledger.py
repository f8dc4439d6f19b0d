"""One batch of the journal as one transaction: rows, repetitions, permission, entries, marks."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from time import monotonic
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError

from support_chat.desk.blocks import unless_blocked
from support_chat.desk.columns import Columns
from support_chat.desk.crossing import unless_crossed
from support_chat.desk.errors import Closed, Crossed, IdReused, NotAllowed, NotFound
from support_chat.desk.events import Read, encoded
from support_chat.desk.given import listed, rows_of
from support_chat.desk.inbox import tell_rows
from support_chat.desk.lines import Draft, Kept
from support_chat.desk.log import append
from support_chat.desk.message_rows import MessageRows, Rows, hold_for_messages
from support_chat.desk.models import Conversation, Entry
from support_chat.desk.once import asked
from support_chat.desk.participants import is_guest
from support_chat.desk.posting import Apart, Mark, Outcome, Posted, Posting, Reopening, WithFiles
from support_chat.desk.prepared import Answer, ask, one_journey, prepared
from support_chat.desk.telling import Telling
from support_chat.desk.vendor import VENDOR
from support_chat.live.news import News
from support_chat.live.refusals import Refused

_Key = tuple[int, str, str, UUID]
LOOKING: Final = 10.0  # seconds for which repeats are looked for, after there was one
_repeats = SimpleNamespace(until=0.0)  # on the monotonic clock
_WRITTEN = Posted(position=0, visible=0, at=datetime.fromtimestamp(0, UTC))  # its place is known later


def write(works: Sequence[Posting | Mark], *, patient: bool = False) -> list[Outcome]:
    """Write what may be written; the outcome of each, in the order given.

    A posting whose row is held by another transaction has no outcome, unless `patient`: then the row
    is waited for. Hardly any is said again: whether one was is looked up where it cannot be written, and,
    since others follow, for some seconds from then on.
    """
    look = patient or monotonic() < _repeats.until
    try:
        return _written(works, patient=patient, look=look)
    except IntegrityError:  # the database keeps each client_id once
        if look:
            raise
        _look_for_a_while()
        return _written(works, patient=patient, look=True)


def _look_for_a_while() -> None:
    _repeats.until = monotonic() + LOOKING


def _written(works: Sequence[Posting | Mark], *, patient: bool, look: bool) -> list[Outcome]:
    postings = [work for work in works if isinstance(work, Posting)]
    with ExitStack() as transaction:
        with one_journey():
            telling = transaction.enter_context(Telling())
            held, made = _asked_for(postings, patient=patient, look=look)
        outcomes = iter(_post(telling, postings, held, made, patient=patient))
        _mark(telling, [work for work in works if isinstance(work, Mark)])
    return [next(outcomes) if isinstance(work, Posting) else None for work in works]


def _asked_for(postings: Sequence[Posting], *, patient: bool, look: bool) -> tuple[Rows, Answer | None]:
    """Their rows, held; and with `look` what was written before."""
    if not postings:
        return MessageRows, None
    held = hold_for_messages({posting.conversation for posting in postings}, wait=patient)
    made = _made_by(postings) if look else None
    for posting in postings:  # the database is at work meanwhile
        posting.asked = asked("post_message", posting.body, *posting.attachments)
    return held, made


def _post(
    telling: Telling, postings: Sequence[Posting], held: Rows, made: Answer | None, *, patient: bool
) -> list[Outcome]:
    rows, known = held(), _known(made()) if made else {}
    decided, drafts = _all_decided(postings, rows, known, patient=patient)
    if made is None and any(isinstance(outcome, Refused | Apart) for outcome in decided):
        _look_for_a_while()
        known = _known(_made_by(postings)())
        decided, drafts = _all_decided(postings, rows, known, patient=patient)
    if drafts:
        telling.last_journey()
        lines = append(telling, list(drafts.values()), now=rows.now)
        known.update(zip(drafts, lines, strict=True))
        moved = {draft.conversation.pk: draft.conversation for draft in drafts.values()}
        tell_rows(telling, moved.values(), now=rows.now, seen=rows.seen)
    return [
        _posted(known[_key(posting)]) if outcome is _WRITTEN else outcome
        for posting, outcome in zip(postings, decided, strict=True)
    ]


def _made_by(postings: Sequence[Posting]) -> Answer:
    """What these client_ids have made already, each looked up by its whole key: a log may be long.

    Planned anew each time: a plan that was made while the logs were short goes through all of a chat's
    entries by another index, which halves the speed within seconds.
    """
    keys = [(*key, client_id.hex) for *key, client_id in map(_key, postings)]
    return ask(_MADE[VENDOR], [listed(keys)], planned=False)


def _known(records: Iterable[Sequence[Any]]) -> dict[_Key, Kept]:
    entries: list[Entry] = list(map(_made.instance, records))
    return {(e.conversation_id, e.author_role, e.author_id, e.client_id): e for e in entries if e.client_id}


_made = Columns(
    Entry,
    [*("conversation", "author_role", "author_id", "client_id"), *("asked", "position", "visible", "at")],
)
_KEYS = rows_of(conversation="bigint", role="text", author="text", client="uuid")
_BY_KEY = (
    "desk_entry e WHERE e.conversation_id = conversation AND e.author_role = role AND e.author_id = author "
    "AND e.client_id = client"
)
_MADE = {  # one look into an index for each key, whatever else a planner might think of
    "sqlite": f"SELECT {_made.of('e')} FROM {_KEYS} CROSS JOIN {_BY_KEY}",
    "postgresql": f"""
        SELECT {_made.of("e")} FROM {_KEYS} given CROSS JOIN LATERAL (SELECT * FROM {_BY_KEY} LIMIT 1) e""",
}


def _all_decided(
    postings: Sequence[Posting], rows: MessageRows, known: dict[_Key, Kept], *, patient: bool
) -> tuple[list[Outcome], dict[_Key, Draft]]:
    """The outcome of each, and what is to be written."""
    drafts: dict[_Key, Draft] = {}
    behind: set[int] = set()
    outcomes = [
        _decided(posting, rows, known, drafts, behind=behind, patient=patient) for posting in postings
    ]
    return outcomes, drafts


def _decided(
    posting: Posting,
    rows: MessageRows,
    known: dict[_Key, Kept],
    drafts: dict[_Key, Draft],
    *,
    behind: set[int],
    patient: bool,
) -> Outcome:
    """_WRITTEN when it is, or is now going to be, in the log. `behind` are the chats in which one with files
    waits for its own action: what comes after it in this batch waits behind it."""
    key, row = _key(posting), rows.conversations.get(posting.conversation)
    if row is None:
        return NotFound() if patient else None
    repeated = known.get(key) or drafts.get(key)
    try:
        if repeated is not None:
            _same(repeated, posting)
            return _WRITTEN
        if row.pk in behind:
            return None
        _may(posting, row, rows.now)
        if posting.seen is not None:
            _unless_crossing(posting, row, drafts)
    except (Refused, Apart) as refusal:
        if isinstance(refusal, WithFiles):
            behind.add(row.pk)
        return refusal
    drafts[key] = Draft(
        conversation=row,
        kind="message",
        author=posting.author,
        body={"text": posting.body},
        client_id=posting.client_id,
        asked=posting.asked,
        trace=posting.trace,
    )
    return _WRITTEN


def _unless_crossing(posting: Posting, row: Conversation, drafts: Iterable[_Key]) -> None:
    """As unless_crossed, of what stands before it in this batch: its places are those that come next."""
    here = [(role, author) for chat, role, author, _ in drafts if chat == row.pk]
    for place, (role, author) in enumerate(here, row.position + 1):
        if role != "visitor" and author != posting.author.id:
            raise Crossed(position=place)


def _same(repeated: Kept | Draft, posting: Posting) -> None:
    if repeated.asked != posting.asked:
        raise IdReused


def _may(posting: Posting, row: Conversation, now: datetime) -> None:
    """Only its visitor, its owner and guests of theirs write in a chat; to a closed or idle one its visitor,
    who may bring it back."""
    if posting.attachments:
        raise WithFiles
    if posting.visitor is not None:
        if row.visitor_id != posting.visitor:
            raise NotFound
        unless_blocked(row.visitor, now)
        if row.state == "closed" or row.idle_at is not None:
            raise Reopening
    elif row.state == "closed":
        raise Closed
    elif row.owner_id != posting.owner and not is_guest(row, posting.author.id):
        raise NotAllowed
    else:
        unless_crossed(row, posting.author, posting.seen)


def _key(posting: Posting) -> _Key:
    return (posting.conversation, posting.author.role, posting.author.id, posting.client_id)


def _posted(entry: Kept) -> Posted:
    return Posted(position=entry.position, visible=entry.visible, at=entry.at)


# Raised by what the visitor can see, so that reading a note leaves no trace in what they hear.
_RAISE = """
INSERT INTO desk_reader (conversation_id, role, position, visible, seen, version)
VALUES (%s, %s, %s, %s, %s, 1)
ON CONFLICT (conversation_id, role) DO UPDATE SET position = excluded.position, visible = excluded.visible,
seen = excluded.seen, version = desk_reader.version + 1
WHERE desk_reader.visible < excluded.visible RETURNING version
"""


def _mark(telling: Telling, marks: Sequence[Mark]) -> None:
    last = {(mark.conversation, mark.role): mark for mark in sorted(marks, key=lambda mark: mark.position)}
    if not last:
        return
    rows = _named({conversation for conversation, _ in last})
    with prepared() as cursor:
        for key in sorted(last):
            mark = last[key]
            cursor.execute(_RAISE, [mark.conversation, mark.role, mark.position, mark.visible, mark.seen])
            raised = cursor.fetchone()
            if raised is not None:
                _tell_read(telling, rows[mark.conversation], mark, version=raised[0])


def _tell_read(telling: Telling, row: Conversation, mark: Mark, *, version: int) -> None:
    """Tell both sides; and what an agent has read, to all their windows, which may have it as a row alone."""
    telling.news([read_news(row, mark, version=version)])
    if mark.role == "agent" and row.owner is not None:
        telling.state(row.owner.topic, {"staff": (_read_by(row, mark),)})


def _named(conversations: Iterable[int]) -> dict[int, Conversation]:
    return Conversation.objects.select_related("owner").in_bulk(list(conversations))


def read_news(row: Conversation, mark: Mark, *, version: int) -> News:
    """A side's read mark as both sides hear it."""
    return News(topic=f"read:{row.public_id}:{mark.role}", version=version, frames=_heard(row, mark))


def _heard(row: Conversation, mark: Mark) -> dict[str, tuple[str, ...]]:
    visitor = Read(conversation=row.public_id, by={"role": mark.role}, position=mark.visible)
    return {"staff": (encoded(_read_by(row, mark)),), "visitor": (encoded(visitor),)}


def _read_by(row: Conversation, mark: Mark) -> Read:
    by = {"role": mark.role}
    return Read(conversation=row.public_id, by=by, position=mark.position, seen=mark.seen)
