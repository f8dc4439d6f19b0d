"""What leaves the house: rows of the outbox are sent, at least once, however often a server dies.

Whoever takes a row pushes its time ahead for as long as sending may take; if they die, it is due again. What
fails is tried again ever later, for a day, and then given up, to be seen (actions/mailing.py).
"""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from support_chat.desk import db
from support_chat.desk.actions.mailing import Outcome, settle_letter
from support_chat.desk.database_time import database_now
from support_chat.desk.letters.kinds import WRITERS, Letter
from support_chat.desk.letters.refusals import NotTaken
from support_chat.desk.models import Outbox
from support_chat.settings.chat import MAIL_AT_ONCE, MAIL_EVERY, MAIL_TAKEN

log = logging.getLogger(__name__)


def _by(way: str) -> tuple[str, ...]:
    return tuple(kind for kind in WRITERS if kind.endswith(way))


# Of the kinds known here: a newer release beside this one sends its own.
_APART: Final = (_by("_webhook"), _by("_push"))
WAYS: Final = (tuple(kind for kind in WRITERS if kind not in chain(*_APART)), *_APART)
_UNWRITTEN: Final = Outcome(error="cannot be written", final=True)


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that is ours for a while, and its letter; None: there is nothing to say any more."""

    row: Outbox
    letter: Letter | None


async def run_outbox() -> None:
    """Look for what is due, for ever: mail, messengers and browsers each by themselves, so that one that does
    not answer is in nobody else's way."""
    async with asyncio.TaskGroup() as group:
        for kinds in WAYS:
            group.create_task(_send_all(kinds))


async def _send_all(kinds: Collection[str]) -> None:
    while True:
        while await send_due(kinds):
            pass
        await asyncio.sleep(MAIL_EVERY)


async def send_due(kinds: Collection[str] = WRITERS) -> int:
    """Send some of what is due, of these kinds. Returns how many rows were taken."""
    rows = await db.run(take, kinds)
    for row in rows:
        taken = await db.read(written, row)
        outcome = _UNWRITTEN if taken is None else await asyncio.to_thread(send, taken)
        await db.run(settle_letter, row=row, outcome=outcome)
    return len(rows)


def take(kinds: Collection[str] = WRITERS) -> list[Outbox]:
    """Rows of these kinds that are due, for nobody else until `MAIL_TAKEN` seconds from now."""
    if not _due(kinds).exists():
        return []
    with transaction.atomic(durable=True):
        rows = list(_due(kinds).select_for_update(no_key=True, skip_locked=True, of=("self",))[:MAIL_AT_ONCE])
        until = database_now() + timedelta(seconds=MAIL_TAKEN)
        for row in rows:
            row.tries, row.due_at = row.tries + 1, until
            row.save(update_fields=["tries", "due_at"])
    return rows


def _due(kinds: Collection[str]) -> QuerySet[Outbox]:
    rows = Outbox.objects.filter(
        done_at=None, failed_at=None, due_at__lte=database_now(), kind__in=list(kinds)
    )
    return rows.select_related("site").order_by("due_at")


def written(row: Outbox) -> Taken | None:
    """With its letter, as of now. None when it cannot be written: then a later try could not either."""
    try:
        return Taken(row, WRITERS[row.kind](row))
    except (LookupError, TypeError, ValueError):
        log.exception("The letter %s cannot be written.", row)
        return None


def send(taken: Taken) -> Outcome:
    """Hand it to whoever carries it. What is kept of a failure names no person."""
    if taken.letter is None:
        return Outcome(needless=True)
    try:
        taken.letter.send()
    except NotTaken as why:
        return Outcome(error=why.error, final=why.final, address=True, gone=why.gone)
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return Outcome(error=f"The address was refused: {codes}", final=min(codes) >= 500, address=True)
    except SMTPResponseException as error:
        return Outcome(error=f"{type(error).__name__} {error.smtp_code}")
    except (SMTPException, OSError, ValueError) as error:
        return Outcome(error=type(error).__name__)
    return Outcome()
