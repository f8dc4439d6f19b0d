"""What the wire counts and times of itself: plain numbers, for the event loop's thread alone.

A message costs half a millisecond in all. These cost a tenth of a microsecond; whoever publishes them
gives them names and labels when asked.
"""

from bisect import bisect_left
from collections import Counter
from typing import Final


class Histogram:
    """How many took how long: `counts[i]` took at most `bounds[i]` seconds, the last one longer than all."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, *bounds: float) -> None:
        self.bounds: Final = bounds
        self.counts: Final = [0] * (len(bounds) + 1)
        self.total = 0.0  # seconds

    def observe(self, seconds: float) -> None:
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.total += seconds


# From the arrival of a command to the last socket of this process that hears what came of it. A person
# notices a quarter of a second; 2 s are promised whatever has failed.
delivery: Final = Histogram(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0)
# From a commit elsewhere to its hint here.
hint_lag: Final = Histogram(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)

refusals: Final = Counter[str]()  # by code
closes: Final = Counter[int]()  # by the code that we closed with
