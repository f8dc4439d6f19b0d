"""The busiest statements: planned once a connection, and sent together where none needs another's answer.

Of a message's statements PostgreSQL took longer to plan two than to run all, and a message waited longer for
journeys there and back than for both. SQLite's driver keeps statements by itself, and is no journey away.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

from support_chat.desk.vendor import SQLITE

Rows = list[tuple[Any, ...]]
Answer = Callable[[], Rows]  # waits for the rows where they are not there yet


def prepared() -> CursorWrapper:
    """For statements whose text is always the same."""
    if SQLITE:
        return connection.cursor()
    here: Any = connections[DEFAULT_DB_ALIAS]  # looked up once: `connection` does so for each attribute
    here.ensure_connection()
    cursor = Cursor(here.connection)  # Django's own writes the values into the text
    made = here.make_debug_cursor if here.queries_logged else here.make_cursor
    wrapped: CursorWrapper = made(cursor)
    return wrapped


def ask(statement: str, given: Sequence[Any], *, planned: bool = True) -> Answer:
    """Run a statement that answers; `planned` once a connection, or anew for these values."""
    cursor = prepared() if planned else connection.cursor()
    cursor.execute(statement, given)
    answer: Answer = cursor.fetchall
    return answer


@contextmanager
def one_journey() -> Iterator[None]:
    """What is run inside goes out together, in order, and has been answered at the end; or, if a transaction
    is committed inside, with that. Only what needs no answer before belongs in here; how many rows a
    statement has changed is one."""
    if SQLITE:
        yield
        return
    here: Any = connections[DEFAULT_DB_ALIAS]
    with here.one_journey():
        yield
