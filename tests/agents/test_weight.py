import re
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

from support_chat.desk.models import User
from support_chat.module_graph import module_graph
from tests.agents.conftest import as_user

FIRST_LOAD = 90_000  # bytes, as a browser gets them: compressed with brotli


def _weight(name: str) -> int:
    found = finders.find(name)
    assert found is not None, name
    return len(brotli.compress(Path(found).read_bytes()))


def test_the_first_load_of_the_console_stays_small(ana: User) -> None:
    page = as_user(ana).get("/console/").content
    styles = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', page.decode())
    graph = module_graph("agents/console.js")
    blocked = module_graph("support_chat/fallback_link.js").first  # fetched where sockets are blocked alone
    elsewhere = {"support_chat/fallback_link.js", *blocked} - set(graph.first)
    modules = {"agents/console.js", *graph.first, *graph.later} - elsewhere
    assert styles
    assert len(modules) > 30
    assert len(brotli.compress(page)) + sum(map(_weight, [*styles, *modules])) < FIRST_LOAD
