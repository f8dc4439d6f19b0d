"""Predictions beside what happened: what managers see of them, and how they correct the next."""

from random import Random

import pytest

from support_chat.desk.waiting.calibrating import Z, calibration, corrected, interval_score
from support_chat.desk.waiting.observed import Outcome, Range
from support_chat.settings.chat import WAIT_TRUST

SAID = Range(low=100.0, high=300.0)


def outcome(waited: float, *, served: bool = True) -> Outcome:
    return Outcome(told=SAID, plain=SAID, waited=waited, served=served)


def test_the_shares_of_what_was_told_are_counted() -> None:
    found = calibration([outcome(50), outcome(100), outcome(200), outcome(300), outcome(400)])
    assert (found.outcomes, found.shorter) == (5, pytest.approx(0.2))
    assert (found.inside, found.longer) == (pytest.approx(0.6), pytest.approx(0.2))


def test_without_any_outcome_there_is_no_score() -> None:
    assert calibration([]).score is None
    assert calibration([outcome(40, served=False)]).score is None


def test_who_left_before_the_range_counts_for_nothing_but_their_patience() -> None:
    staying = [outcome(50), outcome(200), outcome(200), outcome(400)]
    found = calibration([outcome(10, served=False), *staying])
    assert found.outcomes == 5
    assert (found.shorter, found.inside) == (pytest.approx(0.25), pytest.approx(0.5))


def test_who_left_after_the_range_waited_longer_than_it() -> None:
    found = calibration([outcome(200), outcome(400, served=False)])
    assert (found.inside, found.longer) == (pytest.approx(0.5), pytest.approx(0.5))


def test_the_score_is_the_width_and_ten_times_what_was_missed() -> None:
    assert interval_score(SAID, 250) == 200
    assert interval_score(SAID, 90) == 200 + 10 * 10
    assert interval_score(SAID, 305) == 200 + 10 * 5
    assert calibration([outcome(250), outcome(305)]).score == pytest.approx(225)


def test_the_true_points_score_best() -> None:
    rng = Random(1)
    waits = [rng.uniform(0, 1000) for _ in range(20_000)]

    def score(low: float, high: float) -> float:
        return sum(interval_score(Range(low=low, high=high), wait) for wait in waits) / len(waits)

    best = score(100, 900)
    assert all(best < score(*other) for other in [(50, 950), (200, 800), (100, 800), (0, 900)])


def test_without_outcomes_the_formula_is_believed() -> None:
    assert corrected([]) == pytest.approx((-Z, Z), abs=0.05)


def test_waits_that_were_longer_than_said_move_the_next_up_and_shorter_ones_down() -> None:
    low, high = corrected([outcome(350)] * 60)
    assert low > -Z
    assert high > Z
    low, high = corrected([outcome(60)] * 60)
    assert low < -Z
    assert high < Z


def test_few_outcomes_move_less_than_many() -> None:
    few, many = (corrected([outcome(600)] * count)[1] for count in (WAIT_TRUST // 20, WAIT_TRUST * 5))
    assert Z < few < many


def test_outcomes_that_spread_as_said_leave_the_range_as_it_is() -> None:
    """Of a range on the cube-root scale, as wide as the normal's 80 %."""
    rng = Random(2)
    low, high = SAID.low ** (1 / 3), SAID.high ** (1 / 3)
    waits = [(low + (rng.gauss(0, 1) / Z + 1) / 2 * (high - low)) ** 3 for _ in range(4_000)]
    assert corrected([outcome(wait) for wait in waits]) == pytest.approx((-Z, Z), abs=0.07)


def test_those_who_left_count_as_longer_waits_not_as_short_ones() -> None:
    rng = Random(3)
    stays = [(rng.uniform(100, 300), rng.uniform(50, 300)) for _ in range(2_000)]
    whole = corrected([outcome(wait) for wait, _ in stays])
    seen = corrected([outcome(min(wait, left), served=wait <= left) for wait, left in stays])
    naive = corrected([outcome(min(wait, left)) for wait, left in stays])
    assert seen == pytest.approx(whole, abs=0.15)
    assert naive[1] < seen[1] - 0.3


def test_a_queue_that_everybody_leaves_says_the_farthest() -> None:
    low, high = corrected([outcome(290, served=False)] * 400)
    assert low <= high
    assert high > Z
