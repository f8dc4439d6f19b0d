"""Builds houses: {"url", "origins", "capacity"} a line, and the key of each site for an answer.

manage.py shell --command "from tests.services.builder import main; main()"
"""

import json
import sys

from django.db import connections

from support_chat.settings.databases import database
from tests.services.house import build_house


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        _turn_to(asked["url"])
        sys.stdout.write(f"{build_house(asked['origins'], asked['capacity']).public_key}\n")
        sys.stdout.flush()
        connections["default"].close()


def _turn_to(url: str) -> None:
    """The next connection is to this database."""
    connections["default"].close()
    del connections["default"]
    connections.settings.update(connections.configure_settings({"default": database(url)}))
