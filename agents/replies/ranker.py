"""Which reply comes next: a linear model over sparse features, learnt one example at a time.

p(reply | x) = softmax(x W). Each example takes a step down the gradient of −log p with AdaGrad's rates, one a
row (Duchi, Hazan, Singer: "Adaptive subgradient methods for online learning", JMLR 12, 2011):
W[i] −= RATE · x_i · (p − y) / sqrt(G[i]), where G[i] sums x_i² |p − y|² of all examples so far.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from agents.replies.features import Vector

RATE: Final = 0.3
FIRST: Final = 0.01  # in each sum of squares, so that a first step is no leap
BYTES: Final = 40_000_000  # of weights at most
MOST_BUCKETS: Final = 1 << 15
ROOM: Final = 16  # columns are made so many at a time

Weights = NDArray[np.float32]


def buckets_for(replies: int) -> int:
    """How many rows a model of so many replies may have: a power of two."""
    columns = max(1, -(-replies // ROOM)) * ROOM
    return min(MOST_BUCKETS, 1 << int(np.log2(BYTES / (4 * columns))))


class Ranker:
    """Replies by name, one column each; a name that comes later gets a new one."""

    def __init__(self, names: Sequence[str] = (), *, room: int = 0) -> None:
        """`room`: how many replies to expect."""
        self.buckets = buckets_for(max(room, len(names)))
        self.columns = {name: n for n, name in enumerate(names)}
        self.weights: Weights = np.zeros((self.buckets, max(1, -(-len(names) // ROOM)) * ROOM), np.float32)
        self.squares: Weights = np.full(self.buckets, FIRST, np.float32)

    def add(self, name: str) -> None:
        if name in self.columns:
            return
        if len(self.columns) == self.weights.shape[1]:
            self.weights = np.hstack([self.weights, np.zeros((self.buckets, ROOM), np.float32)])
        self.columns[name] = len(self.columns)

    def chances(self, x: Vector) -> Weights:
        """By column; they sum to 1."""
        rows, values = x
        scores = values @ self.weights[rows, : len(self.columns)]
        powers = np.exp(scores - scores.max())
        shares: Weights = powers / powers.sum()
        return shares

    def rank(self, x: Vector, among: Iterable[str]) -> list[tuple[str, float]]:
        """The replies with their chances, the likeliest first; those that are not known yet are left out."""
        chances = self.chances(x)
        known = [(name, float(chances[self.columns[name]])) for name in among if name in self.columns]
        return sorted(known, key=lambda each: -each[1])

    def learn(self, x: Vector, name: str) -> None:
        rows, values = x
        error = self.chances(x)
        error[self.columns[name]] -= 1
        self.squares[rows] += values * values * float(error @ error)
        steps = RATE * values / np.sqrt(self.squares[rows])
        self.weights[rows, : len(self.columns)] -= steps[:, None] * error
