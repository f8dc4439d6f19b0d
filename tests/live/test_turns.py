"""A post that was refused holds back the later ones of its conversation, until it comes or is skipped."""

import pytest

from support_chat.live.refusals import OutOfTurn
from support_chat.live.turns import Turns


@pytest.fixture
def turns() -> Turns:
    turns = Turns()
    turns.refuse("abc", "first")
    return turns


def test_later_posts_are_out_of_turn(turns: Turns) -> None:
    with pytest.raises(OutOfTurn):
        turns.arrive("abc", "second")
    assert not turns.admits("abc", "second")


def test_other_conversations_go_on(turns: Turns) -> None:
    turns.arrive("xyz", "second")
    assert turns.admits("xyz", "second")


def test_the_refused_one_opens_the_way(turns: Turns) -> None:
    turns.arrive("abc", "first")
    turns.arrive("abc", "second")


def test_skipping_opens_the_way_and_skipping_another_does_not(turns: Turns) -> None:
    turns.skip("abc", "second")
    assert not turns.admits("abc", "second")
    turns.skip("abc", "first")
    assert turns.admits("abc", "second")


def test_the_first_refused_is_the_one_to_come(turns: Turns) -> None:
    turns.refuse("abc", "second")
    assert turns.admits("abc", "first")
    assert not turns.admits("abc", "second")
