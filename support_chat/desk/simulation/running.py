"""Plays arrivals against shifts under a rule of routing, event by event."""

import heapq
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from support_chat.desk.routing import Candidate, Given, Rules, Waiting, plan
from support_chat.desk.simulation.people import Arrival, Shift, Visit
from support_chat.desk.simulation.working import Worker

Router = Callable[[Sequence[Waiting], Sequence[Candidate], Mapping[int, Rules]], Sequence[Given]]
MICROSECONDS = 1_000_000
OURS = Rules()


@dataclass(slots=True, eq=False)
class Floor:
    """All that is going on. `line` holds, in order of arrival, who waits and who left before their turn.

    Those who left stay in it, unseen, until they would have been taken: that is their virtual wait. The
    chat they would have had goes at once to the next, so they hold up nobody.
    """

    visits: list[Visit]
    workers: list[Worker]
    now: float = 0.0
    line: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)  # chats, in the order of their ends
    decided: list[int] = field(default_factory=list)  # visits, in the order they began or left

    def waiting(self) -> list[int]:
        """Who is really in line, in order."""
        return [index for index in self.line if self.visits[index].waits]


Watch = Callable[[Floor, int], None]


@dataclass(slots=True, eq=False)
class _Play:
    floor: Floor
    router: Router
    rules: Mapping[int, Rules]
    watch: Watch | None
    events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    order: int = 0

    def at(self, when: float, what: Callable[[], None]) -> None:
        self.order += 1
        heapq.heappush(self.events, (when, self.order, what))

    def run(self, until: float) -> None:
        while self.events and self.events[0][0] <= until:
            self.floor.now, _, happens = heapq.heappop(self.events)
            happens()

    def arrive(self, index: int) -> None:
        floor = self.floor
        visit = floor.visits[index]
        floor.line.append(index)
        self.give()
        if visit.waits:
            if visit.arrival.patience < math.inf:
                self.at(floor.now + visit.arrival.patience, partial(self.leave, index))
            if self.watch is not None:
                self.watch(floor, index)

    def leave(self, index: int) -> None:
        visit = self.floor.visits[index]
        if visit.waits:
            visit.left = self.floor.now
            self.floor.decided.append(index)

    def give(self) -> None:
        """Until the router has nothing to give: who left is counted as served, and asked about no more."""
        while True:
            pairs = self._pairs()
            gone = next((each for each, pair in enumerate(pairs) if self._left(pair.chat)), len(pairs))
            for pair in pairs[:gone]:
                self._begin(pair.chat, self.floor.workers[pair.agent])
            if gone == len(pairs):
                return
            self._offer(pairs[gone].chat)

    def end(self, worker: Worker, version: int, index: int) -> None:
        if version != worker.version:
            return
        worker.finish(index, self.floor.now)
        self.floor.visits[index].ended = self.floor.now
        self.floor.ended.append(index)
        self._foretell(worker)
        self.give()

    def _pairs(self) -> Sequence[Given]:
        floor, now = self.floor, self.floor.now
        free = [_candidate(worker, room, now) for worker in floor.workers if (room := worker.room(now))]
        if not free or not floor.line:
            return ()
        line = [_waiting(index, floor.visits[index].arrival, now) for index in floor.line]
        return self.router(line, free, self.rules)

    def _left(self, index: int) -> bool:
        return self.floor.visits[index].left is not None

    def _begin(self, index: int, worker: Worker) -> None:
        visit = self.floor.visits[index]
        visit.began = self.floor.now
        self.floor.decided.append(index)
        self._offer(index)
        worker.take(index, visit.arrival.work, self.floor.now)
        self._foretell(worker)

    def _offer(self, index: int) -> None:
        visit = self.floor.visits[index]
        visit.offered = self.floor.now - visit.arrival.at
        self.floor.line.remove(index)

    def _foretell(self, worker: Worker) -> None:
        if (end := worker.next_end()) is not None:
            when, index = end
            self.at(when, partial(self.end, worker, worker.version, index))


def run(
    arrivals: Sequence[Arrival],
    shifts: Sequence[Shift],
    *,
    router: Router = plan,
    rules: Rules = OURS,
    slowdown: float = 0.0,
    until: float = math.inf,
    watch: Watch | None = None,
) -> Floor:
    """The floor as it is at the end. `rules` hold for every queue, and are looked at whenever somebody comes,
    begins or is done: not for time alone. `watch` is called with the floor for each arrival that has to wait,
    which then stands last in line. The router sees the index of an arrival as the chat's id, that of a shift
    as the agent's."""
    floor = Floor(
        visits=[Visit(arrival) for arrival in sorted(arrivals, key=lambda each: each.at)],
        workers=[Worker(number, shift, slowdown) for number, shift in enumerate(shifts)],
    )
    play = _Play(floor, router, {each.queue: rules for each in arrivals}, watch)
    for shift in shifts:
        play.at(shift.starts, play.give)
    for index, visit in enumerate(floor.visits):
        play.at(visit.arrival.at, partial(play.arrive, index))
    play.run(until)
    return floor


def _waiting(index: int, arrival: Arrival, now: float) -> Waiting:
    key = round(arrival.at * MICROSECONDS)
    return Waiting(id=index, queue=arrival.queue, sort_key=key, waited=now - arrival.at)


def _candidate(worker: Worker, room: int, now: float) -> Candidate:
    return Candidate(
        id=worker.id,
        queues=worker.shift.queues,
        room=room,
        idle=now - max(worker.moved_at, worker.shift.starts),
        given_ago=now - worker.given_at,
    )
