"""When a team is there: the same hours every day, as shifts of its agents."""

from collections.abc import Iterator, Sequence

from support_chat.desk.simulation.people import Shift

DAY = 24 * 3600.0
Hours = tuple[float, float]  # seconds of a day; an end before the start is on the next day


def shifts(agents: int, capacity: int, hours: Sequence[Hours], until: float) -> list[Shift]:
    """Of days that begin at 0, DAY, 2·DAY …; without hours the agents are always there."""
    times = list(_times(hours, until)) if hours else [(0.0, float("inf"))]
    return [
        Shift(starts=starts, ends=ends, capacity=capacity) for starts, ends in times for _ in range(agents)
    ]


def _times(hours: Sequence[Hours], until: float) -> Iterator[Hours]:
    days = int(until / DAY) + 1
    for day in range(days):
        for opens, closes in hours:
            ends = closes if closes > opens else closes + DAY
            yield day * DAY + opens, day * DAY + ends
