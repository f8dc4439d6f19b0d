"""What every run needs and may share: programs, a migrated database to copy, a folder for logs."""

import itertools
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.chaos.faults import SLOW_COMMITS
from tests.services.postgres import PostgresServer, private_postgres
from tests.services.redis import RedisServer, private_redis
from tests.services.served import own_environment, run_manage

# What a crash must not lose is what this is about. Commits carry their times, for the checker.
LASTING = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "track_commit_timestamp": "on",
    "autovacuum": "off",
}
EMPTY = "chaos_empty"
BUILD = "from tests.chaos.cast import build; print(build())"


@dataclass
class Stage:
    postgres: PostgresServer
    redis: RedisServer
    folder: Path  # of the logs
    keys: dict[str, str]  # of the sites
    keeps_logs: bool = False
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def database(self, changes: Sequence[str] = ()) -> str:
        """A fresh one, cast and ready; `changes` are statements to damage it with. Its name."""
        name = f"chaos_{next(self._numbers)}"
        url = self.postgres.create_database(name, template=EMPTY)
        with psycopg.connect(url, autocommit=True) as connection:
            for change in changes:
                connection.execute(change.encode())
        return name


@contextmanager
def private_stage() -> Iterator[Stage]:
    """Runs the programs while the block runs. The logs stay in their folder when something was wrong."""
    folder, stage = Path(tempfile.mkdtemp(prefix="support-chat-chaos-")), None
    try:
        with private_postgres(**LASTING) as postgres, private_redis() as redis:
            url = postgres.create_database(EMPTY)
            run_manage("migrate", "--verbosity=0", environment=own_environment(url))
            said = run_manage("shell", "-v0", "--command", BUILD, environment=own_environment(url))
            keys = json.loads(said.splitlines()[-1])
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(SLOW_COMMITS.encode())
            stage = Stage(postgres, redis, folder, keys)
            yield stage
    finally:
        if stage is None or not stage.keeps_logs:
            shutil.rmtree(folder, ignore_errors=True)
