"""Makes the site that is loaded; run by a process that is on its database."""

from tests.promises.crowd import hire_crowd
from tests.services.house import build_house, token_of


def build(agents: int, chats_an_agent: int) -> str:
    """A site with so many agents; its key and their tokens, one a line."""
    site = build_house([])
    hire_crowd(site.public_key, [chats_an_agent] * agents)
    return "\n".join([site.public_key, *(token_of(f"agent{number}") for number in range(agents))])
