"""Counts every invariant of the data; exit status 1 when one is broken."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from support_chat.desk.integrity import check_integrity, mend_rows


class Command(BaseCommand):
    help = (
        "Reads every log again, recomputes digests, hash chains, counts and each chat's row from it, and"
        " checks owners, capacity, places and read marks. Prints a table; exit status 1 when something is"
        " broken. Changes nothing, unless told to mend; the servers may go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        words = "first bring rows of chats in line with their logs: once after the last server of a release"
        parser.add_argument("--mend", action="store_true", help=f"{words} before has ended")

    def handle(self, *, mend: bool, **_: Any) -> None:
        if mend:
            self.stdout.write(f"{mend_rows()} rows follow from their logs again")
        findings = check_integrity()
        self.stdout.write("\n".join(findings.lines()))
        if findings.broken:
            raise CommandError(f"{len(findings.broken)} invariants are broken", returncode=1)
        self.stdout.write("all hold")
