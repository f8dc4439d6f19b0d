"""Managers who search, read and take away much at once, beside chats that go on as if they did not."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from support_chat.live.client import VisitorClient
from tests.operations.archive import FILL, LONG
from tests.operations.asking import answer_of
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.served import ServedProcess, own_environment, run_manage

CHATS = 1_000
SEARCHES = [
    {"page": "1000000000", "limit": "1000000000", "order": "-salt"},
    {"since": "0001-01-01", "until": "9999-12-31"},
    {"visitor": "%_%_%"},
    {"visitor": "e", "since": "1970-01-01"},
    {"after": "A" * 22},
]
AT_ONCE = 50  # searches, and then …
TAKEN = 20  # … downloads
USUAL, SLOW = 0.3, 1.0  # seconds for half of the messages, and for 19 of 20 on a machine that does much else
LARGEST = 100_000  # characters of a page of what was found


@dataclass
class Manager:
    """Somebody who is signed in, in a house with a past whose longest chat they know."""

    house: OpenHouse
    longest: str
    cookie: str

    async def get(self, path: str) -> str:
        url = f"{self.house.served.url}/console/transcripts/{path}"
        status, body = await asyncio.to_thread(answer_of, url, Cookie=self.cookie)
        assert status == 200
        return body


@pytest.fixture
def mia(database_url: str, serve_process: Callable[..., ServedProcess]) -> Manager:
    key = build_house_in(database_url)
    words = FILL.format(key=key, chats=CHATS)
    told = run_manage("shell", "-v0", "--command", words, environment=own_environment(database_url))
    house = OpenHouse(key, serve_process(database_url, THROTTLE="off"), serve_process)
    return Manager(house, *told.split()[-2:])


async def test_chats_go_on_as_ever_beside_managers_who_search_and_take_away_much_at_once(
    mia: Manager, tmp_path: Path
) -> None:
    async with mia.house.visitor() as vera:
        chat = await vera.start_conversation("Hello")
        asked = [mia.get(f"?{urlencode(SEARCHES[n % len(SEARCHES)])}") for n in range(AT_ONCE)]
        found = await beside(vera, chat, *asked)
        taken = await beside(vera, chat, *[mia.get(f"{mia.longest}/download/txt/") for _ in range(TAKEN)])
        await beside(vera, chat, asyncio.to_thread(export, mia, tmp_path / "all.jsonl"))
    assert max(map(len, found)) < LARGEST
    assert {text.count("x" * 60) for text in taken} == {LONG - 2}
    assert [path.name for path in await asyncio.to_thread(files_of, tmp_path)] == ["all.jsonl"]


async def beside(vera: VisitorClient, chat: str, *work: Awaitable[str]) -> list[str]:
    """Does all this at once, while somebody writes one message after the other; what it came to."""
    doing = asyncio.gather(*work)
    took = []
    while not doing.done() or len(took) < 20:
        began = time.monotonic()
        await vera.request("post_message", conversation=chat, client_id=str(uuid4()), body="And then?")
        took.append(time.monotonic() - began)
        await asyncio.sleep(0.02)
    took.sort()
    assert took[len(took) // 2] < USUAL
    assert took[len(took) * 19 // 20] < SLOW
    return await doing


def export(mia: Manager, file: Path) -> str:
    days = ("--from=0001-01-01", "--to=9999-12-31", "--format=jsonl", f"--out={file}")
    return run_manage("export_transcripts", *days, environment=own_environment(mia.house.served.database_url))


def files_of(folder: Path) -> list[Path]:
    """What lies there, whole or half done; a database has a folder of its own."""
    return [path for path in folder.iterdir() if path.name.startswith((".all", "all"))]
