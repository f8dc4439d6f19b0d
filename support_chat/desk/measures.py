"""What the desk times of itself; see live/measures.py."""

from typing import Final

from support_chat.live.measures import Histogram

_BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

queue_time: Final = Histogram(*_BOUNDS)  # of what waits in the journal for its batch
commit: Final = Histogram(*_BOUNDS)  # of one batch; meant to stay under 50 ms
turn: Final = Histogram(*_BOUNDS)  # that one transaction holds SQLite; taken by whoever holds it
