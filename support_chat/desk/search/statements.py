"""The statements of a search: keys of what is found, the newest first, from a key on.

PostgreSQL finds a rare word by its index at once, but reads every place of a common one before it knows the
newest; walking back from the newest finds common words at once, and rare ones never. So the newest WALK
entries are walked first; what that does not fill is asked of the index, if by PostgreSQL's own estimate that
has few places to read. Else the walk goes on for a moment, and the answer says where it stopped. FTS5 keeps
the places of a word in order and needs none of this.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from django.db import connection

from support_chat.desk.given import THESE, these
from support_chat.desk.models import Site
from support_chat.desk.search.index import ENTRIES, VISITORS
from support_chat.desk.search.matching import fts5, tsquery
from support_chat.desk.search.operators import Part, conditions
from support_chat.desk.search.query import Query
from support_chat.desk.search.when import highest_of, lowest_of
from support_chat.desk.vendor import SQLITE

WALK: Final = 10_000  # entries, or chats or visitors, that are looked at one by one: some 20 ms
DENSE: Final = 30_000  # places that the index has to read, at most: some 100 ms
LONGEST_STEP: Final = 40_000  # entries
GOES_ON: Final = 0.08  # seconds that a walk goes on
NEWEST: Final = (1 << 63) - 1
OPEN: Final = {"open", "queued", "active"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search with who may find what: by pks, `queues` whole and `chats` beside them."""

    query: Query
    sites: Sequence[Site]
    queues: Sequence[int]
    chats: Sequence[int]
    before: int = NEWEST

    @property
    def at_open_chats(self) -> bool:
        """There are few of them, and they are known by an index."""
        return bool(self.query.values("is") & OPEN)


@dataclass(frozen=True, slots=True)
class Keys:
    found: list[int]
    older: int | None  # before which a next page begins; None at the end


def entries(asked: Asked, limit: int) -> Keys:
    """Entries that hold every word and fulfil every condition."""
    if SQLITE:
        return _page(_streamed(asked, limit + 1), limit)
    if asked.at_open_chats:
        return _page(_in_open_chats(asked, limit + 1), limit)
    floor = _floor_of_entries(asked, asked.before, WALK)
    found = _walked(asked, (floor, asked.before), limit + 1)
    if len(found) > limit or not floor:
        return _page(found, limit)
    if asked.query.wanted and _estimated(asked, ENTRIES) <= DENSE:
        return _page(found + _indexed(asked, floor, limit + 1 - len(found)), limit)
    return _walked_on(asked, found, floor, limit)


def _walked_on(asked: Asked, found: list[int], floor: int, limit: int) -> Keys:
    """Further back by ever longer steps, as far as a moment lasts; from the days on that are asked for."""
    until, step = monotonic() + GOES_ON, WALK
    end, top = lowest_of(asked.query), min(floor, highest_of(asked.query))
    while len(found) <= limit and top > end and monotonic() < until:
        step = min(2 * step, LONGEST_STEP)
        floor = _floor_of_entries(asked, top, step)
        found += _walked(asked, (floor, top), limit + 1 - len(found))
        top = floor
    return _page(found, limit, top if top > end else 0)


def chats(asked: Asked, limit: int) -> Keys:
    """Conversations that fulfil every condition, where no words are looked for."""
    floor = 0 if SQLITE or asked.at_open_chats else _floor_of_chats(asked)
    where, values = _where(asked, "c.last_at")
    statement = f"""SELECT c.id FROM desk_conversation c WHERE c.id >= %s AND c.id < %s AND {where}
        ORDER BY c.id DESC LIMIT %s"""
    found = _keys(statement, [floor, asked.before, *values, limit + 1])
    return _page(found, limit, floor)


