"""One backup, in a folder of its own: the database, the kept secret key, chats' files, and a manifest."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType
from typing import Final

from django.conf import settings

from support_chat.desk.backup import postgresql, sqlite
from support_chat.desk.backup.errors import BackupError
from support_chat.desk.backup.kept_files import copy_files, elsewhere
from support_chat.desk.backup.manifest import Manifest, digests
from support_chat.desk.backup.tables import applied, tables
from support_chat.desk.models import Entry
from support_chat.desk.vendor import VENDOR

SECRET: Final = "secret_key"  # sessions and forms are signed with it
KINDS: Final[dict[str, ModuleType]] = {"sqlite": sqlite, "postgresql": postgresql}


def make_backup(folder: Path) -> Manifest:
    """Make a backup in `folder`, which must not be there yet. Raises BackupError.

    It appears whole or not at all, and is readable by its owner alone: it holds everything.
    """
    if folder.exists():
        raise BackupError(f"{folder} is there already.")
    if Entry._meta.db_table not in tables():
        raise BackupError("There is nothing of ours in the database that DATABASE_URL names.")
    began = datetime.now(UTC).isoformat(timespec="seconds")
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        manifest = _fill(part, began)
        _keep(part)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    part.rename(folder)
    return manifest


def _fill(folder: Path, began: str) -> Manifest:
    kind = KINDS[VENDOR]
    rows = kind.dump(folder)
    names = [kind.FILE]
    if settings.SECRET_KEY_FILE.exists() and "SECRET_KEY" not in os.environ:
        shutil.copyfile(settings.SECRET_KEY_FILE, folder / SECRET)
        names.append(SECRET)
    names += copy_files(folder)
    manifest = Manifest(
        made_at=began,
        database=VENDOR,
        server=kind.version(),
        migrations=applied(),
        rows=rows,
        files=digests(folder, names),
        files_elsewhere=elsewhere(),
    )
    manifest.write(folder)
    return manifest


def _keep(folder: Path) -> None:
    """On the disk, not only on its way there; and for its owner alone."""
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o700 if path.is_dir() else 0o600)
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
