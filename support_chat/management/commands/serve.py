from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from support_chat.server import serve


class Command(BaseCommand):
    help = "Runs one server process: sockets, pages and clock. SIGTERM ends it within 10 s."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to bind; default 127.0.0.1")
        parser.add_argument("--port", type=int, default=8000, help="port to bind; default 8000")

    def handle(self, *args: Any, **options: Any) -> None:
        serve(options["host"], options["port"])
