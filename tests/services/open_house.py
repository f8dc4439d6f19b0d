"""The house of this folder with its doors open: a served site, and clients of both sockets by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from support_chat.live.client import Backoff, StaffClient, VisitorClient
from tests.services.house import token_of
from tests.services.served import ServedProcess, own_environment, run_manage

BUILD = "from tests.services.house import build_house; print(build_house({origins!r}, {capacity}).public_key)"


@dataclass
class OpenHouse:
    """A served site, by its key, the process that serves it, and what starts one more."""

    key: str
    served: ServedProcess
    start: Callable[..., ServedProcess]
    transport: str = "auto"  # of its clients

    def serve(self) -> ServedProcess:
        """One more process on the same database, as after a crash."""
        return self.start(self.served.database_url, self.served.redis_url, THROTTLE="off")

    def visitor(self, **options: Any) -> VisitorClient:
        """A visitor's client, not yet connected."""
        return VisitorClient(f"{self.served.ws_url}/ws/visitor", site=self.key, **self._with(options))

    def staff(self, person: str, **options: Any) -> StaffClient:
        """The client of `ana`, `ben` or `mia`, not yet connected."""
        return StaffClient(f"{self.served.ws_url}/ws/agent", token=token_of(person), **self._with(options))

    def _with(self, options: dict[str, Any]) -> dict[str, Any]:
        return quick({"transport": self.transport, **options})

    def check(self) -> str:
        """What check_integrity says; raises when an invariant is broken."""
        return run_manage("check_integrity", environment=own_environment(self.served.database_url))


def quick(options: dict[str, Any]) -> dict[str, Any]:
    """Options of a client that comes back at once."""
    return {"backoff": Backoff(first=0.05, most=0.2), **options}


def build_house_in(database_url: str, *origins: str, capacity: int = 4) -> str:
    """Builds the house for pages of `origins`; the site's key.

    In a process of its own: settings name one database, and this is not the one of the test run.
    """
    words = BUILD.format(origins=list(origins), capacity=capacity)
    return run_manage("shell", "-v0", "--command", words, environment=own_environment(database_url)).split()[
        -1
    ]


@pytest.fixture
def open_house(
    each_database_url: str, serve_process: Callable[..., ServedProcess]
) -> Callable[..., OpenHouse]:
    """Opens a house, on both databases: `open_house(capacity=4, transport="auto", **environment)`."""

    def open_now(capacity: int = 4, transport: str = "auto", **environment: str) -> OpenHouse:
        key = build_house_in(each_database_url, capacity=capacity)
        served = serve_process(each_database_url, **{"THROTTLE": "off", **environment})
        return OpenHouse(key, served, serve_process, transport)

    return open_now
