"""One message can be followed through the logs of all processes, and no client can follow anybody else's."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Any

import psycopg
import pytest

from support_chat.desk import db, journal
from support_chat.live.traces import SLOW, Trace, begin, follow
from tests.desk import people
from tests.desk.running import running
from tests.promises.talking import bodies, eventually, take
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.redis import RedisServer
from tests.services.served import ServedProcess

WORDS = "Where is my parcel with the blue vase?"


def traces_in(log: Path, words: str) -> list[str]:
    """The traces of the lines that say this."""
    return [
        found[1]
        for line in log.read_text().splitlines()
        if words in line and (found := re.search(r"trace ([0-9a-f]{16})", line))
    ]


def two_processes(
    database_url: str, redis_url: str | None, serve: Callable[..., ServedProcess]
) -> tuple[OpenHouse, OpenHouse]:
    key = build_house_in(database_url)
    here, there = (OpenHouse(key, serve(database_url, redis_url, TRACE="all"), serve) for _ in range(2))
    return here, there


async def test_a_message_is_followed_from_the_process_it_came_to_into_the_one_that_told_it(
    postgres_url: str, redis_server: RedisServer, serve_process: Callable[..., ServedProcess]
) -> None:
    here, there = two_processes(postgres_url, redis_server.url, serve_process)
    heard: list[Any] = []
    async with here.visitor() as vera, there.staff("ana") as ana:
        for client in (vera, ana):
            client.on_event.append(heard.append)
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        heard.append(await vera.request("post_message", conversation=chat, client_id=ID, body=WORDS))
        await eventually(lambda: WORDS in bodies(ana.logs[chat].entries))
        (trace,) = traces_in(here.served.log, "post_message was answered")
        told = f"conversation:{chat} {ana.logs[chat].position} was told here"
        await eventually(lambda: traces_in(there.served.log, told) == [trace])
    assert traces_in(here.served.log, told) == [trace]
    for house in (here, there):
        assert WORDS not in house.served.log.read_text()
    assert trace not in json.dumps(heard), "a client was told a trace"


ID = "0e5b8d9c-7d0c-4a4e-9d64-6f6a0f6f3a51"


async def test_a_message_is_followed_where_no_hint_came(
    postgres_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    here, there = two_processes(postgres_url, None, serve_process)
    async with here.visitor() as vera, there.staff("ana") as ana:
        await ana.set_status("online")
        chat = await vera.start_conversation("Hello")
        await take(ana, chat)
        await vera.post_message(chat, WORDS)
        await eventually(lambda: WORDS in bodies(ana.logs[chat].entries))
    (trace,) = traces_in(here.served.log, "post_message was answered")
    assert trace in traces_in(there.served.log, f"conversation:{chat} was found in the letterbox")
    with psycopg.connect(postgres_url) as connection:
        left = connection.execute(
            "SELECT topics, traces FROM desk_change WHERE traces::text LIKE %s", [f"%{trace}%"]
        )
        ((topics, traces),) = left.fetchall()
    assert traces.keys() <= topics.keys()


def test_what_is_slow_is_in_the_log_and_what_is_not_is_not(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "support_chat.trace")
    assert follow(begin(), "%s was answered", "post_message") < SLOW
    assert caplog.records == []
    assert follow(Trace("0011223344556677", time() - 1.5), "%s was answered", "post_message") > SLOW
    assert caplog.records[0].levelname == "WARNING"
    assert re.fullmatch(
        r"post_message was answered, 1\.5\d\d s after it came, trace 0011223344556677\.", caplog.messages[0]
    )


def test_a_clock_that_is_behind_makes_nothing_earlier_than_it_came() -> None:
    assert follow(Trace("0011223344556677", time() + 60), "It was told") == 0.0


def test_traces_tell_nothing_of_what_else_goes_on() -> None:
    assert len({begin().id for _ in range(1000)}) == 1000
    assert all(re.fullmatch("[0-9a-f]{16}", begin().id) for _ in range(10))


@pytest.mark.django_db(transaction=True)
async def test_who_is_refused_because_something_failed_is_told_by_what_name_the_log_knows_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("silently broken")

    async with running() as desk:
        vera = await desk.visitor((await db.run(people.house)).site)
        chat = (await vera.ok("start_conversation", client_id=ID, body="Hello"))["conversation"]
        monkeypatch.setattr(journal, "write", broken)
        client_id = ID.replace("0e5b", "1e5b")
        reply = await vera.ask("post_message", conversation=chat, client_id=client_id, body=WORDS)
    error = reply["error"]
    assert (error["code"], error["retry"]) == ("failed", True)
    assert re.fullmatch("[0-9a-f]{16}", error["trace"])
    assert len([line for line in caplog.messages if error["trace"] in line]) == 2, "as a batch, and alone"
    assert WORDS not in caplog.text
