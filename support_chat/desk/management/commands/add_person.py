from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from support_chat.desk.actions.setting_up import hire_agent, hire_manager
from support_chat.desk.models import Site


class Command(BaseCommand):
    help = "Lets somebody into a site's team. Their password is then set with `changepassword`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("first_name")
        parser.add_argument("last_name")
        parser.add_argument("--site", required=True, help="its key, as in the embedding line")
        parser.add_argument("--role", choices=["agent", "supervisor", "manager"], default="agent")
        parser.add_argument(
            "--queue", action="append", default=[], help="that they answer; all when none is named"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        site = Site.objects.filter(public_key=options["site"]).first()
        if site is None:
            raise CommandError("No site has this key.")
        names = {name: options[name] for name in ("username", "first_name", "last_name")}
        if options["role"] == "manager":
            hire_manager(site=site, **names)
        else:
            queues, supervises = self._queues(site, options["queue"]), options["role"] == "supervisor"
            hire_agent(site=site, queues=queues, supervises=supervises, **names)
        self.stdout.write(f"Now set a password: python manage.py changepassword {options['username']}")

    def _queues(self, site: Site, names: list[str]) -> list[Any]:
        queues = list(site.queues.filter(name__in=names) if names else site.queues.all())
        if names and len(queues) != len(set(names)):
            raise CommandError("This site has not all of these queues.")
        return queues
