"""What time decides: due deadlines, leases, chats in which nothing happens, or that somebody could take.

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
from support_chat.desk.actions.alerting import alert_all
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.attending import attend_all
from support_chat.desk.actions.availability import OPENING, opening_is_due, settle_full_queues
from support_chat.desk.actions.offering import expire_offer
from support_chat.desk.actions.presence import agent_is_gone, release_agent, renew_lease
from support_chat.desk.actions.reaching import reach_all
from support_chat.desk.actions.snoozing import snooze_is_over
from support_chat.desk.actions.status import settle_all_finishing
from support_chat.desk.actions.unseen import mail_all_unseen
from support_chat.desk.actions.uploading import NOT_SENT, drop_unsent
from support_chat.desk.actions.visits import sweep_visitors
from support_chat.desk.database_time import database_now
from support_chat.desk.measures import clock_beat
from support_chat.desk.models import Change, Conversation, Deadline, Outbox, Process
from support_chat.desk.putting_aside import SNOOZED
from support_chat.desk.search.keeping import keep_up
from support_chat.desk.team import GONE, OFFER, RELEASE
from support_chat.settings.chat import (
    ALERTS_EVERY,
    CHANGES_KEPT,
    CLOCK_EVERY,
    LEASE_RENEWED,
    SENT_KEPT,
    UNSEEN_EVERY,
)

log = logging.getLogger(__name__)

DUE: Final[dict[str, Callable[..., Any]]] = {
    RELEASE: release_agent,
    GONE: agent_is_gone,
    OFFER: expire_offer,
    OPENING: opening_is_due,
    NOT_SENT: drop_unsent,
    SNOOZED: snooze_is_over,
}


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
        await db.run(sweep_visitors)
    if ticks % 60 == 0:
        await db.run(prune)
    await db.run(take_due)
    await db.run(attend_all)
    await db.run(assign_everywhere)
    await db.run(settle_full_queues)
    await db.run(settle_all_finishing)
    if ticks % ALERTS_EVERY == 0:
        await db.run(alert_all)
        await db.run(reach_all)
    if ticks % UNSEEN_EVERY == 0:
        await db.run(mail_all_unseen)
    await db.run(keep_up)
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
    """Throw away letters that everybody has had ten minutes to read, processes long dead, and what is known
    of mail that left the house long ago."""
    old = database_now() - timedelta(seconds=CHANGES_KEPT)
    Change.objects.filter(at__lt=old).delete()
    _forget_dead(old)
    _forget_sent(database_now() - timedelta(days=SENT_KEPT))


def _forget_sent(old: datetime) -> None:
    ended = Outbox.objects.filter(due_at__lt=old).exclude(done_at=None, failed_at=None)
    Outbox.objects.filter(pk__in=list(ended.order_by("due_at").values_list("pk", flat=True)[:500])).delete()


def _forget_dead(old: datetime) -> None:
    for process in Process.objects.filter(lease_until__lt=old):
        if not Change.objects.filter(Q(writer__startswith=f"{process.name}.")).exists():
            process.delete()
