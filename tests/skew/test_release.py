"""Which release is the one before, and what a clone without it says."""

import re

import pytest

from tests.skew import release


def test_the_release_before_is_named_by_a_whole_commit() -> None:
    assert re.fullmatch("[0-9a-f]{40}", release.COMMIT)


def test_a_clone_that_does_not_reach_back_to_it_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not release.is_known("0" * 40)
    monkeypatch.setenv("PATH", "")
    assert not release.is_known(release.COMMIT), "there is no git"
