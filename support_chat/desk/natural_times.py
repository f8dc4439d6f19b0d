"""Moments as people type them, in English or German, whichever their console speaks: "in 2 hours", "20 min",
"tomorrow 9", "monday", "24 dec, 14:30"; "in zwei Stunden", "morgen um 9 Uhr", "nächsten Montag", "halb zehn".

Pure. Hours and minutes count as they pass; days and times of day as the clocks of the given zone show them. A
time that the clocks leave out is the one that they show instead; of one that they show twice, the first that
is still to come.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MORNING: Final = time(9)  # of a day for which no time is said

_UNITS: Final[Mapping[str, tuple[str, ...]]] = {
    "minutes": ("m", "min", "mins", "minute", "minutes", "minuten"),
    "hours": ("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden"),
    "days": ("d", "day", "days", "tag", "tage", "tagen"),
    "weeks": ("w", "week", "weeks", "woche", "wochen"),
}
_UNIT: Final = {word: unit for unit, words in _UNITS.items() for word in words}
_COUNTS: Final = (
    ("a", "an", "one", "ein", "eine", "einem", "einer", "eins"),
    *(("two", "zwei"), ("three", "drei"), ("four", "vier"), ("five", "fünf"), ("six", "sechs")),
    *(("seven", "sieben"), ("eight", "acht"), ("nine", "neun"), ("ten", "zehn"), ("eleven", "elf")),
    ("twelve", "zwölf"),
)
_COUNT: Final = {word: number for number, words in enumerate(_COUNTS, start=1) for word in words}
_PART: Final = (
    rf"\b(\d{{1,4}} ?|(?:{'|'.join(_COUNT)}) )({'|'.join(sorted(_UNIT, key=len, reverse=True))})\b\.?"
)
_SPAN: Final = re.compile(rf"(?:in )?{_PART}(?:(?: and| und)? ?{_PART})*")
_FROM_TODAY: Final = {
    **dict.fromkeys(("today", "heute", "tonight"), 0),
    **dict.fromkeys(("tomorrow", "morgen"), 1),
    **dict.fromkeys(("day after tomorrow", "the day after tomorrow", "übermorgen"), 2),
}
_WEEKDAYS: Final = (
    *(("mon", "monday", "mo", "montag"), ("tue", "tues", "tuesday", "di", "dienstag")),
    *(("wed", "wednesday", "mi", "mittwoch"), ("thu", "thurs", "thursday", "do", "donnerstag")),
    *(
        ("fri", "friday", "fr", "freitag"),
        ("sat", "saturday", "sa", "samstag", "sonnabend"),
        ("sun", "sunday", "so", "sonntag"),
    ),
)
_WEEKDAY: Final = {word: number for number, words in enumerate(_WEEKDAYS) for word in words}
_MONTHS: Final = (
    *(("jan", "january", "januar"), ("feb", "february", "februar"), ("mar", "march", "märz")),
    *(("apr", "april"), ("may", "mai"), ("jun", "june", "juni"), ("jul", "july", "juli"), ("aug", "august")),
    *(("sep", "sept", "september"), ("oct", "october", "okt", "oktober"), ("nov", "november")),
    ("dec", "december", "dez", "dezember"),
)
_MONTH: Final = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words}
_TIMES: Final = {
    **dict.fromkeys(("morning", "in the morning", "früh", "morgens", "vormittag", "vormittags"), MORNING),
    **dict.fromkeys(("noon", "mittag", "mittags"), time(12)),
    **dict.fromkeys(("afternoon", "in the afternoon", "nachmittag", "nachmittags"), time(14)),
    **dict.fromkeys(("evening", "in the evening", "abend", "abends"), time(18)),
}
_CLOCK: Final = re.compile(r"(?:at |um |@ ?)?(\d{1,2})(?:[:.](\d\d))? ?(am|pm|uhr|h|o'clock)?")
# As Germans say it: "halb zehn" is 9:30, "9 Uhr 15" and "viertel nach neun" are 9:15.
_SAID: Final = re.compile(rf"(?:um )?(halb|viertel vor|viertel nach) (\d{{1,2}}|{'|'.join(_COUNT)})(?: uhr)?")
_SAID_FROM: Final = {
    "halb": -30,
    "viertel vor": -15,
    "viertel nach": 15,
}  # minutes from the hour that is named
_UHR: Final = re.compile(r"\b(\d{1,2}) uhr (\d\d)\b")
_DATES: Final = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?: ?(?P<year>\d{4}))?"),
    re.compile(r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)? (?P<word>[^\W\d]+)\.?(?: (?P<year>\d{4}))?"),
    re.compile(r"(?P<word>[^\W\d]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?"),
)
Clock = Callable[[time], datetime | None]  # the moment of a time of day on the day that was said


def moment_of(text: str, *, zone: str, now: datetime) -> datetime | None:
    """The moment, in UTC and later than `now`; None when that is not understood, or over."""
    try:
        here = now.astimezone(ZoneInfo(zone))
        found = _after(_plain(text), here) or _on(_plain(text), here)
    except (KeyError, ValueError, OSError, OverflowError):  # no such zone, or beyond all calendars
        return None
    return found.astimezone(UTC) if found is not None and found > now else None


def _plain(text: str) -> str:
    words = _UHR.sub(r"\1:\2", " ".join(text.lower().replace(",", " ").split()))
    words = re.sub(r"\b(anderthalb|eineinhalb) stunden\b", "90 min", words)
    return re.sub(r"\b(half an hour|(einer )?halben? stunde)\b", "30 min", words)


def _after(text: str, here: datetime) -> datetime | None:
    """So much later."""
    if not _SPAN.fullmatch(text):
        return None
    spans = dict.fromkeys(_UNITS, 0)
    for count, word in re.findall(_PART, text):
        spans[_UNIT[word]] += _COUNT.get(count.strip()) or int(count)
    days = timedelta(days=spans["days"], weeks=spans["weeks"])
    start = _shown(here.date() + days, here.timetz(), here) if days else here
    passed = timedelta(hours=spans["hours"], minutes=spans["minutes"])
    return start.astimezone(UTC) + passed


def _on(text: str, here: datetime) -> datetime | None:
    """On a day, at a time of day: the one may stand before the other, and either alone."""
    words = text.split(" ")
    for cut in range(len(words), -1, -1):
        for day, clock in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            found = _moment(" ".join(day), " ".join(clock), here)
            if found is not None:
                return found
    return None


def _moment(day: str, clock: str, here: datetime) -> datetime | None:
    at = _time(clock) if clock else (time(20) if day == "tonight" else MORNING)
    if at is None or not (day or clock):
        return None
    days = _days(day, here.date(), exact=bool(clock))
    moments = (_shown(each, at, here) for each in days)
    return next((each for each in moments if each > here), None)


def _time(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return _TIMES.get(text) or _said_time(text)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half in {"am", "pm"} and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "pm") if half in {"am", "pm"} else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _said_time(text: str) -> time | None:
    found = _SAID.fullmatch(text)
    if found is None:
        return None
    hour = _COUNT.get(found[2]) or int(found[2])
    minutes = hour * 60 + _SAID_FROM[found[1]]
    return time(minutes // 60, minutes % 60) if 0 <= minutes < 24 * 60 else None


def _days(text: str, today: date, *, exact: bool) -> Iterator[date]:
    """The days that may be meant, the nearest first. `exact`: with a time, this very weekday may be."""
    if not text:
        yield from (today, today + timedelta(days=1))
    elif text in _FROM_TODAY:
        yield today + timedelta(days=_FROM_TODAY[text])
    elif text in {"next week", "nächste woche"}:
        yield today + timedelta(days=7 - today.weekday())
    else:
        yield from _weekday(text, today, exact=exact)
        yield from _date(text, today)


def _weekday(text: str, today: date, *, exact: bool) -> Iterator[date]:
    number = _WEEKDAY.get(re.sub(r"^(on|next|this|am|nächste[nr]?|kommenden|diesen) ", "", text).rstrip("."))
    if number is not None:
        ahead = (number - today.weekday()) % 7
        yield from (today + timedelta(days=ahead + more) for more in (0, 7) if ahead + more or exact)


def _date(text: str, today: date) -> Iterator[date]:
    text = re.sub(r"^(on|am) ", "", text)
    for form in _DATES:
        found = form.fullmatch(text)
        said = found.groupdict() if found else {}
        month = _MONTH.get(said["word"]) if said.get("word") else int(said.get("month") or 0)
        if not said or not month:
            continue
        years = [int(said["year"])] if said["year"] else [today.year, today.year + 1]
        for year in years:
            try:
                yield date(year, month, int(said["day"]))
            except ValueError:  # there is no such day in this year
                continue


def _shown(day: date, at: time, here: datetime) -> datetime:
    """When the clocks show this; of twice, the first that is still to come."""
    shown = datetime.combine(day, at.replace(tzinfo=None), here.tzinfo)
    again = shown.replace(fold=1)
    twice = again.utcoffset() != shown.utcoffset() and again.astimezone(UTC) > shown.astimezone(UTC)
    first = shown.astimezone(UTC)
    return again.astimezone(UTC) if twice and first <= here.astimezone(UTC) else first
