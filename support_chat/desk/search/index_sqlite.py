"""The index in SQLite: FTS5, by the keys of what it is of."""

from typing import Final

from support_chat.desk.search.index_tables import CHANGED, ENTRIES, KINDS, KNOWN, PENDING, VISITORS

_FTS5: Final = """CREATE VIRTUAL TABLE {table} USING
    fts5(words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"""
_FILES: Final = """(SELECT group_concat(
    CASE type WHEN 'object' THEN json_extract(value, '$.name') END, ' ') FROM json_each(text, '$.files'))"""
_SAID: Final = f"""CASE WHEN json_valid(text) THEN trim(coalesce(json_extract(text, '$.text'), '')
    || ' ' || coalesce(json_extract(text, '$.comment'), '')
    || ' ' || coalesce({_FILES}, '')) ELSE '' END"""
_OLDEST: Final = f"(SELECT entry_id FROM {PENDING} ORDER BY entry_id LIMIT %s)"
_TO_DO: Final = f"INSERT OR IGNORE INTO {PENDING} (entry_id) VALUES (NEW.entry_id)"
_DONE: Final = f"DELETE FROM {PENDING} WHERE entry_id = OLD.entry_id"
_SAID_NO_MORE: Final = f"DELETE FROM {ENTRIES} WHERE rowid = OLD.entry_id"
_WHO: Final = f"""INSERT OR REPLACE INTO {VISITORS} (rowid, words)
    SELECT visitor.id, visitor.name || ' ' || full_name || ' ' || email || ' ' || subject
    || ' ' || coalesce(json_extract(claimed, '$.name'), '')
    || ' ' || coalesce(json_extract(claimed, '$.email'), '')
    || ' ' || coalesce((SELECT group_concat(DISTINCT reply_to) FROM desk_conversation
        WHERE visitor_id = visitor.id), '')
    FROM desk_visitor visitor"""


def _anew(key: str) -> str:
    """A visitor, as is known of them by now."""
    return f"DELETE FROM {VISITORS} WHERE rowid = {key}; {_WHO} WHERE visitor.id = {key}"


# By name: after what, where it matters, and what is done.
_TRIGGERS: Final = {
    "found_when_said": ("INSERT ON desk_entrybody", "true", _TO_DO),
    "found_when_blanked": ("UPDATE OF text ON desk_entrybody", "true", f"{_SAID_NO_MORE}; {_TO_DO}"),
    "found_no_more": ("DELETE ON desk_entrybody", "true", f"{_SAID_NO_MORE}; {_DONE}"),
    "found_when_they_come": ("INSERT ON desk_visitor", "true", _anew("NEW.id")),
    "found_as_they_are": (f"UPDATE OF {KNOWN} ON desk_visitor", CHANGED, _anew("NEW.id")),
    "found_gone": ("DELETE ON desk_visitor", "true", f"DELETE FROM {VISITORS} WHERE rowid = OLD.id"),
    "found_by_address": ("INSERT ON desk_conversation", "NEW.reply_to <> ''", _anew("NEW.visitor_id")),
    "found_by_new_address": (
        "UPDATE OF reply_to, visitor_id ON desk_conversation",
        "NEW.reply_to <> ''",
        _anew("NEW.visitor_id"),
    ),
}
MADE: Final = [
    f"CREATE TABLE {PENDING} (entry_id integer PRIMARY KEY)",
    _FTS5.format(table=ENTRIES),
    _FTS5.format(table=VISITORS),
    *(
        f"CREATE TRIGGER {name} AFTER {event} WHEN {where} BEGIN {does}; END"
        for name, (event, where, does) in _TRIGGERS.items()
    ),
]
BRING_IN: Final = [
    f"""INSERT OR REPLACE INTO {ENTRIES} (rowid, words) SELECT entry_id, {_SAID} FROM desk_entrybody
    WHERE entry_id IN {_OLDEST} AND text <> ''
    AND EXISTS (SELECT 1 FROM desk_entry WHERE id = entry_id AND kind IN {KINDS})""",
    f"DELETE FROM {PENDING} WHERE entry_id IN {_OLDEST}",
]
VISITORS_THERE: Final = f"{_WHO} WHERE visitor.id >= %s AND visitor.id < %s"
UNMADE: Final = [
    *(f"DROP TRIGGER {name}" for name in _TRIGGERS),
    f"DROP TABLE {PENDING}",
    f"DROP TABLE {ENTRIES}",
    f"DROP TABLE {VISITORS}",
]
