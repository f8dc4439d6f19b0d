"""The word that a transaction leaves for the letterbox: which topics, by now at which version."""

from collections.abc import Callable, Sequence
from typing import Final

from support_chat.desk.columns import Columns
from support_chat.desk.given import listed, rows_of
from support_chat.desk.models import Change
from support_chat.desk.prepared import ask
from support_chat.desk.vendor import SQLITE

_COLUMNS: Final = ("writer", "n", "topics", "traces", "at")
_changes = Columns(Change, _COLUMNS)
# WHERE TRUE: without it SQLite takes ON for a part of a join.
_RAISE: Final = f"""
INSERT INTO desk_topic (name, version) SELECT name, 1 FROM {rows_of(name="text")} given WHERE TRUE
ON CONFLICT (name) DO UPDATE SET version = desk_topic.version + 1 RETURNING name, version"""
_LEAVE: Final = f"""
WITH raised AS ({_RAISE}), word AS (
  INSERT INTO desk_change ({", ".join(_COLUMNS)})
  SELECT writer, n, topics || COALESCE((SELECT jsonb_object_agg(name, version) FROM raised), topics),
    traces, at FROM json_populate_recordset(NULL::desk_change, %s::json)
)
SELECT name, version FROM raised"""


def leave_word(change: Change, *, raising: Sequence[str]) -> Callable[[], dict[str, int]]:
    """Raise the versions of these state topics, in this order, and leave word of them beside what the change
    names already. PostgreSQL does it in one statement. The versions, when they are called for."""
    given = [listed([[topic] for topic in raising])]
    if SQLITE:
        versions: dict[str, int] = dict(ask(_RAISE, given)()) if raising else {}
        change.topics |= versions
        _changes.insert([change])
        return lambda: versions
    raised = ask(_LEAVE, [*given, _changes.given([change])])
    return lambda: dict(raised())
