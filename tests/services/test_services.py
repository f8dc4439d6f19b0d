"""The private servers do what the tests beside them rely on."""

import contextlib
import socket
import sqlite3
from pathlib import Path

import psycopg
import pytest

from tests.services import missing
from tests.services.postgres import PostgresServer, private_postgres
from tests.services.process import is_listening
from tests.services.redis import RedisServer

TABLES = "SELECT count(*) FROM django_migrations WHERE app = 'desk'"


def test_each_test_gets_a_migrated_sqlite_of_its_own(sqlite_url: str) -> None:
    with contextlib.closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        assert connection.execute(TABLES).fetchone()[0] > 0


def test_each_test_gets_a_migrated_postgresql_of_its_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute(TABLES).fetchone()
    assert row is not None
    assert row[0] > 0


def test_two_databases_share_nothing(postgres_server: PostgresServer) -> None:
    first, second = postgres_server.create_database("one"), postgres_server.create_database("two")
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE seen_here_only ()")
    with psycopg.connect(second) as connection:
        found = connection.execute("SELECT to_regclass('seen_here_only')").fetchone()
    postgres_server.drop_database("one")
    postgres_server.drop_database("two")
    assert found == (None,)


def test_a_stopped_redis_listens_no_more_until_it_is_started_again(redis_server: RedisServer) -> None:
    redis_server.stop()
    assert not is_listening(redis_server.port)
    redis_server.start()
    assert is_listening(redis_server.port)


def test_what_is_missing_fails_where_everything_must_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no Chromium"):
        missing.report_missing("Chromium")


def test_what_is_missing_is_named_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        missing.report_missing("Chromium")


def test_a_program_off_the_path_is_found_in_its_newest_place(tmp_path: Path) -> None:
    for version in ("14", "15"):
        program = tmp_path / version / "bin" / "a-program-of-ours"
        program.parent.mkdir(parents=True)
        program.touch()
    assert missing.find_program("a-program-of-ours", f"{tmp_path}/*/bin") == str(program)


def test_a_killed_postgresql_has_what_was_committed_when_it_is_started_again() -> None:
    with private_postgres(synchronous_commit="on") as server:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
            server.kill()
        server.start()
        with psycopg.connect(server.url("postgres")) as connection:
            assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_frozen_redis_answers_nothing_until_it_goes_on(redis_server: RedisServer) -> None:
    with socket.create_connection(("127.0.0.1", redis_server.port), timeout=0.5) as line:
        redis_server.freeze()
        line.sendall(b"PING\r\n")
        with pytest.raises(TimeoutError):
            line.recv(16)
        redis_server.thaw()
        assert line.recv(16) == b"+PONG\r\n"
