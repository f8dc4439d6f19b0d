"""How true the waits are that visitors are told, beside the queue's own trailing p10–p90."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from support_chat.desk.simulation.drawing import Draw, chat_lengths, from_list, recorded
from support_chat.desk.simulation.running import Floor
from support_chat.desk.simulation.running import run as simulate
from support_chat.desk.waiting.calibrating import Z, interval_score
from support_chat.desk.waiting.estimating import Pace, ranges
from support_chat.desk.waiting.observed import Agent, Range
from support_chat.desk.waiting.telling import told
from tests.bench.foretelling import WINDOWS, Foreteller, Foretold
from tests.bench.options import Options
from tests.bench.queues import LENGTH, SCENARIOS, Scenario, draw_queue
from tests.bench.table import show

FIRST_SEED = 1_000  # the constants were chosen on seeds below it
LINE = 5_000  # visitors in line
WORDS = "queues|waits|cannot say|trailing|covers|ours|covers|as told|in line|ratio|us a line"
Pair = tuple[Range, float]  # what was said, and the wait


@dataclass(slots=True)
class Tally:
    """What was said in some queues, with the virtual wait of each: of those who left as well."""

    ours: list[Pair] = field(default_factory=list)
    later: list[Pair] = field(default_factory=list)
    trailing: dict[int, list[Pair]] = field(default_factory=lambda: {each: [] for each in WINDOWS})
    asked: int = 0
    unsaid: int = 0
    seconds: float = 0.0

    def add(self, floor: Floor, teller: Foreteller) -> None:
        self.seconds += teller.seconds
        for each in teller.first:
            self._add_first(each, _remaining(floor, each))
        for each in teller.later:
            wait = _remaining(floor, each)
            if wait is not None and each.range is not None:
                self.later.append((each.range, wait))

    def _add_first(self, said: Foretold, wait: float | None) -> None:
        self.asked += 1
        self.unsaid += said.range is None
        if wait is None or said.range is None or said.trailing is None:
            return  # nothing to compare
        self.ours.append((said.range, wait))
        for window, trailing in said.trailing.items():
            self.trailing[window].append((trailing, wait))

    @property
    def ratio(self) -> float:
        """Our score by that of the trailing window that turned out best."""
        return score(self.ours) / min(score(pairs) for pairs in self.trailing.values())

    def row(self, name: str) -> tuple[object, ...]:
        best = min(self.trailing.values(), key=score)
        return (
            *(name, len(self.ours), f"{self.unsaid / self.asked:.1%}"),
            *(score(best), _percent(best), score(self.ours), _percent(self.ours)),
            *(f"{_covered_as_told(self.ours):.0%}", _percent(self.later), self.ratio),
            1e6 * self.seconds / self.asked,
        )


def run(options: Options) -> None:
    """Without a recording, handle times are lognormal with its median and nine-in-ten point."""
    handle_time = chat_lengths
    if options.recording is not None:
        handle_time = from_list([length for length in recorded(options.recording) if length > 0])
    tallies = {each.name: tally(each, options.queues, handle_time) for each in SCENARIOS}
    rows = [each.row(name) for name, each in tallies.items()]
    whole = sum_of(tallies.values())
    rows.append(whole.row("all"))
    show("The wait that is said, and the wait (scores in seconds)", WORDS.split("|"), rows)
    windows = [(window, score(pairs), _percent(pairs)) for window, pairs in whole.trailing.items()]
    show("Trailing p10-p90, by how many waits", ("waits", "score", "covers"), windows)
    show(f"A line of {LINE:,}", ("ms for all of it",), [(_whole_line(),)])


def tally(
    scenario: Scenario, queues: int, handle_time: Draw, *, seed: int = FIRST_SEED, length: float = LENGTH
) -> Tally:
    found = Tally()
    for each in range(seed, seed + queues):
        drawn, teller = draw_queue(scenario, each, handle_time, length), Foreteller()
        floor = simulate(drawn.arrivals, drawn.shifts, slowdown=drawn.slowdown, watch=teller)
        found.add(floor, teller)
    return found


def score(pairs: Sequence[Pair]) -> float:
    return fmean(interval_score(said, wait) for said, wait in pairs)


def covered(pairs: Sequence[Pair]) -> float:
    """The share of waits that lie in their range; 0.8 is meant."""
    return fmean(said.low <= wait <= said.high for said, wait in pairs)


def _remaining(floor: Floor, said: Foretold) -> float | None:
    visit = floor.visits[said.visit]
    return None if visit.offered is None else visit.arrival.at + visit.offered - said.at


def _covered_as_told(pairs: Sequence[Pair]) -> float:
    """After rounding, with "more than half an hour" for what it says."""
    words = [(told(said), wait) for said, wait in pairs]
    return fmean(
        (each["low"] or 0) <= wait and (each["high"] is None or wait <= each["high"])
        for each, wait in words
        if each is not None
    )


def _percent(pairs: Sequence[Pair]) -> str:
    return f"{covered(pairs):.0%}"


def sum_of(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for each in tallies:
        whole.ours += each.ours
        whole.later += each.later
        whole.asked, whole.unsaid = whole.asked + each.asked, whole.unsaid + each.unsaid
        whole.seconds += each.seconds
        for window, pairs in each.trailing.items():
            whole.trailing[window] += pairs
    return whole


def _whole_line() -> float:
    now = Pace(handle_time=440.0, doubt=0.001, leaving=1 / 900, low=-Z, high=Z)
    team = [Agent(capacity=4, load=4)] * 12
    began = time.perf_counter()
    ranges(now, team, range(LINE))
    return 1e3 * (time.perf_counter() - began)
