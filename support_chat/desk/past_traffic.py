"""The closed chats of queues as traffic for a simulation: who came when, how long it took, who gave up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db.models import Min, Q

from support_chat.desk.models import Conversation, Queue
from support_chat.desk.simulation.drawing import Draw, chat_lengths, from_list
from support_chat.desk.simulation.people import Arrival
from support_chat.desk.simulation.results import Results
from support_chat.desk.simulation.traffic import Traffic

_Row = tuple[datetime, datetime | None, datetime]  # opened, taken by somebody, closed


@dataclass(frozen=True, slots=True)
class _Past:
    """Seconds: when they came, how long they stood in line, and with an agent; None: they left before."""

    at: float
    waited: float
    handled: float | None


def past_traffic(rng: Random, queues: Sequence[Queue], since: date, until: date) -> Traffic:
    """Of both days and those between (UTC), in one line. Chats that nobody took ended when they were closed.

    What was not seen is drawn: handle times of those who left from the others', and for those who were
    served how much longer they would have stayed, at the rate at which people left.
    """
    midnight = datetime.combine(since, time(), UTC)
    past = [_seen(midnight, *row) for row in _closed(queues, midnight, until)]
    if not past:
        return Traffic(arrivals=())
    handled = [each.handled for each in past if each.handled is not None]
    others: Draw = from_list(handled) if handled else chat_lengths
    left = sum(each.handled is None for each in past)
    leaving = left / (sum(each.waited for each in past) or 1.0)
    return Traffic(
        arrivals=[_arrival(rng, each, others, leaving) for each in past],
        really=Results(
            arrivals=len(past),
            waits=sorted(each.waited for each in past if each.handled is not None),
            abandoned=left / len(past),
            occupancy=None,
        ),
    )


def _closed(queues: Sequence[Queue], midnight: datetime, until: date) -> Sequence[_Row]:
    ends = datetime.combine(until + timedelta(days=1), time(), UTC)
    taken = Min("entries__at", filter=Q(entries__kind="assigned"))
    came = Conversation.objects.filter(
        queue__in=queues, opened_at__gte=midnight, opened_at__lt=ends, spam=False
    )
    closed = came.filter(state="closed").annotate(taken=taken)
    rows = closed.order_by("opened_at", "id").values_list("opened_at", "taken", "closed_at")
    return [(opened, taken, ended) for opened, taken, ended in rows if ended is not None]


def _seen(midnight: datetime, opened: datetime, taken: datetime | None, closed: datetime) -> _Past:
    handled = None if taken is None else (closed - taken).total_seconds()
    waited = ((taken or closed) - opened).total_seconds()
    return _Past((opened - midnight).total_seconds(), waited, handled)


def _arrival(rng: Random, past: _Past, others: Draw, leaving: float) -> Arrival:
    if past.handled is None:
        return Arrival(at=past.at, work=others(rng), patience=past.waited)
    longer = rng.expovariate(leaving) if leaving else float("inf")
    return Arrival(at=past.at, work=past.handled, patience=past.waited + longer)
