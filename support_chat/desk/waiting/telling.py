"""A range as it goes over the wire: whole seconds, in steps no finer than it is true."""

from support_chat.desk.waiting.observed import Range
from support_chat.settings.chat import WAIT_FINE, WAIT_LONGEST, WAIT_STEP, WAIT_STEP_FINE

Told = dict[str, int | None]


def told(range_: Range | None) -> Told | None:
    """`{low, high}` in seconds. `high` is None for "more than `low`"; no `low` is over half an hour."""
    if range_ is None:
        return None
    low, high = _rounded(range_.low), _rounded(range_.high)
    if low >= WAIT_LONGEST:
        return {"low": WAIT_LONGEST, "high": None}
    if high > 2 * WAIT_LONGEST:
        return {"low": low, "high": None}
    return {"low": low, "high": max(high, low + _step(low))}


def _rounded(seconds: float) -> int:
    step = _step(seconds)
    return int(min(seconds, 4 * WAIT_LONGEST) / step + 0.5) * step


def _step(seconds: float) -> int:
    return WAIT_STEP_FINE if seconds < WAIT_FINE else WAIT_STEP
