"""Moments as people type them, against the clocks of where they are."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_chat.desk.natural_times import moment_of

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 30, 15, tzinfo=UTC)  # 16:00 in Berlin

SAID = {
    "in 2 hours": "2026-11-30 18:00",
    "2h": "2026-11-30 18:00",
    "20 min": "2026-11-30 16:20",
    "1 h 30 min": "2026-11-30 17:30",
    "in 10 minutes and 5 hours": "2026-11-30 21:10",
    "in an hour": "2026-11-30 17:00",
    "half an hour": "2026-11-30 16:30",
    "1 day": "2026-12-01 16:00",
    "1 week": "2026-12-07 16:00",
    "tomorrow 9": "2026-12-01 09:00",
    "Tomorrow at 9:30": "2026-12-01 09:30",
    "9 tomorrow": "2026-12-01 09:00",
    "tomorrow": "2026-12-01 09:00",
    "tomorrow morning": "2026-12-01 09:00",
    "tonight": "2026-11-30 20:00",
    "today 18": "2026-11-30 18:00",
    "5pm": "2026-11-30 17:00",
    "9": "2026-12-01 09:00",
    "monday": "2026-12-07 09:00",
    "monday 18:00": "2026-11-30 18:00",
    "next monday": "2026-12-07 09:00",
    "fri 14": "2026-12-04 14:00",
    "next week": "2026-12-07 09:00",
    "24 dec, 14:30": "2026-12-24 14:30",
    "dec 24": "2026-12-24 09:00",
    "2026-12-24": "2026-12-24 09:00",
    "24.12.2027 8:00": "2027-12-24 08:00",
    "1 nov": "2027-11-01 09:00",
    "morgen 9": "2026-12-01 09:00",
    "morgen früh": "2026-12-01 09:00",
    "übermorgen um 14 uhr": "2026-12-02 14:00",
    "in 2 Stunden": "2026-11-30 18:00",
    "in einer halben Stunde": "2026-11-30 16:30",
    "montag": "2026-12-07 09:00",
    "24.12.": "2026-12-24 09:00",
    "morgen um 9 Uhr": "2026-12-01 09:00",
    "morgen 9:30 Uhr": "2026-12-01 09:30",
    "9 Uhr 15": "2026-12-01 09:15",
    "morgen halb 10": "2026-12-01 09:30",
    "um halb zehn": "2026-12-01 09:30",
    "Viertel nach neun": "2026-12-01 09:15",
    "viertel vor 18 uhr": "2026-11-30 17:45",
    "heute Abend": "2026-11-30 18:00",
    "Freitag nachmittags": "2026-12-04 14:00",
    "nächsten Montag": "2026-12-07 09:00",
    "kommenden Freitag um 14 Uhr": "2026-12-04 14:00",
    "Fr 14:30": "2026-12-04 14:30",
    "am 24. Dezember um 14 Uhr": "2026-12-24 14:00",
    "nächste Woche": "2026-12-07 09:00",
    "in zwei Stunden": "2026-11-30 18:00",
    "in 2 Std.": "2026-11-30 18:00",
    "in anderthalb Stunden": "2026-11-30 17:30",
    "in einer Stunde und 15 Minuten": "2026-11-30 17:15",
    "in drei Tagen": "2026-12-03 16:00",
    "in two hours": "2026-11-30 18:00",
}


@pytest.mark.parametrize(("said", "shown"), SAID.items())
def test_what_people_say_is_the_moment_that_they_mean(said: str, shown: str) -> None:
    moment = moment_of(said, zone="Europe/Berlin", now=MONDAY)
    assert moment is not None
    assert f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M}" == shown


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "today",
        "today 9",
        "0 min",
        "13pm",
        "25:00",
        "30 feb",
        "2026-11-29",
        "99999 h",
        "a",
        "halb 25",
    ],
)
def test_what_is_over_or_says_nothing_is_no_moment(said: str) -> None:
    assert moment_of(said, zone="Europe/Berlin", now=MONDAY) is None


@pytest.mark.parametrize("zone", ["Nowhere/At-All", "Europe", "../etc/passwd", "", "/etc/passwd"])
def test_a_zone_that_is_none_is_no_moment(zone: str) -> None:
    assert moment_of("in 2 hours", zone=zone, now=MONDAY) is None


def test_a_time_that_the_clocks_leave_out_is_the_one_that_they_show_instead() -> None:
    now = datetime(2026, 3, 28, 12, tzinfo=UTC)
    moment = moment_of("tomorrow 2:30", zone="Europe/Berlin", now=now)
    assert moment is not None
    assert f"{moment.astimezone(BERLIN):%H:%M}" == "03:30"


def test_of_a_time_that_the_clocks_show_twice_the_first_to_come_is_meant() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30, and an hour later 2:30 again
    before = first - timedelta(minutes=10)
    assert moment_of("2:30", zone="Europe/Berlin", now=before) == first
    assert moment_of("2:30", zone="Europe/Berlin", now=first) == first + timedelta(hours=1)


FIRST = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.integers(0, 15 * 366 * 24 * 3600).map(lambda seconds: FIRST + timedelta(seconds=seconds))
zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])


@given(
    now=moments,
    zone=zones,
    minutes=st.integers(1, 9999),
    form=st.sampled_from(["{} min", "in {} minutes", "{}m"]),
)
def test_minutes_count_as_they_pass(now: datetime, zone: str, minutes: int, form: str) -> None:
    assert moment_of(form.format(minutes), zone=zone, now=now) == now + timedelta(minutes=minutes)


@given(now=moments, zone=zones, hour=st.integers(4, 23), minute=st.integers(0, 59))
def test_a_time_of_day_is_the_next_time_that_the_clocks_show_it(
    now: datetime, zone: str, hour: int, minute: int
) -> None:
    moment = moment_of(f"{hour}:{minute:02}", zone=zone, now=now)
    assert moment is not None
    shown = moment.astimezone(ZoneInfo(zone))
    assert (shown.hour, shown.minute) == (hour, minute)
    assert timedelta(0) < moment - now <= timedelta(hours=26)


@given(now=moments, zone=zones, day=st.integers(0, 6))
def test_a_weekday_is_its_next_one_in_the_morning(now: datetime, zone: str, day: int) -> None:
    name = ["mon", "tuesday", "wed", "thu", "friday", "sat", "sun"][day]
    moment = moment_of(name, zone=zone, now=now)
    assert moment is not None
    shown, here = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    assert (shown.weekday(), shown.hour) == (day, 9)
    assert 1 <= (shown.date() - here.date()).days <= 7


@given(now=moments, zone=zones, said=st.text(max_size=30))
def test_whatever_is_typed_is_a_moment_to_come_or_none(now: datetime, zone: str, said: str) -> None:
    moment = moment_of(said, zone=zone, now=now)
    assert moment is None or (moment > now and moment.tzinfo == UTC)
