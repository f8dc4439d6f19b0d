from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from support_chat.desk.actions.setting_up import make_queue, make_site


class Command(BaseCommand):
    help = "Makes a site with its queues, and prints the line that embeds its chat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="as visitors read it")
        parser.add_argument("--origin", action="append", default=[], help="of pages that may embed the chat")
        parser.add_argument("--queue", action="append", default=[], help="the first is the default; “Chats”")
        parser.add_argument("--locale", default="", help="of the chat, as “de”; else each visitor’s own")
        parser.add_argument("--time-zone", default="UTC")

    def handle(self, *args: Any, **options: Any) -> None:
        words = {name: options[name] for name in ("name", "time_zone", "locale")}
        try:
            site = make_site(**words, origins=options["origin"])
        except ValidationError as wrong:
            raise CommandError(wrong.message) from wrong
        for number, queue in enumerate(options["queue"] or ["Chats"]):
            make_queue(site=site, name=queue, is_default=number == 0)
        self.stdout.write(f'<script async src="/widget.js" data-site="{site.public_key}"></script>')
