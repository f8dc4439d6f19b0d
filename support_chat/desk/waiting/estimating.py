"""The estimate. What changes slowly is learnt once a minute; everybody in line is told in one pass."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from support_chat.desk.waiting.calibrating import Z, corrected
from support_chat.desk.waiting.observed import Agent, Outcome, Range, Stay
from support_chat.settings.chat import WAIT_CALM, WAIT_CHATS, WAIT_OUTCOMES, WAIT_STAYS, WAIT_THIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a queue moves of late."""

    handle_time: float  # seconds, the mean
    doubt: float  # of that mean: its relative variance
    leaving: float  # of those in line, the share that gives up in a second
    low: float = -Z  # the ends, in standard deviations
    high: float = Z

    @property
    def plain(self) -> "Pace":
        """The formula's own, without what earlier outcomes taught."""
        return replace(self, low=-Z, high=Z)


def pace(
    handle_times: Sequence[float], stays: Sequence[Stay], outcomes: Sequence[Outcome] = ()
) -> Pace | None:
    """What the newest of each say, the newest last; None when too few chats have ended to say anything.

    On simulated queues ranges from fewer than 15 handle times missed in four cases of ten; from there on in
    two, as they should. WAIT_THIN is on the safe side of it.
    """
    times = handle_times[-WAIT_CHATS:]
    if len(times) < WAIT_THIN or not (mean := fmean(times)) > 0:
        return None
    low, high = corrected(outcomes[-WAIT_OUTCOMES:])
    return Pace(
        handle_time=mean,
        doubt=fmean((each / mean - 1) ** 2 for each in times) / len(times),
        leaving=_leaving(stays[-WAIT_STAYS:]),
        low=low,
        high=high,
    )


def ranges(now: Pace | None, agents: Iterable[Agent], ahead: Sequence[float]) -> list[Range | None]:
    """For each in line, in its order, by how many are `ahead` of them; None for all when we cannot say."""
    team = tuple(agents)
    slots = sum(agent.capacity for agent in team)
    if now is None or slots < 1:
        return [None] * len(ahead)
    room = sum(max(0, agent.capacity - agent.load) for agent in team)
    departures = [count + 1 - room for count in ahead]
    lows, highs = (_waits(now, slots, departures, z) for z in (now.low, now.high))
    return [Range(low=low, high=max(low, high)) for low, high in zip(lows, highs, strict=True)]


def _leaving(stays: Sequence[Stay]) -> float:
    """Those who left by the time all have waited: the rate's maximum likelihood where it is constant.

    WAIT_CALM stands for what was not seen: without it one who leaves at once would empty the line.
    """
    return sum(stay.left for stay in stays) / (sum(stay.seconds for stay in stays) + WAIT_CALM)


def _waits(now: Pace, slots: int, departures: Iterable[float], z: float) -> Iterator[float]:
    """The quantile at z of the time until so many have left the line; never shorter for more of them."""
    longest = 0.0
    gap = now.handle_time / slots
    for count in departures:
        work = _gamma(count, now.doubt, z) * gap if count > 0 else 0.0
        thinned = math.log1p(now.leaving * work) / now.leaving if now.leaving > 0 else work
        longest = max(longest, thinned)
        yield longest


def _gamma(count: float, doubt: float, z: float) -> float:
    variance = 1 / count + doubt
    return count * max(0.0, 1 - variance / 9 + z * math.sqrt(variance) / 3) ** 3
