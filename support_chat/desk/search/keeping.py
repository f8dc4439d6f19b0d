"""Brings into the index what has been said since: no message waits for its words to be sorted in."""

from typing import Final

from django.db import connection, transaction

from support_chat.desk.search.index import BRING_IN, PENDING
from support_chat.desk.vendor import SQLITE, VENDOR

BATCH: Final = 200  # bodies in a transaction: SQLite has one writer, who is kept for some 6 ms
A_TURN: Final = 1_000  # bodies that the clock brings in at once; the next turn goes on


def keep_up(most: int = A_TURN) -> int:
    """Bring in the oldest of what waits, at most so many, in short transactions; how many."""
    done = 0
    while done < most and (count := bring_in(min(BATCH, most - done))):
        done += count
    return done


def bring_in(limit: int) -> int:
    """The oldest of what waits, at most so many, in one transaction; how many. What somebody is just changing
    is left for the next."""
    if not _anything_waits():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in BRING_IN[VENDOR]:
            cursor.execute(statement, [limit])
        return cursor.rowcount if SQLITE else int(cursor.fetchone()[0])


def _anything_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {PENDING})")
        return bool(cursor.fetchone()[0])
