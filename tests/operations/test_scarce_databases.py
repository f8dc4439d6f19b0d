"""PostgreSQL with a held row, with too few connections, on a full disk, and gone together with Redis."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import uuid4

import psycopg
import pytest

from support_chat.live.client import ChatClient, RefusedError, VisitorClient
from tests.promises.talking import bodies, eventually, take, whole_log
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.postgres import PostgresServer, private_postgres
from tests.services.redis import RedisServer
from tests.services.served import ServedProcess, own_environment, run_manage

Serve = Callable[..., ServedProcess]

HOLD = "SELECT id FROM desk_conversation WHERE public_id = %s FOR NO KEY UPDATE"
SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
A_PROCESS = 16  # connections of one, at most
TABLES = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'desk\\_%'"
FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE 'could not extend file "base/5/16384": No space left on device' USING ERRCODE = 'disk_full';
END $$
"""  # as PostgreSQL says it; what it cannot write of its own log ends it, as a kill does
REFUSE = (
    'CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON "{}" FOR EACH STATEMENT EXECUTE FUNCTION full_disk()'
)


async def say(visitor: VisitorClient, body: str) -> float:
    """One attempt, given up when it is refused; the seconds it took."""
    began = time.monotonic()
    fields = {"conversation": str(visitor.conversation), "client_id": str(uuid4())}
    try:
        await visitor.request("post_message", **fields, body=body)
    except RefusedError:
        await visitor.request("skip", **fields)
        raise
    return time.monotonic() - began


async def test_a_held_chat_is_refused_for_now_and_holds_up_nobody_else(
    postgres_url: str, serve_process: Serve
) -> None:
    key = build_house_in(postgres_url)
    house = OpenHouse(key, serve_process(postgres_url, THROTTLE="off"), serve_process)
    async with house.visitor() as held, house.visitor() as free:
        chat, _ = await held.start_conversation("Hello"), await free.start_conversation("Hello")
        async with await psycopg.AsyncConnection.connect(postgres_url) as somebody:
            await somebody.execute(HOLD, [chat])
            began = time.monotonic()
            waiting = asyncio.create_task(say(held, "too early"))
            took = sorted([await say(free, f"and {n}") for n in range(60)])
            with pytest.raises(RefusedError) as refused:
                await waiting
            assert time.monotonic() - began < 5
            assert (refused.value.code, refused.value.retry) == ("busy", True)
            later = asyncio.create_task(held.post_message(chat, "later"))
            await asyncio.sleep(0.2)
            assert not later.done()
        await later
        assert took[56] < 0.3, "19 of 20 of the others"
        assert bodies(await whole_log(held, chat)) == ["Hello", "later"]


async def test_a_crowd_takes_no_more_connections_than_a_process_may_have(
    postgres_url: str, serve_process: Serve
) -> None:
    key = build_house_in(postgres_url)
    house = OpenHouse(key, serve_process(postgres_url, THROTTLE="off"), serve_process)
    name = postgres_url.rpartition("/")[2]
    async with AsyncExitStack() as opened:
        crowd = [house.visitor() for _ in range(30)]
        every = asyncio.gather(*(opened.enter_async_context(each) for each in crowd))
        most = await most_sessions(postgres_url, name, asyncio.create_task(every_one(every, crowd)))
    assert 1 < most <= A_PROCESS


async def every_one(every: "asyncio.Future[object]", crowd: list[VisitorClient]) -> None:
    await every
    await asyncio.gather(*(each.start_conversation("Hello") for each in crowd))
    await asyncio.gather(*(say(each, f"and {n}") for each in crowd for n in range(5)))


async def most_sessions(url: str, name: str, work: "asyncio.Task[None]") -> int:
    most = 0
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as somebody:
        while not work.done():
            found = await (await somebody.execute(SESSIONS, [name])).fetchone()
            most = max(most, found[0] if found else 0)
            await asyncio.sleep(0.02)
    await work
    return most


