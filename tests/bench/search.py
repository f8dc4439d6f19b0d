"""How fast the inbox opens and a search answers beside a million chats, as a console sees it."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

from tests.bench.ground import Ground, ground
from tests.bench.house import House, build_for
from tests.bench.options import Options
from tests.bench.past import ENTRIES, fill
from tests.bench.spread import Spread
from tests.bench.table import show
from tests.bench.wire import Socket
from tests.services.postgres import private_postgres

AGENTS: Final = 50
INBOXES: Final = 10  # agents whose inboxes are opened
TIMES: Final = 60  # each
INBOX, SEARCH = 50, 200  # milliseconds that p95 may take; a list of chats as long as the inbox
# As a database of this size is run; it is not written to, so that nothing has to be durable.
SETTINGS: Final = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "1h",
}
HEADS = ("what", "p50 ms", "p95 ms", "slowest ms", "may take ms", "found")


def run(options: Options) -> None:
    """On PostgreSQL, under the first server that is asked for. Fails when something is slower than it may."""
    with private_postgres(**SETTINGS) as postgres:
        url = postgres.create_database("bench")
        house = build_for(url, AGENTS * 50)
        began = time.perf_counter()
        fill(url, options.past)
        built = time.perf_counter() - began
        with ground("postgresql", options.servers[0], url, None) as there:
            rows = asyncio.run(_measured(there, house, options.past))
    chats, entries = f"{options.past:,} chats", f"{options.past * ENTRIES:,} entries"
    show(f"Beside {chats} and {entries}, made in {built:.0f} s ({TIMES} times each)", HEADS, rows)
    late = [str(row[0]) for row in rows if float(row[2]) > row[4]]
    if late:
        raise SystemExit(f"Longer than it may take: {', '.join(late)}")


async def _measured(there: Ground, house: House, chats: int) -> list[tuple[Any, ...]]:
    rows = [("the inbox opens", *await _inbox(there, house))]
    socket = await Socket.open(f"{there.agents.url}/ws/agent")
    await socket.ask("hello", token=house.tokens[0])
    for name, which in _LISTS.items():
        rows.append((f"list: {name}", *await _list(socket, which, paged=False)))
        rows.append((f"list: {name}, page after page", *await _list(socket, which, paged=True)))
    for name, query in _searches(chats).items():
        rows.append((f"search: {name}", *await _search(socket, query)))
    rows.append(("search: page after page", *await _pages(socket)))
    await socket.close()
    return rows


def _where(*conditions: tuple[str, str]) -> dict[str, Any]:
    asked = [{"field": field, "value": value} for field, value in conditions]
    return {"rules": {"match": "all", "groups": [{"match": "all", "conditions": asked}]}}


_LISTS: Final[dict[str, dict[str, Any]]] = {
    "queue": {"view": "queue"},
    "team": {"view": "team"},
    "closed": {"view": "closed"},
    "with a tag": _where(("tag", "vip")),
    "closed, with an address": _where(("state", "closed"), ("email", "yes")),
    "of me, closed": _where(("agent", "me"), ("state", "closed")),
}


def _searches(chats: int) -> dict[str, Callable[[int], str]]:
    """By what they are like, how each of them is written the n-th time."""
    last = chats * ENTRIES
    numbered = [f"A{20 * (entry // 20) + 7}" for entry in range(last // 3, last // 3 + 20 * TIMES, 20)]
    return {
        "a word that is nowhere": lambda n: f"nowhere{n} ",
        "an order's number": lambda n: f"{numbered[n % len(numbered)]} ",
        "a rare word": lambda n: ("warranty ", "balana ")[n % 2],
        "a less common word": lambda n: "teapot ",
        "a common word": lambda n: ("order ", "the ", "refund ")[n % 3],
        "a begun word": lambda n: ("ref", "tea", "invo", "war")[n % 4],
        "two words": lambda n: ("teapot refund ", "order warranty ", "the delivery ")[n % 3],
        "a phrase": lambda n: ('"my order"', '"refund please"', '"teapot the"')[n % 3],
        "without a word": lambda n: "teapot -the",
        "an address that many have": lambda n: "mail.example ",
        "words of visitors": lambda n: "invoice from:visitor ",
        "in open chats": lambda n: ("refund is:open ", "warranty is:queued ")[n % 2],
        "before a day": lambda n: "refund before:2026-01-01 ",
        "of an agent": lambda n: "teapot agent:agent7 ",
        "with a tag": lambda n: "refund tag:vip ",
        "operators alone": lambda n: ("is:open", "agent:agent7", "tag:vip is:closed", "from:visitor")[n % 4],
    }


async def _inbox(there: Ground, house: House) -> tuple[Any, ...]:
    """Of agents who are there already, in another window: that somebody comes is a story of its own."""
    spread = Spread()
    found = 0
    address, tokens = f"{there.agents.url}/ws/agent", house.tokens[:INBOXES]
    first = [await Socket.open(address) for _ in tokens]
    for socket, token in zip(first, tokens, strict=True):
        await socket.ask("hello", token=token)
    await first[-1].listen(2.0)
    for n in range(TIMES):
        socket = await Socket.open(address)
        began = time.perf_counter()
        welcome = await socket.ask("hello", token=tokens[n % len(tokens)])
        spread.seconds.append(time.perf_counter() - began)
        found = len(welcome["inbox"])
        await socket.close()
    for socket in first:
        await socket.close()
    return _row(spread, INBOX, found)


async def _list(socket: Socket, which: dict[str, Any], *, paged: bool) -> tuple[Any, ...]:
    """The first page, with its count, or each page after the one before."""
    spread = Spread()
    found, after = 0, None
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = await socket.ask("list_conversations", which=which, after=after, limit=50)
        spread.seconds.append(time.perf_counter() - began)
        found, after = len(answer["rows"]), answer["next"] if paged else None
    return _row(spread, INBOX, found)


async def _search(socket: Socket, query: Callable[[int], str]) -> tuple[Any, ...]:
    """Each as the first time; of what is found, how much the last one found."""
    spread = Spread()
    found = 0
    for n in range(TIMES):
        began = time.perf_counter()
        answer = await socket.ask("search", query=query(n))
        spread.seconds.append(time.perf_counter() - began)
        found = len(answer["found"]) + len(answer["people"])
    return _row(spread, SEARCH, found)


async def _pages(socket: Socket) -> tuple[Any, ...]:
    spread = Spread()
    found, after = 0, None
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = await socket.ask("search", query="order ", after=after)
        spread.seconds.append(time.perf_counter() - began)
        found, after = len(answer["found"]), answer["after"]
    return _row(spread, SEARCH, found)


def _row(spread: Spread, limit: int, found: int) -> tuple[Any, ...]:
    return (spread.at(0.5), spread.at(0.95), spread.at(1.0), limit, found)