def people(asked: Asked, limit: int) -> list[tuple[int, int]]:
    """Visitors who are found by what is known of them, each with the newest of their chats to read."""
    if SQLITE:
        found = f"SELECT rowid AS id FROM {VISITORS} WHERE {VISITORS} MATCH %s ORDER BY rowid DESC"
        return _with_chats(asked, (found, [fts5(asked.query.wanted)]), limit)
    given = [_wanted(asked), _sites(asked)]
    newest = _with_chats(asked, (_NEWEST_VISITORS, given), limit)
    if len(newest) == limit or _estimated(asked, VISITORS) > DENSE:
        return newest
    return _with_chats(asked, (_EVERY_VISITOR, given), limit)


def _with_chats(asked: Asked, visitors: Part, limit: int) -> list[tuple[int, int]]:
    (found, given), (where, values) = visitors, _where(asked, "c.last_at")
    statement = f"""SELECT id, chat FROM (SELECT v.id, (SELECT c.id FROM desk_conversation c
        WHERE c.visitor_id = v.id AND {where} ORDER BY c.id DESC LIMIT 1) AS chat
        FROM ({found}) found CROSS JOIN desk_visitor v WHERE v.id = found.id) people
        WHERE chat IS NOT NULL ORDER BY id DESC LIMIT %s"""
    return [(row[0], row[1]) for row in _rows(statement, [*values, *given, limit])]


def _page(found: list[int], limit: int, floor: int = 0) -> Keys:
    """What was not looked at yet, below the floor, may hold more."""
    if len(found) > limit:
        return Keys(found[:limit], found[limit - 1])
    return Keys(found, floor or None)


# ---------------------------------------------------------------------------------------------------- parts

_JOINED: Final = """SELECT e.id FROM {found} found
CROSS JOIN desk_entry e CROSS JOIN desk_conversation c
WHERE e.id = found.{key} AND c.id = e.conversation_id AND {where} ORDER BY found.{key} DESC LIMIT %s"""


def _where(asked: Asked, at: str) -> Part:
    """Who may find it, and what they want of it."""
    parts = [_readable(asked), *conditions(asked.query, asked.sites, at=at)]
    return " AND ".join(text for text, _ in parts), [value for _, values in parts for value in values]


def _readable(asked: Asked) -> Part:
    return f"(c.queue_id {THESE} OR c.id {THESE})", [these(asked.queues), these(asked.chats)]


def _rows(statement: str, values: Iterable[Any]) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        rows: list[Sequence[Any]] = cursor.fetchall()
    return rows


def _keys(statement: str, values: Iterable[Any]) -> list[int]:
    return [row[0] for row in _rows(statement, values)]


# --------------------------------------------------------------------------------------------------- SQLite


def _streamed(asked: Asked, limit: int) -> list[int]:
    where, values = _where(asked, "e.at")
    matches: list[Part] = [("found.rowid < %s", [asked.before])]
    if asked.query.wanted:
        matches.append((f"{ENTRIES} MATCH %s", [fts5(asked.query.wanted)]))
    if asked.query.unwanted:
        without = fts5(asked.query.unwanted, every=False)
        matches.append((f"e.id NOT IN (SELECT rowid FROM {ENTRIES} WHERE {ENTRIES} MATCH %s)", [without]))
    text = " AND ".join(text for text, _ in matches)
    statement = _JOINED.format(found=f"{ENTRIES} AS", key="rowid", where=f"{text} AND {where}")
    return _keys(statement, [value for _, each in matches for value in each] + [*values, limit])


# ----------------------------------------------------------------------------------------------- PostgreSQL

