"""The fixtures of the private servers. Session-long are the programs; every test has its own database."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.services.missing import find_program, report_missing
from tests.services.once import made_once
from tests.services.postgres import PostgresServer, private_postgres
from tests.services.redis import RedisServer, private_redis
from tests.services.served import ServedProcess, own_environment, run_manage, serving

SQLITE = "database.sqlite3"
numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A private PostgreSQL for the whole run, with a migrated database to copy."""
    cluster = made_once(tmp_path_factory, "cluster", make_migrated_cluster)
    with private_postgres(cluster / "data") as server:
        yield server


def make_migrated_cluster(folder: Path) -> None:
    with private_postgres() as server:
        url = server.create_database("migrated")
        run_manage("migrate", "--verbosity=0", environment=own_environment(url))
        server.stop()
        shutil.copytree(server.folder / "data", folder / "data")


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The DATABASE_URL of a migrated, otherwise empty PostgreSQL database of this test's own."""
    name = f"test_{next(numbers)}"
    yield postgres_server.create_database(name, template="migrated")
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy, alone in its folder."""
    return made_once(tmp_path_factory, "migrated", migrate_sqlite) / SQLITE


def migrate_sqlite(folder: Path) -> None:
    run_manage("migrate", "--verbosity=0", environment=own_environment(f"sqlite:///{folder / SQLITE}"))


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The DATABASE_URL of a migrated, otherwise empty SQLite file of this test's own."""
    own = shutil.copytree(migrated_sqlite.parent, tmp_path / "database")
    return f"sqlite:///{own / migrated_sqlite.name}"


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own, of the kind that DATABASE_URL names for this run."""
    kind = "postgres_url" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite_url"
    return str(request.getfixturevalue(kind))


@pytest.fixture(params=["sqlite_url", "postgres_url"], ids=["sqlite", "postgresql"])
def each_database_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases, whatever the run is on."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A private Redis of this test's own, to be stopped and started at will."""
    with private_redis() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The REDIS_URL of this test's own Redis."""
    return redis_server.url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that can be started."""
    found = find_program("chromium") or find_program("google-chrome") or find_program("chromium-browser")
    return found or report_missing("Chromium")


@pytest.fixture
def serve_process(tmp_path: Path) -> Iterator[Callable[..., ServedProcess]]:
    """Starts real servers, `serve_process(database_url, redis_url=None, **environment)`, and ends them."""
    with ExitStack() as started:

        def serve(database_url: str, redis_url: str | None = None, **environment: str) -> ServedProcess:
            return started.enter_context(serving(tmp_path, database_url, redis_url, **environment))

        yield serve
