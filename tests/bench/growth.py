"""What a message costs in long chats and in a long log: it should cost the same."""

import asyncio

import psycopg

from tests.bench.chats import Crowd, gather_crowd
from tests.bench.closed_loop import Rate, closed_loop
from tests.bench.ground import Ground, database, ground
from tests.bench.house import House, build_for
from tests.bench.options import Options
from tests.bench.table import show

CHATS = 20
SHORT, LONG = 50, 5_000  # entries of a chat
A_CHAT = 1_000  # entries of a chat of the log that is there already
HEADS = ("what grows", "entries", "messages/s", "CPU us", "times the first")
FILL = """
WITH site AS (SELECT id FROM desk_site LIMIT 1),
visitors AS (
    INSERT INTO desk_visitor (public_id, site_id, token_sha256, name, locale, page, here, seen_at, created_at)
    SELECT 'filler-' || n, site.id, 'filler-' || n, 'Filler ' || n, '', '', false, now(), now()
    FROM site, generate_series(%(first)s::int, %(last)s::int) n RETURNING id, site_id, public_id
), chats AS (
    INSERT INTO desk_conversation (public_id, site_id, visitor_id, start_id, salt, page, locale, queue_id,
        state, position, visible, mark, visible_mark, chain, visible_chain, visitor_messages,
        team_messages, last_at, last_words, opened_at, closed_at, tags)
    SELECT public_id, site_id, id, gen_random_uuid(), '', '', '', (SELECT min(id) FROM desk_queue), 'closed',
        %(entries)s, %(entries)s, '', '', '', '', %(entries)s, 0, now(), '{}', now(), now(), '[]'
    FROM visitors RETURNING id
), entries AS (
    INSERT INTO desk_entry (conversation_id, position, visible, shown, mark, kind, author_role, author_id,
        author_name, public_name, at, client_id, asked, digest, chain, visible_chain, visitor_messages,
        team_messages)
    SELECT id, n, n, true, left(md5(n::text), 16), 'message', 'visitor', 'filler', 'Filler', 'Filler', now(),
        gen_random_uuid(), '', repeat('d', 64), repeat('c', 64), repeat('v', 64), n, 0
    FROM chats, generate_series(1, %(entries)s::int) n RETURNING id
)
INSERT INTO desk_entrybody (entry_id, text, salt)
SELECT id, '{"text":"' || repeat('w', 68) || '"}', '' FROM entries
"""


def run(options: Options) -> None:
    """On PostgreSQL, under the first server that is asked for."""
    with database("postgresql") as (database_url, redis_url):
        house = build_for(database_url, CHATS)
        with ground("postgresql", options.servers[0], database_url, redis_url) as there:
            short, long = asyncio.run(_lengths(there, house, options))
            rows = [("a chat", SHORT, short), ("a chat", LONG, long)]
    rows += [("the log", entries, _filled(entries, options)) for entries in options.logs]
    show(
        "A message's cost as things grow (closed loop, 20 chats)",
        HEADS,
        [
            (what, size, rate.a_second, rate.cpu, rate.cpu / first.cpu)
            for what, size, rate, first in _with_first(rows)
        ],
    )


def _with_first(rows: list[tuple[str, int, Rate]]) -> list[tuple[str, int, Rate, Rate]]:
    firsts: dict[str, Rate] = {}
    return [(what, size, rate, firsts.setdefault(what, rate)) for what, size, rate in rows]


async def _lengths(there: Ground, house: House, options: Options) -> tuple[Rate, Rate]:
    """Of chats that have just begun, and of the same when they are long."""
    crowd = await gather_crowd(there, house, CHATS)
    short = await closed_loop(crowd, there, SHORT * CHATS / 2_000)
    while min(chat.sent for chat in crowd.chats) < LONG:
        await closed_loop(crowd, there, options.seconds)
    long = await closed_loop(crowd, there, options.seconds)
    await crowd.close()
    return short, long


def _filled(entries: int, options: Options) -> Rate:
    with database("postgresql") as (database_url, redis_url):
        house = build_for(database_url, CHATS)
        _fill(database_url, entries)
        with ground("postgresql", options.servers[0], database_url, redis_url) as there:

            async def measure() -> Rate:
                crowd: Crowd = await gather_crowd(there, house, CHATS)
                rate = await closed_loop(crowd, there, options.seconds)
                await crowd.close()
                return rate

            return asyncio.run(measure())


def _fill(database_url: str, entries: int) -> None:
    """Chats of A_CHAT entries each, closed; straight into the tables: they are weight, nobody reads them."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        for first in range(1, entries // A_CHAT + 1, 100):
            last = min(first + 99, entries // A_CHAT)
            connection.execute(FILL, {"first": first, "last": last, "entries": A_CHAT})
        connection.execute("VACUUM ANALYZE")
