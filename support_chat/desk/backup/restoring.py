"""From a backup to a database that the servers can run on."""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from support_chat.desk.backup.errors import BackupError
from support_chat.desk.backup.kept_files import put_back_files
from support_chat.desk.backup.making import KINDS, SECRET
from support_chat.desk.backup.manifest import Manifest
from support_chat.desk.backup.tables import is_empty, known, running
from support_chat.desk.integrity import Findings, check_integrity
from support_chat.desk.vendor import VENDOR


def restore_backup(folder: Path, *, replace: bool = False) -> tuple[Manifest, Findings]:
    """Put a backup where DATABASE_URL says, bring it to this release and check every invariant.

    Raises BackupError, and then nothing has changed: for a backup that is damaged, of the other kind or of
    a newer release, where a server runs, and where something lies unless it is to be replaced.
    """
    manifest = Manifest.read(folder)
    _fits(manifest)
    if servers := running():
        raise BackupError(
            f"A server lives on this database ({', '.join(servers)}). Stop it; after a crash wait 15 s."
        )
    if not replace and not is_empty():
        raise BackupError("This database is not empty. With --replace, what is in it gives way.")
    rows = KINDS[VENDOR].load(folder)
    if rows != manifest.rows:
        raise BackupError("It was restored, and differs from what was counted when it was made.")
    _restore_secret(folder)
    put_back_files(folder)
    call_command("migrate", verbosity=0, interactive=False)
    return manifest, check_integrity()


def _fits(manifest: Manifest) -> None:
    if manifest.database != VENDOR:
        raise BackupError(f"This is a backup of {manifest.database}; DATABASE_URL names {VENDOR}.")
    newer = set(manifest.migrations) - known()
    if newer:
        raise BackupError(f"This backup is of a newer release: {', '.join(sorted(newer))} is not known here.")


def _restore_secret(folder: Path) -> None:
    """Whoever was signed in stays so; unless the environment has a key, which then goes first."""
    if (folder / SECRET).exists() and "SECRET_KEY" not in os.environ:
        shutil.copyfile(folder / SECRET, settings.SECRET_KEY_FILE)
        settings.SECRET_KEY_FILE.chmod(0o600)
