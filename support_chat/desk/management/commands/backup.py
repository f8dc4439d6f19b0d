import sqlite3
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from support_chat.desk.backup import make_backup
from support_chat.desk.backup.errors import BackupError
from support_chat.desk.backup.kept_files import FOLDER
from support_chat.desk.backup.manifest import Manifest


class Command(BaseCommand):
    help = (
        "Makes a whole backup in a new folder: the database as it is at one instant, the secret key if it"
        " is kept beside it, and chats' files if they are kept in a folder. The servers may go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="must not be there yet")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = make_backup(folder)
        except (BackupError, OSError, sqlite3.Error, DatabaseError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{folder}: {manifest.database} {manifest.server}, {manifest.rows['desk_conversation']} chats,"
            f" {manifest.rows['desk_entry']} entries; with all that was answered before {manifest.made_at}"
        )
        for name in manifest.files:
            if not name.startswith(f"{FOLDER}/"):
                self.stdout.write(f"  {name}")
        self.stdout.write(f"  {_files(manifest)}")


def _files(manifest: Manifest) -> str:
    if manifest.files_elsewhere:
        return f"Without the files of chats: {manifest.files_elsewhere} keeps them. Back them up there."
    count = sum(name.startswith(f"{FOLDER}/") for name in manifest.files)
    return f"{FOLDER}/: {count} files of chats"
