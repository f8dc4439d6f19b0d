"""Arrivals, handle times and patience by chance: from a rate over the day, a file or a formula."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from support_chat.desk.replay.recording import Recording

MEDIAN_CHAT = 372.0  # seconds; of 5,183 recorded support chats
NINE_IN_TEN = 842.0  # seconds; nine in ten of them were shorter
Z90 = 1.2816  # the standard normal's 90 % point
SPREAD = math.log(NINE_IN_TEN / MEDIAN_CHAT) / Z90

Draw = Callable[[Random], float]


def arrival_times(rng: Random, rate: Callable[[float], float], peak: float, until: float) -> Iterator[float]:
    """Of a Poisson process whose rate a second never exceeds `peak`: by thinning (Lewis & Shedler 1979)."""
    now = rng.expovariate(peak)
    while now < until:
        if rng.random() * peak < rate(now):
            yield now
        now += rng.expovariate(peak)


def recorded(path: Path) -> list[float]:
    """Seconds from the first to the last message of each chat of a file of the shape that `replay` plays."""
    chats = (chat.lines for chat in Recording.open(path) if chat.lines)
    return [lines[-1].at - lines[0].at for lines in chats]


def from_list(times: list[float]) -> Draw:
    return lambda rng: rng.choice(times)


def lognormal(median: float, spread: float) -> Draw:
    """`spread`: the standard deviation of the logarithm."""
    return lambda rng: rng.lognormvariate(math.log(median), spread)


def exponential(mean: float) -> Draw:
    return lambda rng: rng.expovariate(1 / mean)


chat_lengths = lognormal(MEDIAN_CHAT, SPREAD)
