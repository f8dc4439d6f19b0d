"""What time decides: due deadlines, leases, chats that somebody could take, old letters.

Every process has a clock. Two may take the same deadline at once: each of these actions looks again
under the lock, and does nothing the second time.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.db.models import Q, QuerySet

from support_chat.desk import db
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.presence import release_agent, renew_lease
from support_chat.desk.database_time import database_now
from support_chat.desk.measures import clock_beat
from support_chat.desk.models import Change, Conversation, Deadline, Process
from support_chat.desk.team import RELEASE
from support_chat.settings.chat import CHANGES_KEPT, CLOCK_EVERY, LEASE_RENEWED

log = logging.getLogger(__name__)

DUE: Final[dict[str, Callable[..., Any]]] = {RELEASE: release_agent}


async def run_clock() -> None:
    """Tick once a second for ever. After a tick that failed everything is due: above all the lease."""
    ticks = 0
    while True:
        try:
            await _tick(ticks)
            ticks += 1
        except Exception:
            log.warning("The clock could not do what was due.", exc_info=True)
            ticks = 0
        await asyncio.sleep(CLOCK_EVERY)


async def _tick(ticks: int) -> None:
    if ticks % round(LEASE_RENEWED / CLOCK_EVERY) == 0:
        await db.run(renew_lease)
    if ticks % 60 == 0:
        await db.run(prune)
    await db.run(take_due)
    await db.run(assign_everywhere)
    clock_beat.tick()


def take_due() -> int:
    """Do what is due. Returns how many deadlines were taken."""
    due = list(_due()[:100])
    return sum(_take(deadline) for deadline in due)


def overdue() -> float:
    """How late the oldest deadline is that nobody has taken, in seconds; 0.0 when all are taken."""
    oldest = _due().values_list("due_at", flat=True).first()
    return (database_now() - oldest).total_seconds() if oldest else 0.0


def _due() -> QuerySet[Deadline]:
    """Of the kinds known here: a newer release beside this one takes its own."""
    return Deadline.objects.filter(due_at__lte=database_now(), kind__in=DUE).order_by("due_at")


def _take(deadline: Deadline) -> bool:
    """One that fails stays, and is seen to be late; those after it are taken."""
    try:
        DUE[deadline.kind](public_id=deadline.subject)
    except (OperationalError, InterfaceError):
        raise  # not its fault
    except Exception:
        log.exception("The deadline %s failed.", deadline)
        return False
    Deadline.objects.filter(pk=deadline.pk, due_at=deadline.due_at).delete()
    return True


def assign_everywhere() -> None:
    """A waiting chat that no cause has moved, as after the death of the process that had to."""
    for site in Conversation.objects.filter(state="queued").values_list("site", flat=True).distinct():
        assign_waiting(site=site)


def prune() -> None:
    """Throw away letters that everybody has had ten minutes to read, and processes long dead."""
    old = database_now() - timedelta(seconds=CHANGES_KEPT)
    Change.objects.filter(at__lt=old).delete()
    _forget_dead(old)


def _forget_dead(old: datetime) -> None:
    for process in Process.objects.filter(lease_until__lt=old):
        if not Change.objects.filter(Q(writer__startswith=f"{process.name}.")).exists():
            process.delete()
