"""How true the predictions of a queue have been, and how far to move the next ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

from support_chat.desk.waiting.observed import Outcome, Range
from support_chat.settings.chat import WAIT_TRUST

OUTSIDE = 0.2  # α: outcomes that may lie outside a range, half of them on either side
Z = NormalDist().inv_cdf(1 - OUTSIDE / 2)
FARTHEST = 4.0  # standard deviations; no outcome moves a range further
NARROW = 1e-6  # the cube root of a second, at least, between the ends of a range
Position = tuple[float, bool]  # of an outcome, in standard deviations; False: only that it lies beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What a manager sees. The shares are of all outcomes and add up to 1; 0.1, 0.8, 0.1 would be exact.

    `score` is Winkler's, in seconds, of those who were served: lower is better, None without any.
    """

    outcomes: int
    shorter: float
    inside: float
    longer: float
    score: float | None


def calibration(outcomes: Sequence[Outcome]) -> Calibration:
    """Of what was told. Who left counts for what their stay says: longer than it."""
    steps = _steps([_position(each.told, each) for each in outcomes])
    shorter = max((share for at, share in steps if at < -Z), default=0.0)
    within = max((share for at, share in steps if at <= Z), default=0.0)
    scores = [interval_score(each.told, each.waited) for each in outcomes if each.served]
    return Calibration(
        outcomes=len(outcomes),
        shorter=shorter,
        inside=within - shorter,
        longer=1 - within,
        score=sum(scores) / len(scores) if scores else None,
    )


def interval_score(told: Range, waited: float) -> float:
    """Its width, and 2/α for each second outside: lowest for the true 10 % and 90 % points (Winkler 1972)."""
    missed = max(told.low - waited, waited - told.high, 0.0)
    return told.high - told.low + 2 / OUTSIDE * missed


def corrected(outcomes: Iterable[Outcome]) -> tuple[float, float]:
    """Where the 10 % and the 90 % point lie, in standard deviations of the formula: (−Z, Z) if it is right.

    The formula is believed as much as WAIT_TRUST outcomes that agree with it.
    """
    believed = [(NormalDist().inv_cdf((each + 0.5) / WAIT_TRUST), True) for each in range(WAIT_TRUST)]
    curve = _middles(_steps([*believed, *(_position(each.plain, each) for each in outcomes)]))
    return _quantile(curve, OUTSIDE / 2), _quantile(curve, 1 - OUTSIDE / 2)


def _position(told: Range, outcome: Outcome) -> Position:
    """On the scale on which a Gamma variable is almost normal: the cube root (Wilson & Hilferty 1931)."""
    low, high, waited = (each ** (1 / 3) for each in (told.low, told.high, outcome.waited))
    at = Z * (2 * (waited - low) / max(high - low, NARROW) - 1)
    return min(max(at, -FARTHEST), FARTHEST), outcome.served


def _steps(positions: Iterable[Position]) -> list[tuple[float, float]]:
    """(position, the share that lies there or below), rising; by Kaplan & Meier (1958)."""
    ordered = sorted(positions, key=lambda each: (each[0], not each[1]))
    steps, beyond = [], 1.0
    for at_risk, (at, known) in zip(range(len(ordered), 0, -1), ordered, strict=True):
        if known:
            beyond *= 1 - 1 / at_risk
            steps.append((at, 1 - beyond))
    return steps


def _middles(steps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The curve through the middle of each step."""
    shares = pairwise([0.0, *(after for _, after in steps)])
    middles = [(at, (before + after) / 2) for (at, _), (before, after) in zip(steps, shares, strict=True)]
    return [(-FARTHEST, 0.0), *middles, (FARTHEST, 1.0)]


def _quantile(curve: Sequence[tuple[float, float]], share: float) -> float:
    """Where so many left that nobody knows, it leads straight to the farthest."""
    for (below, less), (above, more) in pairwise(curve):
        if less <= share <= more and less < more:
            return below + (above - below) * (share - less) / (more - less)
    return FARTHEST
