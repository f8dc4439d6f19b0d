from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from support_chat.desk.actions.setting_up import make_queue, make_site


class Command(BaseCommand):
    help = "Makes a site with its queues, and prints the line that embeds its chat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="as visitors read it")
        parser.add_argument("--origin", action="append", default=[], help="of pages that may embed the chat")
        parser.add_argument("--queue", action="append", default=[], help="the first is the default; “Chats”")
        parser.add_argument("--locale", default="en")
        parser.add_argument("--time-zone", default="UTC")

    def handle(self, *args: Any, **options: Any) -> None:
        site = make_site(
            name=options["name"],
            time_zone=options["time_zone"],
            locale=options["locale"],
            origins=options["origin"],
        )
        for number, queue in enumerate(options["queue"] or ["Chats"]):
            make_queue(site=site, name=queue, is_default=number == 0)
        self.stdout.write(f'<script async src="/widget.js" data-site="{site.public_key}"></script>')
