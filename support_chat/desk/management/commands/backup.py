import sqlite3
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from support_chat.desk.backup import make_backup
from support_chat.desk.backup.errors import BackupError


class Command(BaseCommand):
    help = (
        "Makes a whole backup in a new folder: the database as it is at one instant, and the secret key if it"
        " is kept beside it. The servers may go on."
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
            self.stdout.write(f"  {name}")
