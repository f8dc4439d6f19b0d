from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agents.settings.opening_words import opening_words
from support_chat.desk.hours import hours_of

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = {"week": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}
LATE = {"week": {"mon": [["16:00", "02:00"]]}}
CHRISTMAS = {"week": {}, "holidays": [{"date": "12-24", "open": [["09:00", "12:00"]]}]}
MONDAY = datetime(2026, 11, 30, 14, 30, tzinfo=UTC)  # half past three there


@pytest.mark.parametrize(
    ("hours", "hour", "words"),
    [
        ([None], 14, "Open now, and does not close."),
        ([OFFICE], 14, "Open now; closes today at 18:00."),
        ([OFFICE], 19, "Closed now; opens tomorrow at 09:00."),
        ([LATE], 15, "Open now; closes tomorrow at 02:00."),
        ([OFFICE, LATE], 14, "Closed now; opens today at 16:00."),
        ([OFFICE, LATE], 15, "Open now; closes today at 18:00."),
        ([{"week": {"sat": [["10:00", "12:00"]]}}], 14, "Closed now; opens on Saturday at 10:00."),
        (
            [{"week": {}, "holidays": [{"date": "12-24", "open": [["09:00", "12:00"]]}]}],
            14,
            "Closed now; opens on 24 December at 09:00.",
        ),
        ([{"week": {}}], 14, "Closed, and no opening is in sight."),
    ],
)
def test_hours_are_said_in_one_line_by_the_clocks_of_the_site(
    hours: list[Any], hour: int, words: str
) -> None:
    assert opening_words([hours_of(each) for each in hours], BERLIN, MONDAY.replace(hour=hour)) == words
