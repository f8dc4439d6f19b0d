"""What the desk times of itself; see live/measures.py."""

from time import monotonic
from typing import Final

from support_chat.live.measures import Histogram

_BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

queue_time: Final = Histogram(*_BOUNDS)  # of what waits in the journal for its batch
commit: Final = Histogram(*_BOUNDS)  # of one batch; meant to stay under 50 ms
turn: Final = Histogram(*_BOUNDS)  # that one transaction holds SQLite; taken by whoever holds it


class Beat:
    """Something that has to happen again and again."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = monotonic()

    def tick(self) -> None:
        """It has just happened, or is about to begin."""
        self._last = monotonic()

    @property
    def age(self) -> float:
        """Seconds since it last happened."""
        return monotonic() - self._last


clock_beat: Final = Beat()  # a tick of the clock, with all that it has to do
letterbox_beat: Final = Beat()  # a look into the letterbox
