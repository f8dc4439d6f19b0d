"""Opening hours: plain data, evaluated when asked. Pure.

    {"week": {"mon": [["09:00", "12:30"], ["13:30", "18:00"]], "fri": [["22:00", "06:00"]]},
     "holidays": [{"date": "12-25"}, {"date": "2026-12-31", "open": [["09:00", "13:00"]]}]}

`week`: by day ("mon" … "sun"), the intervals of [from, to) in local time, HH:MM; a day left out is closed. An
interval that ends at or before its beginning goes on into the next day; "24:00" is the end of the day, and
["00:00", "24:00"] all of it. An interval belongs to the day on which it begins, so that what began on the
evening before goes on into a holiday.

`holidays`: dates with hours of their own, closed without `open`. "12-25" is every year, "02-29" every leap
year; "2026-12-31" is that date alone, and stands before a yearly one.

Where the clock goes forward over a beginning or an end, that is the moment of the change; where it shows a
time twice, a beginning is the first of the two and an end the last. So nobody is shut out earlier, or let in
later, than a clock on the wall says. Zones are IANA's, by `zoneinfo`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext
from msgspec import Meta

from support_chat.desk.invalid import Invalid, converted

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOKS_AHEAD: Final = timedelta(days=400)  # a year with its holidays: what changes later is asked for later
MEETINGS: Final = 50  # openings looked at; hours that miss each other so often never meet

Pair = tuple[str, str]
Intervals = Annotated[tuple[Pair, ...], Meta(max_length=12)]
Span = tuple[datetime, datetime]  # from, to: in UTC


class InvalidHours(Invalid):
    """`where` as in "week.mon[0]", and why."""


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    date: str
    open: Intervals = ()


class Week(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mon: Intervals = ()
    tue: Intervals = ()
    wed: Intervals = ()
    thu: Intervals = ()
    fri: Intervals = ()
    sat: Intervals = ()
    sun: Intervals = ()


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As above. Made by `hours_of` alone, which has looked at every text in it."""

    week: Week = Week()
    holidays: Annotated[tuple[Holiday, ...], Meta(max_length=400)] = ()


def hours_of(value: Any) -> Hours | None:
    """Hours from their JSON; None, which is always open, from null. InvalidHours says what is wrong where."""
    if value is None:
        return None
    hours: Hours = converted(value, Hours, InvalidHours)
    for day in DAYS:
        _check_intervals(f"week.{day}", getattr(hours.week, day))
    for number, holiday in enumerate(hours.holidays):
        _check_date(f"holidays[{number}].date", holiday.date)
        _check_intervals(f"holidays[{number}].open", holiday.open)
    _check_once([holiday.date for holiday in hours.holidays])
    return hours


def every_day(intervals: Any) -> Hours:
    """The same intervals on each day of the week. InvalidHours."""
    found = hours_of({"week": dict.fromkeys(DAYS, intervals)})
    return Hours() if found is None else found


def is_open(hours: Hours | None, zone: ZoneInfo, at: datetime) -> bool:
    """Whether it is open at this moment, which knows its own zone."""
    if hours is None:
        return True
    first = _day_before(zone, at)
    # The day after counts too: a clock put back over midnight shows it before this moment.
    return any(opens <= at < closes for opens, closes in _spans(hours, zone, first, days=3))


def next_change(hours: Hours | None, zone: ZoneInfo, at: datetime) -> datetime | None:
    """When it opens, if it is closed at this moment, or closes, if it is open: in UTC. None: not within
    `LOOKS_AHEAD`."""
    if hours is None:
        return None
    first = _day_before(zone, at)
    for opens, closes in _merged(_spans(hours, zone, first, days=LOOKS_AHEAD.days + 3)):
        change = opens if at < opens else closes
        if at < change:
            return change if change - at <= LOOKS_AHEAD else None
    return None


def opens_at(all_of: Sequence[Hours | None], zone: ZoneInfo, at: datetime) -> datetime | None:
    """The first moment from `at` on when all of these are open together. None: not within `LOOKS_AHEAD`, or
    not once in `MEETINGS` openings of one of them."""
    moment = at
    for _ in range(MEETINGS):
        shut = [hours for hours in all_of if not is_open(hours, zone, moment)]
        if not shut:
            return moment if moment - at <= LOOKS_AHEAD else None
        openings = [opening for hours in shut if (opening := next_change(hours, zone, moment)) is not None]
        if len(openings) < len(shut):
            return None
        moment = max(openings)
    return None