# Each is fenced by OFFSET 0, so that no estimate turns one way into the other.
_RECENT: Final = f"""(SELECT entry_id FROM (SELECT entry_id, words FROM {ENTRIES}
WHERE site_id {THESE} AND entry_id >= %s AND entry_id < %s OFFSET 0) recent
WHERE {{matches}} ORDER BY entry_id DESC OFFSET 0)"""
_INDEXED: Final = f"""(SELECT entry_id FROM (SELECT entry_id, site_id FROM {ENTRIES}
WHERE {{matches}} OFFSET 0) every
WHERE site_id {THESE} AND entry_id < %s ORDER BY entry_id DESC OFFSET 0)"""
_IN_OPEN: Final = f"""SELECT e.id FROM desk_conversation c JOIN desk_entry e ON e.conversation_id = c.id
JOIN {ENTRIES} found ON (found.site_id, found.entry_id) = (c.site_id, e.id)
WHERE {{matches}} AND e.id < %s AND {{where}} ORDER BY e.id DESC LIMIT %s"""
_NEWEST_VISITORS: Final = f"""SELECT visitor_id AS id FROM (SELECT visitor_id, site_id, words FROM {VISITORS}
ORDER BY visitor_id DESC LIMIT {WALK}) newest
WHERE words @@ to_tsquery('simple', %s) AND site_id {THESE} ORDER BY visitor_id DESC OFFSET 0"""
_EVERY_VISITOR: Final = f"""SELECT visitor_id AS id FROM (SELECT visitor_id, site_id FROM {VISITORS}
WHERE words @@ to_tsquery('simple', %s) OFFSET 0) every
WHERE site_id {THESE} ORDER BY visitor_id DESC OFFSET 0"""
_FLOOR_OF_ENTRIES: Final = f"""SELECT entry_id FROM unnest(%s::bigint[]) site CROSS JOIN LATERAL
(SELECT entry_id FROM {ENTRIES} WHERE site_id = site AND entry_id < %s ORDER BY entry_id DESC LIMIT %s) one
ORDER BY entry_id DESC OFFSET %s LIMIT 1"""

_FLOOR_OF_CHATS: Final = f"""SELECT id FROM desk_conversation WHERE site_id {THESE} AND id < %s
ORDER BY id DESC OFFSET %s LIMIT 1"""


def _wanted(asked: Asked) -> str:
    return tsquery(asked.query.wanted, asked.query.unwanted)


def _matches(asked: Asked, words: str) -> Part:
    if not asked.query.terms:
        return "true", []
    return f"{words} @@ to_tsquery('simple', %s)", [_wanted(asked)]


def _walked(asked: Asked, span: tuple[int, int], limit: int) -> list[int]:
    """From a key on, up to and without another."""
    matches, words = _matches(asked, "words")
    return _joined(asked, _RECENT.format(matches=matches), [_sites(asked), *span, *words], limit)


def _indexed(asked: Asked, floor: int, limit: int) -> list[int]:
    matches, words = _matches(asked, "words")
    return _joined(asked, _INDEXED.format(matches=matches), [*words, _sites(asked), floor], limit)


def _joined(asked: Asked, found: str, given: Sequence[Any], limit: int) -> list[int]:
    where, values = _where(asked, "e.at")
    return _keys(_JOINED.format(found=found, key="entry_id", where=where), [*given, *values, limit])


def _in_open_chats(asked: Asked, limit: int) -> list[int]:
    where, values = _where(asked, "e.at")
    matches, words = _matches(asked, "found.words")
    return _keys(_IN_OPEN.format(matches=matches, where=where), [*words, asked.before, *values, limit])


def _sites(asked: Asked) -> str:
    return these([site.pk for site in asked.sites])


def _estimated(asked: Asked, table: str) -> int:
    """How many places the index would have to read, by what PostgreSQL knows of its words."""
    statement = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {table} WHERE words @@ to_tsquery('simple', %s)"
    told = _rows(statement, [_wanted(asked)])[0][0]
    plan = json.loads(told) if isinstance(told, str) else told
    return int(plan[0]["Plan"]["Plan Rows"])


def _floor_of_entries(asked: Asked, before: int, steps: int) -> int:
    """The key of the last entry that so many steps back lead to; 0 where that is all."""
    return next(iter(_keys(_FLOOR_OF_ENTRIES, [_sites(asked), before, steps, steps - 1])), 0)


def _floor_of_chats(asked: Asked) -> int:
    return next(iter(_keys(_FLOOR_OF_CHATS, [_sites(asked), asked.before, WALK - 1])), 0)
