from typing import Any

from django.core.management.base import BaseCommand

from support_chat.asyncapi import KEPT, written


class Command(BaseCommand):
    help = "Writes the live protocol as an AsyncAPI document, from the tables that the server goes by."

    def handle(self, *args: Any, **options: Any) -> None:
        KEPT.write_text(written(), encoding="utf-8")
        self.stdout.write(str(KEPT))
