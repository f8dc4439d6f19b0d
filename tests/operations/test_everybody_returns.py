"""A crowd of sockets is lost at once: everybody comes back, spread over a while, and nobody is refused.

How long five hundred take, and what each of them asks the database: `python -m tests.bench resume`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from support_chat.live.client import Backoff, VisitorClient
from tests.operations.scrape import scrape
from tests.promises.talking import bodies
from tests.services.open_house import OpenHouse, build_house_in
from tests.services.served import ServedProcess

VISITORS, WINDOWS = 30, 4  # what a machine that does much else brings back in time
A_SOURCE = 5  # visitors behind each address that they come from, as the limits of a source hold
BACK = 20.0  # seconds, for all of them on two cores


@dataclass
class Waits(Backoff):
    """The product's own, and how long it had its link wait."""

    told: list[float] = field(default_factory=list)

    def wait(self, *, at_least: float = 0.0) -> float:
        self.told.append(super().wait(at_least=at_least))
        return self.told[-1]


def window(house: OpenHouse, visitor: int, waits: list[float], token: str | None = None) -> VisitorClient:
    url, address = f"{house.served.ws_url}/ws/visitor", f"127.0.1.{1 + visitor // A_SOURCE}"
    options = {"transport": "socket", "local_addr": (address, 0), "backoff": Waits(told=waits)}
    return VisitorClient(url, site=house.key, token=token, **options)


async def test_a_crowd_that_is_cut_at_once_comes_back_spread_and_unrefused_and_misses_nothing(
    database_url: str, serve_process: Callable[..., ServedProcess]
) -> None:
    key = await asyncio.to_thread(build_house_in, database_url)
    house = OpenHouse(key, await asyncio.to_thread(serve_process, database_url), serve_process)
    waits: list[float] = []
    crowd = await asyncio.gather(*(windows(house, visitor, waits) for visitor in range(VISITORS)))
    everybody = [each for those in crowd for each in those]
    await asyncio.gather(*(each.link.drop() for each in everybody))
    async with asyncio.timeout(BACK):
        await asyncio.gather(*(first.post_message(str(first.conversation), "Back") for first, *_ in crowd))
        while not all(heard(each) == ["Hello", "Back"] for each in everybody):
            await asyncio.sleep(0.05)
    told = scrape(house.served)
    await asyncio.gather(*(each.link.stop() for each in everybody))
    assert len(waits) == len(everybody), "each came back at the first attempt"
    assert len({round(wait, 2) for wait in waits}) > 10, "and not all at once"
    assert not any(each.link.refusals for each in everybody)
    assert not [name for name in told if name[0] in ("refusals_total", "closes_total") and told[name]]


async def windows(house: OpenHouse, visitor: int, waits: list[float]) -> list[VisitorClient]:
    """Somebody with a chat, and some windows on it."""
    first = window(house, visitor, waits)
    await first.link.start()
    await first.start_conversation("Hello")
    more = [window(house, visitor, waits, first.token) for _ in range(WINDOWS - 1)]
    await asyncio.gather(*(each.link.start() for each in more))
    return [first, *more]


def heard(each: VisitorClient) -> list[str]:
    return bodies(each.logs[str(each.conversation)].entries)
