"""One batch of the journal as one transaction: rows, repetitions, permission, entries, marks."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from support_chat.desk.columns import Columns
from support_chat.desk.errors import Closed, IdReused, NotAllowed, NotFound
from support_chat.desk.events import Read, encoded
from support_chat.desk.given import listed, rows_of
from support_chat.desk.inbox import tell_rows
from support_chat.desk.lines import Draft, Kept
from support_chat.desk.log import append
from support_chat.desk.message_rows import hold_for_messages
from support_chat.desk.models import Conversation, Entry
from support_chat.desk.once import asked
from support_chat.desk.posting import Mark, Outcome, Posted, Posting, Reopening
from support_chat.desk.telling import Telling
from support_chat.live.news import News
from support_chat.live.refusals import Refused

_Key = tuple[int, str, str, UUID]
_WRITTEN = Posted(position=0, visible=0, at=datetime.fromtimestamp(0, UTC))  # its place is known later


def write(works: Sequence[Posting | Mark], *, patient: bool = False) -> list[Outcome]:
    """Write what may be written; the outcome of each, in the order given.

    A posting whose row is held by another transaction has no outcome, unless `patient`: then the row
    is waited for.
    """
    postings = [work for work in works if isinstance(work, Posting)]
    with Telling() as telling:
        outcomes = iter(_post(telling, postings, patient))
        _mark(telling, [work for work in works if isinstance(work, Mark)])
    return [next(outcomes) if isinstance(work, Posting) else None for work in works]


def _post(telling: Telling, postings: Sequence[Posting], patient: bool) -> list[Outcome]:
    if not postings:
        return []
    for posting in postings:
        posting.asked = asked("post_message", posting.body)
    rows = hold_for_messages({posting.conversation for posting in postings}, wait=patient)
    known = _known(postings)
    drafts: dict[_Key, Draft] = {}
    decided = [_decided(posting, rows.conversations, known, drafts, patient) for posting in postings]
    if drafts:
        lines = append(telling, list(drafts.values()), now=rows.now)
        known.update(zip(drafts, lines, strict=True))
        moved = {draft.conversation.pk: draft.conversation for draft in drafts.values()}
        tell_rows(telling, moved.values(), now=rows.now, seen=rows.seen)
    return [
        _posted(known[_key(posting)]) if outcome is _WRITTEN else outcome
        for posting, outcome in zip(postings, decided, strict=True)
    ]


def _known(postings: Sequence[Posting]) -> dict[_Key, Kept]:
    """What these client_ids have made already, each looked up by its whole key: a log may be long."""
    given = rows_of(conversation="bigint", role="text", author="text", client="uuid")
    keys = [(*key, client_id.hex) for *key, client_id in map(_key, postings)]
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN[connection.vendor].format(given=given), [listed(keys)])
        entries: list[Entry] = [_made.instance(values) for values in cursor.fetchall()]
    return {(e.conversation_id, e.author_role, e.author_id, e.client_id): e for e in entries if e.client_id}


_made = Columns(
    Entry,
    [*("conversation", "author_role", "author_id", "client_id"), *("asked", "position", "visible", "at")],
)
_BY_KEY = (
    "desk_entry e WHERE e.conversation_id = conversation AND e.author_role = role AND e.author_id = author "
    "AND e.client_id = client"
)
_KNOWN = {  # one look into an index for each key, whatever else a planner might think of
    "sqlite": f"SELECT {_made.of('e')} FROM {{given}} CROSS JOIN {_BY_KEY}",
    "postgresql": f"""
        SELECT {_made.of("e")} FROM {{given}} given CROSS JOIN LATERAL (SELECT * FROM {_BY_KEY} LIMIT 1) e""",
}


def _decided(
    posting: Posting,
    rows: dict[int, Conversation],
    known: dict[_Key, Kept],
    drafts: dict[_Key, Draft],
    patient: bool,
) -> Outcome:
    """_WRITTEN when it is, or is now going to be, in the log."""
    key, row = _key(posting), rows.get(posting.conversation)
    if row is None:
        return NotFound() if patient else None
    repeated = known.get(key) or drafts.get(key)
    try:
        if repeated is not None:
            _same(repeated, posting)
            return _WRITTEN
        _may(posting, row)
    except (Refused, Reopening) as refusal:
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


def _same(repeated: Kept | Draft, posting: Posting) -> None:
    if repeated.asked != posting.asked:
        raise IdReused


def _may(posting: Posting, row: Conversation) -> None:
    """Only its visitor and its owner write in a chat; to a closed one its visitor, who may reopen it."""
    if posting.visitor is not None:
        if row.visitor_id != posting.visitor:
            raise NotFound
        if row.state == "closed":
            raise Reopening
    elif row.state == "closed":
        raise Closed
    elif row.owner_id != posting.owner:
        raise NotAllowed


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
    with connection.cursor() as cursor:
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
