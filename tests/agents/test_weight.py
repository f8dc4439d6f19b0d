import json
import re
from pathlib import Path

import brotli
import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders

from support_chat.desk.models import User
from support_chat.module_graph import module_graph
from tests.agents.conftest import as_user

FIRST_LOAD = 90_000  # bytes, as a browser gets them: compressed with brotli
BUNDLED = 45_000
# Every dialog, the views with their filters, the board; of the box: finding canned replies and filling them,
# what follows a reply, and macros; keys; sounds, notices, push, what rings;
# working with others in one chat; search; who is on the site; German times and hours. Nothing waits for it.
AFTERWARDS = 190_000


def _weight(name: str) -> int:
    found = finders.find(name)
    assert found is not None, name
    return len(brotli.compress(Path(found).read_bytes()))


@pytest.fixture
def page(ana: User) -> bytes:
    answer: bytes = as_user(ana).get("/console/").content
    return answer


def test_the_first_load_of_the_console_stays_small(page: bytes) -> None:
    styles = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', page.decode())
    modules = {"agents/console.js", *module_graph("agents/console.js").first}
    assert styles
    assert len(modules) > 30
    assert len(brotli.compress(page)) + sum(map(_weight, [*styles, *modules])) < FIRST_LOAD


@pytest.mark.usefixtures("bundles_made")
def test_the_first_load_of_a_bundled_console_is_one_script_and_two_style_sheets(
    ana: User, settings: LazySettings
) -> None:
    settings.ASSETS = "bundle"
    page: bytes = as_user(ana).get("/console/").content
    files = re.findall(r'(?:src|rel="stylesheet" href)="/static/([^"]+)"', page.decode())
    assert [Path(file).suffix for file in files] == [".css", ".js", ".css"]
    assert len(brotli.compress(page)) + sum(map(_weight, files)) < BUNDLED


def test_what_the_console_fetches_afterwards_stays_small_too(page: bytes) -> None:
    found = re.search(r'<script id="boot" type="application/json">(.*?)</script>', page.decode(), re.DOTALL)
    assert found is not None
    later = json.loads(found[1])["later"]
    names = [address.removeprefix("/static/") for address in (*later["styles"], *later["modules"])]
    assert {"agents/later.js", "agents/chat_view.js", "agents/board.js"} <= {*names}
    assert not {*names} & {*module_graph("agents/console.js").first}
    assert sum(map(_weight, names)) < AFTERWARDS
