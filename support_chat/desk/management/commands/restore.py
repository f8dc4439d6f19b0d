import sqlite3
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from support_chat.desk.backup import restore_backup
from support_chat.desk.backup.errors import BackupError


class Command(BaseCommand):
    help = (
        "Puts a backup where DATABASE_URL says, brings it to this release and checks every invariant. Stop"
        " the servers first. Exit status 1 when it was not restored, or something in it is broken."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="that `backup` made")
        parser.add_argument("--replace", action="store_true", help="also where something lies already")

    def handle(self, *args: Any, folder: Path, replace: bool, **options: Any) -> None:
        try:
            manifest, findings = restore_backup(folder, replace=replace)
        except (BackupError, OSError, sqlite3.Error, DatabaseError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(findings.lines()))
        if manifest.files_elsewhere:
            self.stdout.write(f"The files of chats are not in it: {manifest.files_elsewhere} kept them.")
        if findings.broken:
            raise CommandError(f"It was restored; {len(findings.broken)} invariants are broken in it.")
        self.stdout.write(f"all hold; this is how things were at {manifest.made_at}")
