"""The embedded database, with many who write, with commands beside, and on a full disk."""

import asyncio
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from support_chat.live.client import RefusedError, VisitorClient
from tests.promises.talking import bodies, whole_log
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.served import ServedProcess, own_environment, run_manage

COMMANDS = (
    ("add_site", "Second shop", "--origin", "https://second.example"),
    ("check_integrity",),
    ("export_transcripts", "--from=2026-01-01", "--to=2027-01-01", "--format=jsonl"),
    ("clearsessions",),
)


@pytest.fixture
def house(sqlite_url: str, serve_process: Callable[..., ServedProcess]) -> OpenHouse:
    key = build_house_in(sqlite_url)
    return OpenHouse(key, serve_process(sqlite_url, THROTTLE="off"), serve_process)


def file_of(house: OpenHouse) -> Path:
    return Path(house.served.database_url.removeprefix("sqlite:///"))


async def test_many_writers_and_commands_beside_them_never_meet_a_locked_database(
    house: OpenHouse, tmp_path: Path
) -> None:
    async with AsyncExitStack() as opened:
        crowd = [await opened.enter_async_context(house.visitor()) for _ in range(30)]
        chats = [await each.start_conversation("Hello") for each in crowd]
        over = asyncio.Event()
        writing = [asyncio.create_task(write_until(over, *pair)) for pair in zip(crowd, chats, strict=True)]
        for command in (*COMMANDS, ("backup", str(tmp_path / "copy"))):
            environment = own_environment(house.served.database_url)
            await asyncio.to_thread(run_manage, *command, environment=environment)
        over.set()
        took = sorted(second for each in await asyncio.gather(*writing) for second in each)
    assert took[int(len(took) * 0.95)] < 0.5
    assert "locked" not in house.served.log.read_text()
    with closing(sqlite3.connect(file_of(house))) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM desk_entry WHERE kind = 'message'").fetchone() == (
            len(took) + len(crowd),
        )
    house.check()


async def write_until(over: asyncio.Event, visitor: VisitorClient, chat: str) -> list[float]:
    """One message after the other, each once and none refused; the seconds that each took."""
    took = []
    while not over.is_set():
        began = time.monotonic()
        await visitor.request("post_message", conversation=chat, client_id=str(uuid4()), body="More")
        took.append(time.monotonic() - began)
        await asyncio.sleep(0.05)
    return took


@contextmanager
def full(house: OpenHouse) -> Iterator[None]:
    """No file of the server may grow beyond what the database holds already."""
    _, most = resource.prlimit(house.served.pid, resource.RLIMIT_FSIZE)
    journal = file_of(house).with_name(file_of(house).name + "-wal")
    resource.prlimit(house.served.pid, resource.RLIMIT_FSIZE, (journal.stat().st_size, most))
    try:
        yield
    finally:
        resource.prlimit(house.served.pid, resource.RLIMIT_FSIZE, (most, most))


async def test_on_a_full_disk_nothing_is_acknowledged_and_with_room_all_goes_on(house: OpenHouse) -> None:
    async with house.visitor() as vera:
        chat = await vera.start_conversation("Hello")
        with full(house):
            given_up = {"conversation": chat, "client_id": str(uuid4())}
            for _ in range(3):
                with pytest.raises(RefusedError) as refused:
                    await vera.request("post_message", **given_up, body="x" * 8_000)
                assert refused.value.retry
            await vera.request("skip", **given_up)
            assert bodies(await whole_log(vera, chat)) == ["Hello"], "it still reads"
            pending = asyncio.create_task(vera.post_message(chat, "kept by the client"))
            await asyncio.sleep(0.5)
            assert not pending.done()
        await pending
        async with house.visitor() as newcomer:
            await newcomer.start_conversation("And I")
        assert bodies(await whole_log(vera, chat)) == ["Hello", "kept by the client"]
    assert house.served.child.poll() is None
    house.check()
