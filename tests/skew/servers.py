"""A server of either release at an address of its own, where another may take its place."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.services.process import end_process, free_port, wait_until
from tests.services.served import ServedProcess, answers, own_environment, start_serve


@dataclass
class Place:
    """One address; `serve` puts a server of a release there, in the place of the one before."""

    folder: Path
    database_url: str
    redis_url: str | None
    port: int = field(default_factory=free_port)
    served: ServedProcess | None = None

    @property
    def url(self) -> str:
        """For sockets."""
        return f"ws://127.0.0.1:{self.port}"

    def serve(self, release: Path) -> ServedProcess:
        self.leave()
        environment = own_environment(self.database_url, self.redis_url, THROTTLE="off")
        child, log = start_serve(self.folder, self.port, environment, (str(release / "manage.py"), "serve"))
        self.served = ServedProcess(self.port, self.database_url, self.redis_url, child, log)
        wait_until(lambda: answers(f"http://127.0.0.1:{self.port}/health/live"), child, log)
        return self.served

    def leave(self) -> None:
        """As an operator does: SIGTERM, so that clients are told."""
        if self.served is not None:
            end_process(self.served.child)
            self.served = None


@pytest.fixture
def places(tmp_path: Path, postgres_url: str, redis_url: str) -> Iterator[list[Place]]:
    """Two addresses on one PostgreSQL and Redis; the schema is this release's."""
    here = [Place(tmp_path, postgres_url, redis_url) for _ in range(2)]
    with contextlib.ExitStack() as left:
        for place in here:
            left.callback(place.leave)
        yield here
