"""How far up the right reply stood."""

from collections.abc import Sequence
from statistics import fmean, stdev

Scores = dict[str, float]


def scores(places: Sequence[int]) -> Scores:
    """R@k, the share of places up to k; MRR, the mean of 1/place. A place of 0: it was not found at all."""
    found = {f"R@{k}": fmean(1 <= place <= k for place in places) for k in (1, 3, 5)}
    return {**found, "MRR": fmean(1 / place if place else 0.0 for place in places)}


def place_of(name: str, ranked: Sequence[str]) -> int:
    return ranked.index(name) + 1 if name in ranked else 0


def mean_and_error(values: Sequence[float]) -> tuple[float, float]:
    """The mean, and its standard error: s / √n."""
    return fmean(values), stdev(values) / len(values) ** 0.5
