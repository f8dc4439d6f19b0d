"""Where a search goes on is told to the same search alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_chat.desk.search.cursors import cursor, key_in
from support_chat.live.refusals import BadField


@given(st.integers(0, 2**63 - 1))
def test_a_key_comes_back_and_fits_its_field(key: int) -> None:
    told = cursor("refund", key)
    assert key_in("refund", told) == key
    assert len(told) <= 32
    assert told.replace("-", "").replace("_", "").isalnum()


@given(st.from_regex(r"\A[A-Za-z0-9_-]{1,32}\Z"))
def test_what_is_made_up_is_refused(told: str) -> None:
    with pytest.raises(BadField):
        key_in("refund", told)


def test_what_belongs_to_another_search_is_refused() -> None:
    with pytest.raises(BadField):
        key_in("refunds", cursor("refund", 5))
