"""Opening hours against clocks on a wall: intervals, nights, holidays, and days that are no 24 hours long."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support_chat.desk.hours import DAYS, LOOKS_AHEAD, Hours, hours_of, is_open, next_change, opens_at

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)
OFFICE = {"week": {day: [["09:00", "12:30"], ["13:30", "18:00"]] for day in DAYS[:5]}}
# Zones with a day on which their clocks change: by an hour, by half of one, at midnight, by a whole day.
CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2019, 2, 16)),
    ("America/St_Johns", date(2006, 10, 29)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Asia/Kathmandu", date(2028, 2, 29)),
    ("UTC", date(2026, 12, 31)),
]


def local(zone: ZoneInfo, text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def daily(opens: str, closes: str) -> dict[str, Any]:
    return {"week": {day: [[opens, closes]] for day in DAYS}}


def open_at(value: Any, zone: ZoneInfo, text: str, fold: int = 0) -> bool:
    return is_open(hours_of(value), zone, local(zone, text, fold))


def change_after(value: Any, zone: ZoneInfo, text: str) -> str | None:
    change = next_change(hours_of(value), zone, local(zone, text))
    return None if change is None else f"{change.astimezone(zone):%Y-%m-%d %H:%M}"


def test_without_hours_it_is_always_open_and_never_changes() -> None:
    assert open_at(None, BERLIN, "2026-11-27 03:00")
    assert change_after(None, BERLIN, "2026-11-27 03:00") is None


def test_without_any_interval_it_is_closed_and_never_opens() -> None:
    assert not open_at({}, BERLIN, "2026-11-27 12:00")
    assert change_after({}, BERLIN, "2026-11-27 12:00") is None


@pytest.mark.parametrize(
    ("at", "is_so", "then"),
    [
        ("2026-11-27 08:59", False, "2026-11-27 09:00"),
        ("2026-11-27 09:00", True, "2026-11-27 12:30"),
        ("2026-11-27 12:30", False, "2026-11-27 13:30"),
        ("2026-11-27 17:59", True, "2026-11-27 18:00"),
        ("2026-11-27 18:00", False, "2026-11-30 09:00"),
    ],
)
def test_a_day_has_several_intervals_and_a_weekend_is_passed_over(at: str, is_so: bool, then: str) -> None:
    assert open_at(OFFICE, BERLIN, at) is is_so
    assert change_after(OFFICE, BERLIN, at) == then


def test_a_night_goes_on_into_the_next_day() -> None:
    bar = {"week": {"fri": [["22:00", "06:00"]]}}
    assert open_at(bar, BERLIN, "2026-11-28 05:59")
    assert not open_at(bar, BERLIN, "2026-11-28 06:00")
    assert not open_at(bar, BERLIN, "2026-11-27 05:00"), "of Thursday there is no night"
    assert change_after(bar, BERLIN, "2026-11-27 23:00") == "2026-11-28 06:00"


def test_days_that_touch_at_midnight_are_one_opening() -> None:
    days = {"week": {"fri": [["12:00", "24:00"]], "sat": [["00:00", "02:00"]]}}
    assert change_after(days, BERLIN, "2026-11-27 13:00") == "2026-11-28 02:00"


def test_what_is_open_all_week_does_not_close() -> None:
    assert change_after(daily("00:00", "24:00"), BERLIN, "2026-11-27 13:00") is None


def test_a_holiday_closes_a_day_or_gives_it_hours_of_its_own() -> None:
    holidays = [{"date": "12-25"}, {"date": "2026-12-24", "open": [["09:00", "11:00"]]}]
    shop = {**OFFICE, "holidays": holidays}
    assert change_after(shop, BERLIN, "2026-12-24 10:00") == "2026-12-24 11:00"
    assert change_after(shop, BERLIN, "2026-12-24 11:00") == "2026-12-28 09:00", "past Christmas, a Friday"
    assert open_at(shop, BERLIN, "2027-12-24 17:00"), "that was one year's alone"
    assert not open_at(shop, BERLIN, "2028-12-25 10:00"), "this is every year's"


def test_a_date_stands_before_a_yearly_one() -> None:
    holidays = [{"date": "2026-12-25", "open": [["10:00", "11:00"]]}, {"date": "12-25"}]
    assert open_at({"holidays": holidays}, BERLIN, "2026-12-25 10:30")


def test_an_evening_goes_on_into_a_holiday_and_a_closed_evening_into_nothing() -> None:
    nights = {**daily("22:00", "04:00"), "holidays": [{"date": "12-25"}]}
    assert open_at(nights, BERLIN, "2026-12-25 03:00")
    assert not open_at(nights, BERLIN, "2026-12-25 23:00")
    assert not open_at(nights, BERLIN, "2026-12-26 03:00")


def test_a_leap_day_is_a_holiday_in_leap_years() -> None:
    shop = {**daily("09:00", "17:00"), "holidays": [{"date": "02-29"}]}
    assert change_after(shop, BERLIN, "2028-02-28 17:00") == "2028-03-01 09:00"
    assert change_after(shop, BERLIN, "2027-02-28 17:00") == "2027-03-01 09:00"
    assert not open_at(shop, BERLIN, "2028-02-29 10:00")


def test_an_opening_that_clocks_never_show_is_the_moment_when_they_are_put_forward() -> None:
    shop = {"week": {"sun": [["02:30", "05:00"]]}}
    assert change_after(shop, BERLIN, "2026-03-29 01:59") == "2026-03-29 03:00"
    assert open_at(shop, BERLIN, "2026-03-29 03:00")


def test_an_interval_that_clocks_never_show_is_no_opening() -> None:
    assert (
        change_after({"week": {"sun": [["02:10", "02:50"]]}}, BERLIN, "2026-03-29 00:00")
        == "2026-04-05 02:10"
    )


def test_a_time_that_clocks_show_twice_opens_first_and_closes_last() -> None:
    shop = {"week": {"sun": [["02:15", "02:45"]]}}
    assert open_at(shop, BERLIN, "2026-10-25 02:20")
    assert open_at(shop, BERLIN, "2026-10-25 02:50"), "for clocks will show 02:45 once more"
    assert open_at(shop, BERLIN, "2026-10-25 02:44", fold=1)
    assert not open_at(shop, BERLIN, "2026-10-25 02:45", fold=1)


def test_a_day_that_clocks_leave_once_more_has_begun() -> None:
    sunday = hours_of({"week": {"sun": [["00:00", "05:00"]]}})
    put_back = datetime(2006, 10, 29, 2, 31, tzinfo=UTC)  # from 00:01 on Sunday to 23:01 on Saturday
    zone = ZoneInfo("America/St_Johns")
    assert [is_open(sunday, zone, put_back + MINUTE * minutes) for minutes in (-2, -1, 0, 30)] == [
        *(False, True),
        *(True, True),
    ]


def test_a_night_is_as_long_as_it_is() -> None:
    night = daily("22:00", "06:00")
    lengths = {}
    for day in ("2026-03-27", "2026-03-28", "2026-10-24"):
        start = local(BERLIN, f"{day} 22:00")
        close = next_change(hours_of(night), BERLIN, start)
        assert close is not None
        lengths[day] = (close - start.astimezone(UTC)) / timedelta(hours=1)
    assert lengths == {"2026-03-27": 8, "2026-03-28": 7, "2026-10-24": 9}


def test_the_same_hours_are_others_elsewhere() -> None:
    noon = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert is_open(hours_of(OFFICE), NEW_YORK, noon) is False
    assert is_open(hours_of(OFFICE), ZoneInfo("Europe/Lisbon"), noon) is True


def test_what_is_open_together_opens_when_the_last_of_them_does() -> None:
    site, queue = hours_of(OFFICE), hours_of({"week": {"mon": [["12:00", "14:00"]]}})
    at = local(BERLIN, "2026-11-27 10:00")
    together = opens_at([site, queue, None], BERLIN, at)
    assert together == local(BERLIN, "2026-11-30 12:00")
    assert opens_at([site, None], BERLIN, at) == at


def test_hours_that_miss_each_other_never_open_together() -> None:
    morning, evening = hours_of(daily("08:00", "12:00")), hours_of(daily("18:00", "20:00"))
    assert opens_at([morning, evening], BERLIN, local(BERLIN, "2026-11-27 10:00")) is None


# ---------------------------------------------------------------------- any hours, any zone, any moment

times = st.integers(0, 96).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")


@st.composite
def intervals(draw: st.DrawFn) -> list[list[str]]:
    """In order and apart; the last may go on into the next day."""
    edges = sorted(draw(st.lists(times, max_size=6, unique=True)))
    pairs = [list(pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
    night = draw(st.sampled_from([None, "00:00", "02:00", "02:30", "05:15"]))
    if pairs and night is not None and night < pairs[-1][0]:
        pairs[-1][1] = night
    return pairs


@st.composite
def cases(draw: st.DrawFn) -> tuple[Hours | None, ZoneInfo, datetime]:
    """Hours, a zone of ours, and a moment near a change of its clocks; a holiday beside it, or on it."""
    name, day = draw(st.sampled_from(CHANGES))
    week = {each: draw(intervals()) for each in DAYS}
    near = day + timedelta(days=draw(st.integers(-2, 2)))
    holidays = [{"date": draw(st.sampled_from([f"{near}", f"{near:%m-%d}"])), "open": draw(intervals())}]
    hours = hours_of({"week": week, "holidays": holidays if draw(st.booleans()) else []})
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1, hours=14)
    return hours, ZoneInfo(name), start + MINUTE * draw(st.integers(0, 4 * 24 * 60))


@settings(deadline=None, derandomize=True, database=None)
@given(cases())
def test_it_is_as_it_is_until_the_next_change_and_then_it_is_not(
    case: tuple[Hours | None, ZoneInfo, datetime],
) -> None:
    hours, zone, at = case
    now, change = is_open(hours, zone, at), next_change(hours, zone, at)
    until = at + timedelta(days=8) if change is None else change
    moments = [at + (until - at) * part / 16 for part in range(16)]
    assert [moment for moment in moments if is_open(hours, zone, moment) != now] == []
    if change is not None:
        assert at < change <= at + LOOKS_AHEAD
        assert is_open(hours, zone, change) != now
        assert is_open(hours, zone, change - timedelta(microseconds=1)) == now


def wall(zone: ZoneInfo, moment: datetime) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def by_the_clock(hours: Hours, zone: ZoneInfo, moments: list[datetime]) -> Iterator[tuple[int, int]]:
    """Openings as indices of moments: from the first that shows its beginning, or more, to the one after the
    last that shows less than its end."""
    shown = [wall(zone, moment) for moment in moments]
    special = {holiday.date: holiday.open for holiday in hours.holidays}
    for day in sorted({each.date() + timedelta(days=more) for each in shown for more in (-1, 0)}):
        usual = getattr(hours.week, DAYS[day.weekday()])
        for opens, closes in special.get(f"{day}", special.get(f"{day:%m-%d}", usual)):
            midnight = datetime.combine(day, time())
            first, last = (
                midnight + timedelta(hours=int(t[:2]), minutes=int(t[3:])) for t in (opens, closes)
            )
            last += timedelta(days=int(last <= first))
            begins = next((i for i, each in enumerate(shown) if each >= first), len(shown))
            ends = next((i for i in reversed(range(len(shown))) if shown[i] < last), -1) + 1
            yield begins, ends


@settings(deadline=None, derandomize=True, database=None, max_examples=60)
@given(cases())
def test_it_is_open_when_a_clock_on_the_wall_says_so(case: tuple[Hours | None, ZoneInfo, datetime]) -> None:
    hours, zone, at = case
    assert hours is not None
    step, start = 15 * MINUTE, at.replace(minute=0, hour=0) - timedelta(days=2)
    moments = [start + step * number for number in range(5 * 24 * 4)]
    expected: set[int] = set()
    for begins, ends in by_the_clock(hours, zone, moments):
        expected |= set(range(begins, ends))
    looked_at = range(24 * 4 + 60, 4 * 24 * 4)  # what began before the first moment is not counted
    assert [i for i in looked_at if is_open(hours, zone, moments[i]) != (i in expected)] == []
