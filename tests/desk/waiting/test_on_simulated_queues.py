"""On queues it has not seen, the range is true and narrow: see `python -m tests.bench waiting` for more."""

import pytest

from support_chat.desk.simulation.drawing import chat_lengths
from tests.bench.queues import HOUR, SCENARIOS
from tests.bench.waiting import Tally, covered, sum_of, tally

SEED = 5_000


@pytest.fixture(scope="module")
def whole() -> Tally:
    """One of every kind of queue, each for eight hours."""
    found = (tally(each, 1, chat_lengths, seed=SEED, length=8 * HOUR) for each in SCENARIOS)
    return sum_of(found)


def test_four_waits_of_five_lie_in_their_range(whole: Tally) -> None:
    assert len(whole.ours) > 2_000
    assert 0.75 <= covered(whole.ours) <= 0.85


def test_it_is_as_true_for_those_who_have_waited_for_some_time(whole: Tally) -> None:
    assert len(whole.later) > 1_000
    assert 0.72 <= covered(whole.later) <= 0.88


def test_it_scores_a_fifth_better_than_the_trailing_range_of_the_queue_s_own_waits(whole: Tally) -> None:
    assert whole.ratio <= 0.8


def test_it_says_something_to_nearly_everybody(whole: Tally) -> None:
    assert whole.unsaid / whole.asked < 0.1
