"""The SQLite file: copied by SQLite itself, as it was at one instant, while others write."""

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.db import connection

from support_chat.desk.backup.errors import BackupError
from support_chat.desk.backup.tables import counted, is_empty, is_shadow

FILE: Final = "database.sqlite3"


def dump(folder: Path) -> dict[str, int]:
    """Copy the database into the folder; the rows of each table of the copy.

    All pages in one step: readers of a WAL hold up no writer, and a copy by steps would begin again
    whenever another connection writes.
    """
    copy = folder / FILE
    with closing(sqlite3.connect(_path())) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        return _rows(target)


def _rows(copy: sqlite3.Connection) -> dict[str, int]:
    _check(copy)
    names = copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    ours = [name for (name,) in names if not is_shadow(name)]
    return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in ours}


def _check(copy: sqlite3.Connection) -> None:
    found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise BackupError(f"The copy of the database is damaged: {found}")


def load(folder: Path) -> dict[str, int]:
    """Put the copy where DATABASE_URL says, at once or not at all; the rows of each table.

    What was there stays beside it, under a name that ends in ".before-restore".
    """
    here, was_empty = _path(), is_empty()
    with TemporaryDirectory(prefix=f".{here.name}-", dir=here.parent) as beside:
        arriving = Path(beside) / FILE
        _copy(folder / FILE, arriving)
        connection.close()
        _close(here)
        if not was_empty:
            _keep(here)
        arriving.replace(here)
    return counted()


def _copy(path: Path, arriving: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(arriving)) as target:
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode = DELETE")
        _check(target)


def _keep(here: Path) -> None:
    """Under a second name, so that there is no moment without a database under the first."""
    kept = here.with_name(f"{here.name}.before-restore")
    kept.unlink(missing_ok=True)
    kept.hardlink_to(here)


def _close(here: Path) -> None:
    """What its log still holds goes into the file. Raises BackupError when somebody has it open."""
    try:
        with closing(sqlite3.connect(here, timeout=1)) as old:
            old.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        raise BackupError(f"{here} is in use: {error}. Nothing was restored.") from error


def version() -> str:
    return sqlite3.sqlite_version


def _path() -> Path:
    return Path(connection.settings_dict["NAME"])
