"""What is no opening hours is refused, with the place and the reason."""

from typing import Any

import pytest

from support_chat.desk.hours import InvalidHours, hours_of

REFUSED: list[tuple[Any, str]] = [
    ([], "Expected `object`, got `array`"),
    ("always", "Expected `object`, got `str`"),
    ({"weeks": {}}, "Object contains unknown field `weeks`"),
    ({"week": {"monday": []}}, "week: Object contains unknown field `monday`"),
    ({"week": {"mon": [["09:00"]]}}, "week.mon[0]: Expected `array` of length 2, got 1"),
    ({"week": {"mon": [["09:00", 17]]}}, "week.mon[0][1]: Expected `str`, got `int`"),
    ({"week": {"mon": [["9:00", "17:00"]]}}, "week.mon[0]: “9:00” is no time of day"),
    ({"week": {"tue": [["09:00", "10:00"], ["09:60", "17:00"]]}}, "week.tue[1]: “09:60” is no time of day"),
    ({"week": {"mon": [["09:00", "24:01"]]}}, "week.mon[0]: “24:01” is no time of day"),
    ({"week": {"mon": [["24:00", "03:00"]]}}, "week.mon[0]: Nothing begins at 24:00"),
    ({"week": {"mon": [["09:00", "09:00"]]}}, "week.mon[0]: It ends when it begins"),
    ({"week": {"mon": [["12:00", "17:00"], ["09:00", "12:15"]]}}, "week.mon: 12:00–17:00 overlaps"),
    ({"week": {"mon": [["20:00", "02:00"], ["22:00", "23:00"]]}}, "week.mon: 22:00–23:00 overlaps"),
    ({"week": {"mon": [["09:00", "10:00"]] * 13}}, "week.mon: At most 12 of them."),
    ({"holidays": [{}]}, "holidays[0]: Object missing required field `date`"),
    ({"holidays": [{"date": "25.12."}]}, "holidays[0].date: “25.12.” is no date"),
    ({"holidays": [{"date": "2026-02-29"}]}, "holidays[0].date: “2026-02-29” is no date"),
    ({"holidays": [{"date": "02-30"}]}, "holidays[0].date: “02-30” is no date"),
    ({"holidays": [{"date": "0000-01-01"}]}, "holidays[0].date: “0000-01-01” is no date"),
    ({"holidays": [{"date": "12-25"}, {"date": "12-25"}]}, "holidays[1].date: “12-25” is there twice"),
    ({"holidays": [{"date": "12-25", "open": [["x", "y"]]}]}, "holidays[0].open[0]: “x” is no time of day"),
]


@pytest.mark.parametrize(("value", "words"), REFUSED)
def test_what_is_wrong_is_told_with_its_place(value: Any, words: str) -> None:
    with pytest.raises(InvalidHours) as refused:
        hours_of(value)
    assert str(refused.value).startswith(words)


def test_every_form_that_is_told_of_is_taken() -> None:
    hours_of(
        {
            "week": {"mon": [["09:00", "12:30"], ["12:30", "24:00"]], "fri": [["22:00", "06:00"]]},
            "holidays": [{"date": "02-29"}, {"date": "2026-12-31", "open": [["00:00", "24:00"]]}],
        }
    )
    assert hours_of(None) is None
