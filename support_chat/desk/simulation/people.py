"""Who comes and who works in a simulation, and what became of them."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A visitor who asks for a chat."""

    at: float
    work: float  # seconds the chat takes an agent who holds no other
    patience: float = math.inf  # seconds in line, then they leave
    queue: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """An agent takes new chats from `starts` to `ends`, and then finishes those they hold."""

    starts: float = 0.0
    ends: float = math.inf
    capacity: int = 1
    queues: frozenset[int] = frozenset({1})
    pace: float = 1.0  # seconds of work done in one second, alone with one chat


@dataclass(slots=True)
class Visit:
    """One arrival's way through the line.

    `offered` is the wait of whoever has patience: for those who left it is the virtual wait, how long
    they would have waited had they stayed. None while nobody has got so far.
    """

    arrival: Arrival
    began: float | None = None
    ended: float | None = None
    left: float | None = None
    offered: float | None = None

    @property
    def waits(self) -> bool:
        return self.began is None and self.left is None
