"""When suggestions are worth showing: as often as such suggestions were right on this site before."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

STEPS: Final = 20  # of the chance that one of the suggested is the one
ENOUGH: Final = 20  # picks at that chance or above before anything is said
RIGHT: Final = 0.6  # of what is shown at least so much held what was picked
FADES: Final = 0.999  # a pick counts half after 700 others


class Confidence:
    """Each pick is foretold before it is learnt, so that what is counted here was not known."""

    def __init__(self) -> None:
        self.told: NDArray[np.float64] = np.zeros((2, STEPS))  # by step: how often, and how often right

    def heard(self, chance: float, *, right: bool) -> None:
        self.told *= FADES
        self.told[:, _step(chance)] += (1, right)

    def allows(self, chance: float) -> bool:
        """At this chance and above, such suggestions were right often enough."""
        times, right = self.told[:, _step(chance) :].sum(axis=1)
        here, right_here = self.told[:, _step(chance)]
        return bool(times >= ENOUGH and right >= RIGHT * times and right_here + 1 >= RIGHT * (here + 1))


def _step(chance: float) -> int:
    return min(STEPS - 1, int(chance * STEPS))
