"""Hours as people type them are read, and written back as they would type them."""

import pytest
from django.utils import translation

from agents.settings.hours_text import (
    Unreadable,
    read_holidays,
    read_intervals,
    write_holidays,
    write_intervals,
)
from support_chat.words import STAFF, languages_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9-17", [["09:00", "17:00"]]),
        ("9:00–12:30, 13:30 – 18", [["09:00", "12:30"], ["13:30", "18:00"]]),
        ("22.00 to 6.00", [["22:00", "06:00"]]),
        ("All day", [["00:00", "24:00"]]),
        ("closed", []),
        ("9 bis 12:30 Uhr, von 13:30 bis 18 Uhr", [["09:00", "12:30"], ["13:30", "18:00"]]),
        ("Ganztags", [["00:00", "24:00"]]),
        ("geschlossen", []),
        ("  ", []),
    ],
)
def test_a_day_is_read_as_it_is_meant_and_written_so_that_it_is_read_again(
    typed: str, kept: list[list[str]]
) -> None:
    assert read_intervals(typed) == kept
    for language in languages_of(STAFF):
        with translation.override(language):
            assert read_intervals(write_intervals(kept)) == kept


def test_they_are_written_in_the_language_of_the_page() -> None:
    day = [["00:00", "24:00"]]
    with translation.override("de"):
        assert (write_intervals(day), write_holidays([{"date": "12-25"}])) == (
            "ganztags",
            "12-25 geschlossen",
        )
    assert write_intervals(day) == "all day"


@pytest.mark.parametrize("typed", ["nine to five", "9", "9-", "9:5-10", "9-17 13-14", "9-17,"])
def test_what_is_no_time_is_named(typed: str) -> None:
    with pytest.raises(Unreadable, match="is not a time from"):
        read_intervals(typed)


def test_holidays_stand_one_a_line() -> None:
    kept = [{"date": "12-25"}, {"date": "2026-12-31", "open": [["09:00", "13:00"]]}]
    assert read_holidays("12-25\n\n 2026-12-31 9-13 ") == kept
    assert read_holidays("25.12. geschlossen\n31.12.2026 9-13 Uhr") == kept
    assert write_holidays(kept) == "12-25 closed\n2026-12-31 09:00–13:00"
    with pytest.raises(Unreadable, match="does not begin with a date"):
        read_holidays("Christmas")
