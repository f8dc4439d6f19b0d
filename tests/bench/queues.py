"""Queues of chance: each seed draws its own team, load, patience and hours, which no estimate is told."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from support_chat.desk.simulation.drawing import Draw, arrival_times, exponential, lognormal
from support_chat.desk.simulation.people import Arrival, Shift

HOUR = 3600.0
LENGTH = 20 * HOUR  # of a simulation: two days of ten hours
SAMPLE = 2_000  # handle times drawn for their mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What differs from a steady queue with one patience for all."""

    name: str
    varying: bool = False  # arrivals rise and fall over the day
    shaped: bool = False  # patience is lognormal: hardly anybody leaves at once
    changing: bool = False  # two agents of three come and go
    uneven: bool = False  # agents differ in pace and capacity, and several chats slow each other
    shared: bool = False  # two queues, with agents of either and of both


SCENARIOS = (
    Scenario(name="steady"),
    Scenario(name="varying arrivals", varying=True),
    Scenario(name="lognormal patience", shaped=True),
    Scenario(name="agents come and go", changing=True),
    Scenario(name="slowed by many", uneven=True),
    Scenario(name="two queues", shared=True),
    Scenario(name="all but two queues", varying=True, shaped=True, changing=True, uneven=True),
    Scenario(name="all of it", varying=True, shaped=True, changing=True, uneven=True, shared=True),
)


@dataclass(frozen=True, slots=True)
class DrawnQueue:
    arrivals: list[Arrival]
    shifts: list[Shift]
    slowdown: float


def draw_queue(scenario: Scenario, seed: int, handle_time: Draw, length: float = LENGTH) -> DrawnQueue:
    """2–12 agents with 1–4 chats each, loaded to 90–125 %, visitors who stay 4–30 minutes on average."""
    rng = Random(f"{scenario.name}/{seed}")
    shifts = list(_shifts(scenario, rng, length))
    slowdown = rng.uniform(0.05, 0.3) if scenario.uneven else 0.0
    mean = sum(handle_time(rng) for _ in range(SAMPLE)) / SAMPLE
    rate = _chats_at_once(shifts, slowdown, length) / mean * rng.uniform(0.9, 1.25)
    stays = rng.uniform(4 * 60, 30 * 60)
    patience = lognormal(stays * 0.7, rng.uniform(0.5, 1.2)) if scenario.shaped else exponential(stays)
    queues = (1, 2) if scenario.shared else (1,)
    arrivals = [
        Arrival(at=at, work=handle_time(rng), patience=patience(rng), queue=rng.choice(queues))
        for at in _arrivals(scenario, rng, rate, length)
    ]
    return DrawnQueue(arrivals, shifts, slowdown)


def _shifts(scenario: Scenario, rng: Random, length: float) -> Iterator[Shift]:
    agents, capacity = rng.randint(2, 12), rng.randint(1, 4)
    for number in range(agents):
        queues = (1, 2) if scenario.shared and number > 1 and rng.random() < 0.5 else (1 + number % 2,)
        always = number < max(2, agents // 3)
        for starts, ends in ((0.0, math.inf),) if always or not scenario.changing else _hours(rng, length):
            yield Shift(
                starts=starts,
                ends=ends,
                capacity=min(4, max(1, capacity + rng.choice((-1, 0, 1)))) if scenario.uneven else capacity,
                queues=frozenset(queues if scenario.shared else (1,)),
                pace=rng.lognormvariate(0, 0.2) if scenario.uneven else 1.0,
            )


def _hours(rng: Random, length: float) -> Iterator[tuple[float, float]]:
    """On for one to five hours, off for 40 minutes on average, in the middle of which the day may begin."""
    now = rng.uniform(-4 * HOUR, 2 * HOUR)
    while now < length:
        ends = now + rng.uniform(1, 5) * HOUR
        if ends > 0:
            yield max(0.0, now), ends
        now = ends + rng.expovariate(1 / 2400)


def _chats_at_once(shifts: list[Shift], slowdown: float, length: float) -> float:
    """How many undisturbed chats the team is worth on average."""
    worth = 0.0
    for shift in shifts:
        there = (min(shift.ends, length) - shift.starts) / length
        worth += there * shift.capacity * shift.pace / (1 + slowdown * (shift.capacity - 1))
    return worth


def _arrivals(scenario: Scenario, rng: Random, rate: float, length: float) -> Iterator[float]:
    swing = rng.uniform(0.2, 0.5) if scenario.varying else 0.0
    slow, fast, phase = rng.uniform(3, 8) * HOUR, 3 * HOUR, rng.random() * math.tau

    def now(at: float) -> float:
        waves = 0.7 * math.sin(math.tau * at / slow + phase) + 0.3 * math.sin(math.tau * at / fast)
        return rate * (1 + swing * waves)

    return arrival_times(rng, now, rate * (1 + swing), length)
