"""Opening hours as people type them: "9-12:30, 13:30-18" for the day, "12-25 closed" for a holiday. Pure.

English and German are read, whichever the page is in; what is written is in the language of the page.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext

Intervals = list[list[str]]

ALL_DAY: Final = ("all day", "ganztags", "ganztägig", "den ganzen tag")
CLOSED: Final = ("", "closed", "geschlossen", "zu")
_TIME: Final = r"(\d{1,2})(?:[:.](\d\d))?(?:\s*uhr)?"
_INTERVAL: Final = re.compile(rf"(?:von\s+)?{_TIME}\s*(?:-|–|—|to|bis)\s*{_TIME}", re.ASCII)
_HOLIDAY: Final = re.compile(r"((?:\d{4}-)?\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:\d{4})?)\s*:?\s*(.*)", re.ASCII)


class Unreadable(ValueError):
    """In words for whoever typed it."""


def read_intervals(text: str) -> Intervals:
    """The intervals of a day; none when it is closed."""
    said = text.strip().lower()
    if said in CLOSED:
        return []
    if said in ALL_DAY:
        return [["00:00", "24:00"]]
    return [_interval(each.strip()) for each in re.split(r"[,;]", said)]


def _interval(text: str) -> list[str]:
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise Unreadable(
            gettext("“%(text)s” is not a time from – to: write 9:00–17:30, or leave it empty.")
            % {"text": text}
        )
    return [_time(*found.groups()[:2]), _time(*found.groups()[2:])]


def _time(hour: str, minute: str | None) -> str:
    return f"{int(hour):02}:{minute or '00'}"


def write_intervals(intervals: Iterable[Sequence[str]]) -> str:
    """What `read_intervals` reads again."""
    pairs = [tuple(pair) for pair in intervals]
    return gettext("all day") if pairs == [("00:00", "24:00")] else ", ".join(f"{a}–{b}" for a, b in pairs)


def read_holidays(text: str) -> list[dict[str, Any]]:
    """One a line: a date, and the hours of that day unless it is closed."""
    return [_holiday(line.strip()) for line in text.splitlines() if line.strip()]


def _holiday(line: str) -> dict[str, Any]:
    found = _HOLIDAY.fullmatch(line)
    if found is None:
        raise Unreadable(
            gettext("“%(line)s” does not begin with a date: write 12-25, or 2026-12-31 9:00–13:00.")
            % {"line": line}
        )
    intervals = read_intervals(found[2])
    return {"date": _date(found[1]), **({"open": intervals} if intervals else {})}


def _date(text: str) -> str:
    """As it is kept, "12-25": also of "25.12."."""
    day, dot, rest = text.partition(".")
    month, _, year = rest.partition(".")
    if not dot:
        return text
    return "-".join([*filter(None, [year]), f"{int(month):02}", f"{int(day):02}"])


def write_holidays(holidays: Iterable[dict[str, Any]]) -> str:
    """What `read_holidays` reads again."""
    return "\n".join(
        f"{each['date']} {write_intervals(each.get('open', [])) or gettext('closed')}" for each in holidays
    )
