"""What each operator asks of the database: one line each, and all there is to add for another one (beside its
name in query.py and its line in the README).

`e` is the entry and `c` its conversation; `{at}` stands for when it was said. Where whole chats are looked
for there is no entry.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from support_chat.desk.models import Site
from support_chat.desk.search.query import PEOPLE, Condition, Query
from support_chat.desk.tags import tag_of
from support_chat.desk.vendor import SQLITE

Part = tuple[str, list[Any]]  # of a WHERE, with its parameters
Meaning = Callable[[str, Iterable[Site]], Part]

# As User.name has it.
_AGENT: Final = "coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username)"
OF_ENTRIES: Final = frozenset({"from", "has"})  # without words too, they look for messages and not for chats


def conditions(query: Query, sites: Iterable[Site], *, at: str) -> list[Part]:
    return [_part(each, sites, at) for each in query.conditions]


def _part(condition: Condition, sites: Iterable[Site], at: str) -> Part:
    text, values = _MEANINGS[condition.name](condition.value, sites)
    text = text.replace("{at}", at)
    return (f"NOT coalesce(({text}), false)" if condition.without else f"({text})"), values


def _said_by(value: str, sites: Iterable[Site]) -> Part:
    if value.lower() in PEOPLE:
        return "e.author_role = %s", [value.lower()]
    return _named("e.author_name")(value, sites)


def _named(column: str) -> Meaning:
    """Whose name holds this, capitals aside."""
    like = "LIKE" if SQLITE else "ILIKE"

    def meaning(value: str, sites: Iterable[Site]) -> Part:
        return f"{column} {like} %s ESCAPE '!'", [f"%{_literal(value)}%"]

    return meaning


def _literal(value: str) -> str:
    for sign in "!%_":
        value = value.replace(sign, f"!{sign}")
    return value


def _had_by(value: str, sites: Iterable[Site]) -> Part:
    """Who has the chat, or had it last."""
    named, values = _named(_AGENT)(value, sites)
    return (
        f"""coalesce(c.owner_id, c.last_owner_id) IN
        (SELECT a.id FROM desk_agent a JOIN desk_user u ON u.id = a.user_id WHERE {named})""",
        values,
    )


def _in_queue(value: str, sites: Iterable[Site]) -> Part:
    named, values = _named("name")(value, sites)
    return f"c.queue_id IN (SELECT id FROM desk_queue WHERE {named})", values


def _stands(value: str, sites: Iterable[Site]) -> Part:
    states = ("queued", "active") if value == "open" else (value,)
    return " OR ".join(f"c.state = '{state}'" for state in states), []  # as the partial indexes have them


def _tagged(value: str, sites: Iterable[Site]) -> Part:
    sqlite = SQLITE
    tags = "json_each(c.tags)" if sqlite else "jsonb_array_elements_text(c.tags) value"
    return f"EXISTS (SELECT 1 FROM {tags} WHERE lower(value) = %s)", [tag_of(value)]


def _has(value: str, sites: Iterable[Site]) -> Part:
    return "EXISTS (SELECT 1 FROM desk_attachment f WHERE f.entry_id = e.id AND f.state = 'ready')", []


def _before(value: str, sites: Iterable[Site]) -> Part:
    return _by_clock("<", date.fromisoformat(value), sites)


def _after(value: str, sites: Iterable[Site]) -> Part:
    """From that day on: who types a day means to see it."""
    return _by_clock(">=", date.fromisoformat(value), sites)


def _by_clock(sign: str, day: date, sites: Iterable[Site]) -> Part:
    """A day begins when it does on the clocks of the chat's site."""
    parts = [("c.site_id = %s AND {at} " + sign + " %s", [site.pk, _midnight(day, site)]) for site in sites]
    return " OR ".join(f"({text})" for text, _ in parts), [value for _, values in parts for value in values]


def _midnight(day: date, site: Site) -> Any:
    try:
        moment = datetime.combine(day, time(), ZoneInfo(site.time_zone)).astimezone(UTC)
    except OverflowError:  # the first or the last day there is
        moment = datetime.combine(day, time(), UTC)
    return connection.ops.adapt_datetimefield_value(moment)


_MEANINGS: Final[Mapping[str, Meaning]] = {
    "from": _said_by,
    "agent": _had_by,
    "queue": _in_queue,
    "is": _stands,
    "tag": _tagged,
    "before": _before,
    "after": _after,
    "has": _has,
}
