"""Predicts the wait of everybody who has to, as the product does, and keeps it beside what happens."""

import time
from bisect import insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from support_chat.desk.simulation.running import Floor
from support_chat.desk.waiting.estimating import Pace, pace
from support_chat.desk.waiting.observed import Agent, Outcome, Range, Stay
from support_chat.desk.waiting.standing import InLine, estimates

LEARNT_EVERY = 60.0  # seconds
WINDOWS = (20, 50, 100, 200)  # of the newest waits
FEWEST = 20  # waits, below which the trailing range says nothing either


@dataclass(slots=True)
class _Seen:
    """What a queue has shown so far."""

    handle_times: list[float] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # of those who were served and had to wait
    pace: Pace | None = None
    learnt: float = float("-inf")


@dataclass(frozen=True, slots=True)
class Foretold:
    """What was said to one visitor: on arrival, with what the trailing ranges say, or to one in line.

    `at`: when; None instead of a range: we cannot say.
    """

    visit: int
    at: float
    range: Range | None
    trailing: dict[int, Range] | None = None


@dataclass(slots=True, eq=False)
class Foreteller:
    """To be called for each arrival that waits."""

    first: list[Foretold] = field(default_factory=list)
    later: list[Foretold] = field(default_factory=list)
    seconds: float = 0.0  # that all of it took to compute
    _queues: dict[int, _Seen] = field(default_factory=lambda: defaultdict(_Seen))
    _said: dict[int, tuple[Range, Range]] = field(default_factory=dict)
    _ended: int = 0
    _decided: int = 0

    def __call__(self, floor: Floor, index: int) -> None:
        self._look(floor)
        queue = floor.visits[index].arrival.queue
        seen = self._queues[queue]
        began = time.perf_counter()
        self._learn(floor.now)
        said = self._estimates(floor, {key: seen.pace for key, seen in self._queues.items()})
        self.seconds += time.perf_counter() - began
        self.first.append(Foretold(index, floor.now, said[index], _trailing(seen.waits)))
        mine = [each for each in said if floor.visits[each].arrival.queue == queue]
        if len(mine) > 1:
            middle = mine[(len(mine) - 1) // 2]
            self.later.append(Foretold(middle, floor.now, said[middle]))
        self._keep(floor, index, said[index])

    def _look(self, floor: Floor) -> None:
        """At what has happened since the last time."""
        for index in floor.ended[self._ended :]:
            visit = floor.visits[index]
            if visit.began is not None and visit.ended is not None:
                self._queues[visit.arrival.queue].handle_times.append(visit.ended - visit.began)
        for index in floor.decided[self._decided :]:
            self._decide(floor, index)
        self._ended, self._decided = len(floor.ended), len(floor.decided)

    def _decide(self, floor: Floor, index: int) -> None:
        visit = floor.visits[index]
        seen = self._queues[visit.arrival.queue]
        served = visit.left is None
        waited = ((visit.began if served else visit.left) or 0.0) - visit.arrival.at
        seen.stays.append(Stay(seconds=waited, left=not served))
        if served and waited > 0:
            seen.waits.append(waited)
        if index in self._said:
            told, plain = self._said.pop(index)
            seen.outcomes.append(Outcome(told=told, plain=plain, waited=waited, served=served))

    def _learn(self, now: float) -> None:
        for seen in self._queues.values():
            if now - seen.learnt >= LEARNT_EVERY:
                seen.learnt = now
                seen.pace = pace(seen.handle_times, seen.stays, seen.outcomes)

    def _estimates(self, floor: Floor, paces: dict[int, Pace | None]) -> dict[int, Range | None]:
        """Of everybody in line, in order."""
        waiting = floor.waiting()
        there = [worker for worker in floor.workers if worker.on_shift(floor.now)]
        agents = {each.id: Agent(capacity=each.shift.capacity, load=len(each.held)) for each in there}
        kinds = {
            queue: InLine(queue, frozenset(each.id for each in there if queue in each.shift.queues))
            for queue in paces
        }
        line = [kinds[floor.visits[index].arrival.queue] for index in waiting]
        return dict(zip(waiting, estimates(line, agents, paces), strict=True))

    def _keep(self, floor: Floor, index: int, told: Range | None) -> None:
        paces = {key: seen.pace and seen.pace.plain for key, seen in self._queues.items()}
        if told is None or (plain := self._estimates(floor, paces)[index]) is None:
            return
        self._said[index] = (told, plain)


def _trailing(waits: Sequence[float]) -> dict[int, Range] | None:
    """The queue's own p10 and p90 of its newest waits: what is widely shown instead."""
    if len(waits) < FEWEST:
        return None
    ordered: list[float] = []
    found = {}
    for count, wait in enumerate(reversed(waits[-max(WINDOWS) :]), start=1):
        insort(ordered, wait)
        if count in WINDOWS or count == len(waits):
            found[count] = Range(low=_point(ordered, 0.1), high=_point(ordered, 0.9))
    longest = found[max(found)]
    return {window: found.get(window, longest) for window in WINDOWS}


def _point(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
