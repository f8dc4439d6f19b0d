"""Everybody loses the link at once and comes back at once: how long until all are where they were."""

import asyncio
import time

import psycopg

from tests.bench.chats import Chat, Crowd, gather_crowd
from tests.bench.ground import Ground, database, ground
from tests.bench.house import House, build_for
from tests.bench.options import Options
from tests.bench.table import show
from tests.bench.wire import Socket

HEADS = ("server", "clients", "all back after s", "statements each", "of them reading")
TOLD = 5.0  # seconds that the server has to see that they are gone
COUNT = """
SELECT sum(calls), sum(calls) FILTER (WHERE query ILIKE 'SELECT%')
FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database()
"""


def run(options: Options) -> None:
    """On PostgreSQL, which counts what it is asked."""
    rows = []
    for server in options.servers:
        with database("postgresql", shared_preload_libraries="pg_stat_statements") as (
            database_url,
            redis_url,
        ):
            house = build_for(database_url, options.clients)
            with ground("postgresql", server, database_url, redis_url) as there:
                rows.append((server, options.clients, *asyncio.run(_measure(there, house, options.clients))))
    show("Everybody comes back at once (hello with token, then resume)", HEADS, rows)


async def _measure(there: Ground, house: House, clients: int) -> tuple[float, float, float]:
    crowd = await gather_crowd(there, house, clients)
    for chat in crowd.chats:
        chat.visitor.connection.transport.abort()
    await asyncio.sleep(TOLD)
    with psycopg.connect(there.database_url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        connection.execute("SELECT pg_stat_statements_reset()")
        seconds = await _all_back(there, house, crowd)
        counted = connection.execute(COUNT).fetchone()
    await crowd.close()
    calls, reads = counted or (0, 0)
    return seconds, float(calls) / clients, float(reads) / clients


async def _all_back(there: Ground, house: House, crowd: Crowd) -> float:
    began = time.perf_counter()
    await asyncio.gather(*(_back(there, house, chat) for chat in crowd.chats))
    return time.perf_counter() - began


async def _back(there: Ground, house: House, chat: Chat) -> None:
    chat.visitor = await Socket.open(f"{there.visitors.url}/ws/visitor")
    await chat.visitor.ask("hello", site=house.key, token=chat.token)
    answer = await chat.visitor.ask("resume", conversation=chat.name, after=chat.position, mark=chat.mark)
    if not answer["recovered"]:
        raise RuntimeError("a log was not recognised")
