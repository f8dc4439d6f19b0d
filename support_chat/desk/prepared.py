"""The busiest statements: planned once a connection, and sent together where none needs another's answer.

Of a message's statements PostgreSQL took longer to plan two than to run all, and a message waited longer for
journeys there and back than for both. SQLite's driver keeps statements by itself, and is no journey away.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

Rows = list[tuple[Any, ...]]
Answer = Callable[[], Rows]  # waits for the rows where they are not there yet


def prepared() -> CursorWrapper:
    """For statements whose text is always the same."""
    if connection.vendor == "sqlite":
        return connection.cursor()
    connection.ensure_connection()
    cursor: Any = Cursor(connection.connection)  # Django's own writes the values into the text
    made = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return made(cursor)


def ask(statement: str, given: Sequence[Any], *, planned: bool = True) -> Answer:
    """Run a statement that answers; `planned` once a connection, or anew for these values."""
    cursor = prepared() if planned else connection.cursor()
    cursor.execute(statement, given)
    answer: Answer = cursor.fetchall
    return answer


@contextmanager
def one_journey() -> Iterator[None]:
    """What is run inside goes out together, in order, and has been answered at the end. Only what needs no
    answer before belongs in here; how many rows a statement has changed is one."""
    if connection.vendor == "sqlite":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
