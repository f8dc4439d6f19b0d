"""The PostgreSQL database: by PostgreSQL's own programs, as it was at one instant, while others write."""

import os
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from support_chat.desk.backup.errors import BackupError
from support_chat.desk.backup.programs import find, major, pour, run
from support_chat.desk.backup.tables import counted, tables
from support_chat.desk.search import index_postgresql

FILE: Final = "database.dump"
PLAIN: Final = ("--no-owner", "--no-privileges")  # whoever restores it owns it
WHOLE: Final = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-")


def dump(folder: Path) -> dict[str, int]:
    """Dump the database into the folder; the rows of each table, of the very same instant."""
    pg_dump = _program("pg_dump")
    where, secret = _where()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = f"--snapshot={cursor.fetchone()[0]}"
        run([pg_dump, "--format=custom", *PLAIN, snapshot, f"--file={folder / FILE}", *where], secret)
        return counted()


def load(folder: Path) -> dict[str, int]:
    """Put the dump in the place of what is there, in one transaction; the rows of each table."""
    pg_restore, psql = _program("pg_restore"), _program("psql")
    where, secret = _where()
    clearing = "".join(f"{statement};\n" for statement in _clearing())
    reading = [pg_restore, *PLAIN, "--file=-", str(folder / FILE)]
    pour(clearing, reading, [psql, *WHOLE, *where], secret)
    return counted()


def _clearing() -> list[str]:
    dropped = [f"DROP TABLE {connection.ops.quote_name(table)} CASCADE" for table in tables()]
    functions = {"desk_refuse_change": "", "desk_within_capacity": "", **index_postgresql.FUNCTIONS}
    return [
        *dropped,
        *(f"DROP FUNCTION IF EXISTS {name}({takes}) CASCADE" for name, takes in functions.items()),
    ]


def version() -> str:
    return str(_server())


def _program(name: str) -> str:
    """One of the server's very version: an older one cannot read it, nor restore what a newer one made."""
    package = f"postgresql-client-{_server()}"
    path = find(name, package)
    if major(path) != _server():
        raise BackupError(
            f"{name} is of version {major(path)}, the server of {_server()}: put {package} first on PATH."
        )
    return path


def _server() -> int:
    connection.ensure_connection()
    return int(getattr(connection, "pg_version", 0)) // 10_000


def _where() -> tuple[list[str], dict[str, str]]:
    """Arguments that name the database; and the environment, with what no list of processes may show."""
    named, secret = DatabaseClient.settings_to_cmd_args_env(dict[str, Any](connection.settings_dict), [])
    return ["--no-password", *named[1:-1], f"--dbname={named[-1]}"], {**os.environ, **(secret or {})}
