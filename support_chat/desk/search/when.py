"""Which part of a long log is of some days: entries get their keys in the order in which they are written, so
that their keys are found by halving. Only where a walk would take too long: what was brought in later, of
earlier days, stands elsewhere."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from support_chat.desk.models import Entry
from support_chat.desk.search.query import Query

NEVER: Final = (1 << 63) - 1
_MARGIN: Final = timedelta(days=2)  # time zones, and what was written at once


def highest_of(query: Query) -> int:
    """Before which key all is that the query may want."""
    days = [date.fromisoformat(day) for day in query.values("before")]
    return min((_key_at(day, _MARGIN) for day in days), default=NEVER)


def lowest_of(query: Query) -> int:
    """From which key on it is."""
    days = [date.fromisoformat(day) for day in query.values("after")]
    return max((_key_at(day, -_MARGIN) for day in days), default=0)


def _key_at(day: date, margin: timedelta) -> int:
    """The first key from that moment on, or some before it."""
    try:
        moment = datetime.combine(day, time(), UTC) + margin
    except OverflowError:
        return NEVER if margin > timedelta() else 0
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    low, high = 0, newest + 1
    while low < high:
        middle = (low + high) // 2
        at = Entry.objects.filter(pk__gte=middle).order_by("pk").values_list("at", flat=True).first()
        if at is None or at >= moment:
            high = middle
        else:
            low = middle + 1
    return low