def _day_before(zone: ZoneInfo, at: datetime) -> date:
    """Whose nights may still go on."""
    return at.astimezone(zone).date() - timedelta(days=1)


def _spans(hours: Hours, zone: ZoneInfo, first: date, *, days: int) -> Iterator[Span]:
    """What begins on these days, in the order of its beginning."""
    special = {holiday.date: holiday.open for holiday in hours.holidays}
    for number in range(days):
        day = first + timedelta(days=number)
        usual = getattr(hours.week, DAYS[day.weekday()])
        for opens, closes in sorted(special.get(f"{day}", special.get(f"{day:%m-%d}", usual))):
            span = _span(zone, day, opens, closes)
            if span[0] < span[1]:  # else all of it fell into an hour that the clock left out
                yield span


def _merged(spans: Iterator[Span]) -> Iterator[Span]:
    """Those that touch or overlap as one."""
    now: Span | None = None
    for opens, closes in spans:
        if now is not None and opens <= now[1]:
            now = min(now[0], opens), max(now[1], closes)
            continue
        if now is not None:
            yield now
        now = opens, closes
    if now is not None:
        yield now


def _span(zone: ZoneInfo, day: date, opens: str, closes: str) -> Span:
    start, end = _minutes(opens), _minutes(closes)
    end += 24 * 60 if end <= start else 0
    midnight = datetime.combine(day, time())
    first, last = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
    return _moment(zone, first, last=False), _moment(zone, last, last=True)


def _moment(zone: ZoneInfo, local: datetime, *, last: bool) -> datetime:
    """When clocks in this zone show this time: the first or the last of the moments when they do; when they
    never do, the moment when they are put forward over it."""
    before, after = (local.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    naive = local.replace(tzinfo=UTC)
    if before < after:
        return _put_forward(zone, naive - after, naive - before)
    return naive - (after if last else before)


def _put_forward(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """When the clock changes, between a moment before that and one that is not; to the second."""
    offset = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            early = middle
        else:
            late = middle
    return late


_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
_DATE: Final = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)", re.ASCII)
_LEAP_YEAR: Final = 2000


def _minutes(text: str) -> int:
    """Since midnight."""
    return int(text[:2]) * 60 + int(text[3:])


def _check_intervals(where: str, intervals: Sequence[Pair]) -> None:
    for number, pair in enumerate(intervals):
        _check_pair(f"{where}[{number}]", pair)
    ends = 0
    for opens, closes in sorted(intervals):
        start, end = _minutes(opens), _minutes(closes)
        if start < ends:
            words = gettext("%(opens)s–%(closes)s overlaps the interval before it.")
            raise InvalidHours(words % {"opens": opens, "closes": closes}, where)
        ends = end if end > start else 24 * 60 + 1  # what goes on into the next day is the last


def _check_pair(where: str, pair: Pair) -> None:
    for text in pair:
        if not _TIME.fullmatch(text):
            words = gettext("“%(text)s” is no time of day: write HH:MM, from 00:00 to 24:00.")
            raise InvalidHours(words % {"text": text}, where)
    if pair[0] == "24:00":
        raise InvalidHours(gettext("Nothing begins at 24:00: write 00:00 on the next day."), where)
    if pair[0] == pair[1]:
        raise InvalidHours(gettext("It ends when it begins: all day is 00:00 to 24:00."), where)


def _check_date(where: str, text: str) -> None:
    found = _DATE.fullmatch(text)
    try:
        year, month, day = map(int, found.groups(default=f"{_LEAP_YEAR}")) if found else (0, 0, 0)
        date(year, month, day)
    except ValueError:
        words = gettext("“%(text)s” is no date: write YYYY-MM-DD, or MM-DD for every year.")
        raise InvalidHours(words % {"text": text}, where) from None


def _check_once(dates: Sequence[str]) -> None:
    for number, text in enumerate(dates):
        if text in dates[:number]:
            words = gettext("“%(text)s” is there twice.")
            raise InvalidHours(words % {"text": text}, f"holidays[{number}].date")
