"""How a range goes over the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_chat.desk.waiting.observed import Range
from support_chat.desk.waiting.telling import told


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 0, {"low": 0, "high": 30}),
        (44, 76, {"low": 30, "high": 90}),
        (100, 101, {"low": 90, "high": 120}),
        (290, 291, {"low": 300, "high": 360}),
        (250, 329, {"low": 240, "high": 300}),
        (331, 689, {"low": 360, "high": 660}),
        (1000, 2500, {"low": 1020, "high": 2520}),
        (1000, 9000, {"low": 1020, "high": None}),
        (1760, 2000, {"low": 1740, "high": 1980}),
        (1775, 2000, {"low": 1800, "high": None}),
        (5000, 9000, {"low": 1800, "high": None}),
        (1e300, 1e308, {"low": 1800, "high": None}),
    ],
)
def test_seconds_come_in_honest_steps(low: float, high: float, words: dict[str, int | None]) -> None:
    assert told(Range(low=low, high=high)) == words


def test_what_cannot_be_said_is_null() -> None:
    assert told(None) is None


@given(low=st.floats(0, 1e6), more=st.floats(0, 1e6))
def test_whatever_is_told_has_its_ends_in_order_and_asks_for_no_more_than_half_an_hour(
    low: float, more: float
) -> None:
    words = told(Range(low=low, high=low + more))
    assert words is not None
    assert words["low"] is not None
    assert 0 <= words["low"] <= 1800
    assert words["high"] is None or words["low"] < words["high"] <= 3600
