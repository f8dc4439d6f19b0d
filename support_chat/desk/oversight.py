"""What whoever watches over queues wants to know: what was moved and by whom, how true waits were told."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from support_chat.desk.access import Staff, overseen_by
from support_chat.desk.bodies import body_of
from support_chat.desk.database_time import database_now
from support_chat.desk.models import Entry, Queue
from support_chat.desk.waiting.calibrating import calibration
from support_chat.desk.waits import outcomes_of
from support_chat.settings.chat import MOVES_COUNTED

_DONE = {"moved": "moved to the front", "prioritised": "priority changed", "assigned": "assigned"}


def moves_of(staff: Staff, *, now: datetime | None = None) -> list[dict[str, Any]]:
    """[{"by": name, "what": words, "times": count}] of the last day, in the queues that they watch over."""
    since = (now or database_now()) - timedelta(seconds=MOVES_COUNTED)
    rows = Entry.objects.filter(at__gte=since, kind__in=_DONE, author_role="agent")
    theirs = rows.filter(conversation__queue__in=overseen_by(staff)).select_related("body")
    counted = Counter((row.author_name, _DONE[row.kind]) for row in theirs if _by_supervisor(row))
    return [{"by": by, "what": what, "times": times} for (by, what), times in sorted(counted.items())]


def calibrations_of(staff: Staff) -> list[dict[str, Any]]:
    """Of each queue: how many predictions came true, in shares of one, and their score in seconds."""
    return [
        {"queue": queue.public_id, **asdict(calibration(outcomes_of(queue.pk)))}
        for queue in Queue.objects.filter(pk__in=overseen_by(staff)).order_by("pk")
    ]


def _by_supervisor(entry: Entry) -> bool:
    return entry.kind != "assigned" or body_of(entry).get("cause") == "supervisor"
