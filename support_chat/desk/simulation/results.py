"""What came of it: waits, how many left, how busy the agents were, how many were answered in time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from support_chat.desk.simulation.people import Shift
from support_chat.desk.simulation.running import Floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """`waits`: seconds, rising, of those who were served. Shares are 0 … 1; None where nothing tells."""

    arrivals: int
    waits: Sequence[float]
    abandoned: float | None
    occupancy: float | None  # of the slots that were there, the share with a chat in it

    def wait(self, share: float) -> float | None:
        """Seconds that this share of the served did not wait longer than: the nearest rank."""
        if not self.waits:
            return None
        return self.waits[max(0, math.ceil(share * len(self.waits)) - 1)]

    def service_level(self, within: float) -> float | None:
        """Of all who came, the share that was taken within so many seconds: who left is missed."""
        if not self.arrivals:
            return None
        return sum(wait <= within for wait in self.waits) / self.arrivals


def results(floor: Floor) -> Results:
    """Of a simulation that ran to its end."""
    visits = floor.visits
    served = [visit.began - visit.arrival.at for visit in visits if visit.began is not None]
    left = sum(visit.left is not None for visit in visits)
    over = max((visit.ended or visit.left or 0.0 for visit in visits), default=0.0)
    there = sum(worker.shift.capacity * _seconds(worker.shift, over) for worker in floor.workers)
    return Results(
        arrivals=len(visits),
        waits=sorted(served),
        abandoned=left / len(visits) if visits else None,
        occupancy=min(1.0, sum(worker.busy for worker in floor.workers) / there) if there else None,
    )


def _seconds(shift: Shift, over: float) -> float:
    """How long it lasted while anybody was there to be served."""
    return max(0.0, min(shift.ends, over) - shift.starts)