async def test_where_connections_run_out_everybody_is_served_in_the_end(serve_process: Serve) -> None:
    with private_postgres(max_connections="9", superuser_reserved_connections="0") as postgres:
        house, other = await asyncio.to_thread(two_servers, postgres, None, serve_process)
        async with AsyncExitStack() as opened:
            crowd = [each.visitor() for each in (house, other) for _ in range(15)]
            async with asyncio.timeout(60):
                for each in crowd:
                    await opened.enter_async_context(each)
                chats = await asyncio.gather(*(each.start_conversation("Hello") for each in crowd))
            pairs = list(zip(crowd, chats, strict=True))
            async with asyncio.timeout(15):
                await asyncio.gather(
                    *(each.post_message(chat, f"{n}") for each, chat in pairs for n in range(5))
                )
            for each, chat in pairs:
                await eventually(lambda log=each.logs[chat]: len(bodies(log.entries)) == 6)
                assert bodies(each.logs[chat].entries) == ["Hello", *"01234"]


@asynccontextmanager
async def full_disk(url: str) -> AsyncIterator[None]:
    """Nothing more can be written into any table of the desk."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as somebody:
        await somebody.execute(FULL)
        for (table,) in await (await somebody.execute(TABLES)).fetchall():
            await somebody.execute(REFUSE.format(table).encode())
        try:
            yield
        finally:
            await somebody.execute("DROP FUNCTION full_disk CASCADE")


async def test_on_a_full_disk_nothing_is_acknowledged_what_is_there_is_read_and_with_room_all_goes_on(
    postgres_url: str, serve_process: Serve
) -> None:
    key = build_house_in(postgres_url)
    house = OpenHouse(key, serve_process(postgres_url, THROTTLE="off"), serve_process)
    async with house.visitor() as vera:
        chat = await vera.start_conversation("Hello")
        async with full_disk(postgres_url):
            for _ in range(3):
                with pytest.raises(RefusedError) as refused:
                    await say(vera, "given up")
                assert refused.value.retry
            assert bodies(await whole_log(vera, chat)) == ["Hello"]
            kept = asyncio.create_task(vera.post_message(chat, "kept by the client"))
            await asyncio.sleep(0.5)
            assert not kept.done()
        await kept
        async with house.visitor() as newcomer:
            await newcomer.start_conversation("And I")
        assert bodies(await whole_log(vera, chat)) == ["Hello", "kept by the client"]
    assert house.served.child.poll() is None, "the same process"
    house.check()


def two_servers(
    postgres: PostgresServer, redis: RedisServer | None, serve: Serve
) -> tuple[OpenHouse, OpenHouse]:
    url = postgres.create_database("support_chat")
    run_manage("migrate", "--verbosity=0", environment=own_environment(url))
    key = build_house_in(url)
    served = [serve(url, redis.url if redis else None, THROTTLE="off") for _ in range(2)]
    here, there = (OpenHouse(key, each, serve) for each in served)
    return here, there


async def test_with_both_stores_down_nothing_is_answered_and_in_either_order_all_is_well_again(
    redis_server: RedisServer, serve_process: Serve
) -> None:
    with private_postgres(synchronous_commit="on") as postgres:
        here, there = await asyncio.to_thread(two_servers, postgres, redis_server, serve_process)
        async with here.visitor() as vera, there.staff("ana") as ana:
            await ana.set_status("online")
            chat = await vera.start_conversation("Hello")
            await take(ana, chat)
            for first, second in ((postgres, redis_server), (redis_server, postgres)):
                redis_server.stop()
                await asyncio.to_thread(postgres.kill)
                said = asyncio.create_task(vera.post_message(chat, f"first {first.port}"))
                await asyncio.sleep(0.5)
                assert not said.done(), "answered, and kept nowhere"
                for store in (first, second):
                    await asyncio.to_thread(store.start)
                async with asyncio.timeout(20):
                    await said
                    await ana.post_message(chat, "Here I am")
                await eventually(lambda: whole(vera, chat) == whole(ana, chat))
            assert len(bodies(vera.logs[chat].entries)) == 5
        assert here.served.child.poll() is there.served.child.poll() is None, "the same processes"


def whole(client: ChatClient, chat: str) -> list[str]:
    return bodies(client.logs[chat].entries)
