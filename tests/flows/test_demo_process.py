"""`manage.py demo` as a newcomer starts it: one address first, then everything behind it."""

import asyncio
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.demo import RunningDemo, demo_running


@pytest.fixture
def running(database_url: str, tmp_path: Path) -> Iterator[RunningDemo]:
    with demo_running(tmp_path, database_url) as demo:
        yield demo


def test_the_demo_says_one_address_first_and_the_shop_is_there(running: RunningDemo) -> None:
    assert running.log.read_text().splitlines()[0] == f"{running.url}/"
    with urllib.request.urlopen(running.url) as answer:
        assert running.key in answer.read().decode()


async def test_a_pulled_plug_keeps_a_visitor_out_for_fifteen_seconds_and_loses_nothing(
    running: RunningDemo,
) -> None:
    async with running.visitor() as visitor:
        chat = await visitor.start_conversation("Hello")
        cut = await asyncio.to_thread(running.post, "/demo/cut/", visitor.token)
        assert cut == {"seconds": 15}

        began = time.monotonic()
        async with asyncio.timeout(30):
            await visitor.post_message(chat, "Written while the line was cut")
        assert time.monotonic() - began > 12
        assert [entry["body"].get("text") for entry in visitor.logs[chat].entries] == [
            None,
            "Hello",
            "Written while the line was cut",
        ]


async def test_a_cut_needs_the_visitors_own_token(running: RunningDemo) -> None:
    async with running.visitor() as visitor:
        await visitor.start_conversation("Hello")
        assert await asyncio.to_thread(running.post, "/demo/cut/", "somebody else") == {"seconds": 0}
        await visitor.request("beat")


async def test_twelve_simulated_visitors_stand_before_the_thirteenth(running: RunningDemo) -> None:
    assert await asyncio.to_thread(running.post, "/demo/visitors/", None) == {"crowd": 12}
    assert await asyncio.to_thread(running.post, "/demo/visitors/", None) == {"crowd": 12}
    async with running.visitor() as visitor:
        await asyncio.sleep(5)  # they come one after another
        await visitor.start_conversation("I am the thirteenth")
        found = await asyncio.to_thread(running.post, "/demo/trials/", visitor.token)
    assert found["place"] == 13
    assert found["crowd"] == 12
