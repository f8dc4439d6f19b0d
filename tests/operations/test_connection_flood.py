"""One address opens far more sockets than it may: it is told so, and nobody else notices."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from support_chat.live.throttle import NEW_A_SECOND
from tests.promises.talking import eventually
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.served import ServedProcess

FLOOD, OTHERS = 300, 20  # sockets
FLOODING, OTHER = "127.0.0.2", "127.0.0.3"
SOON = 5.0  # seconds to be let in or refused; less than one where nothing else runs
LANES = 24  # files that its connections to a database take, once all are in use
AGAIN = 5.0  # seconds from the end of its sockets until an address has its places back


class Came(NamedTuple):
    """How an attempt ended: welcomed on a line, or closed with a code; and the seconds it took."""

    line: ClientConnection
    code: int | None
    took: float


async def come(opened: AsyncExitStack, house: OpenHouse, address: str) -> Came:
    url, began = f"{house.served.ws_url}/ws/visitor", time.monotonic()
    options = {"compression": None, "ping_interval": None, "proxy": None, "open_timeout": 30}
    line = await opened.enter_async_context(connect(url, local_addr=(address, 0), **options))
    try:
        await line.send(json.dumps({"id": 1, "do": "hello", "with": {"site": house.key}}))
        assert "ok" in json.loads(await line.recv())
    except ConnectionClosed:
        return Came(line, line.close_code, time.monotonic() - began)
    return Came(line, None, time.monotonic() - began)


def open_files(house: OpenHouse) -> int:
    return len(list(Path(f"/proc/{house.served.pid}/fd").iterdir()))


async def test_what_one_address_opens_too_many_is_refused_soon_and_another_one_comes_in_meanwhile(
    sqlite_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    key = await asyncio.to_thread(build_house_in, sqlite_url)
    house = OpenHouse(key, await asyncio.to_thread(serve_process, sqlite_url), serve_process)
    before = open_files(house) + LANES
    async with AsyncExitStack() as opened:
        began = time.monotonic()
        flooding = [asyncio.create_task(come(opened, house, FLOODING)) for _ in range(FLOOD)]
        others = [asyncio.create_task(come(opened, house, OTHER)) for _ in range(OTHERS)]
        flood, let_in = await asyncio.gather(*flooding), await asyncio.gather(*others)
        lasted = time.monotonic() - began
        refused = [each for each in flood if each.code is not None]
        assert {each.code for each in refused} == {4429}
        assert FLOOD - len(refused) <= NEW_A_SECOND * (1 + lasted)
        assert len(refused) > FLOOD / 2
        assert {each.code for each in let_in} == {None}
        assert max(each.took for each in (*refused, *let_in)) < SOON
    await asyncio.sleep(1)  # as long as an address may open no more than so many
    async with AsyncExitStack() as opened, asyncio.timeout(AGAIN):
        again = await asyncio.gather(*(come(opened, house, FLOODING) for _ in range(OTHERS)))
        assert {each.code for each in again} == {None}
    await eventually(lambda: open_files(house) <= before)
