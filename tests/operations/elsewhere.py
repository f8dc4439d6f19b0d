"""Another database, empty, of the kind that a backup is of."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.postgres import PostgresServer

numbers = itertools.count(1)


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """`elsewhere(database_url)`: the DATABASE_URL of an empty database of the same kind."""
    made: list[str] = []

    def empty(like: str) -> str:
        name = f"seen_{next(numbers)}"
        if like.startswith("sqlite"):
            (tmp_path / name).mkdir()
            return f"sqlite:///{tmp_path / name / 'database.sqlite3'}"
        server: PostgresServer = request.getfixturevalue("postgres_server")
        made.append(name)
        return server.create_database(name)

    yield empty
    for name in made:
        request.getfixturevalue("postgres_server").drop_database(name)
