"""The site that is loaded, with agents enough for every chat."""

import math
from dataclasses import dataclass

from tests.services.served import own_environment, run_manage

CHATS_AN_AGENT = 50  # that one console hears in full
BUILD = "from tests.bench.site import build; print(build({agents}, {chats}))"


@dataclass(frozen=True)
class House:
    """A site by its key, and the tokens of its agents."""

    key: str
    tokens: list[str]


def build_for(database_url: str, chats: int) -> House:
    """Migrates that database and makes a house in it for so many chats at once."""
    environment = own_environment(database_url)
    run_manage("migrate", "--verbosity=0", environment=environment)
    build = BUILD.format(agents=math.ceil(chats / CHATS_AN_AGENT), chats=CHATS_AN_AGENT)
    key, *tokens = run_manage("shell", "-v0", "--command", build, environment=environment).splitlines()
    return House(key, tokens)
