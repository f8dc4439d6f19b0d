"""A private PostgreSQL: own folder, own port, forgetful, gone with the tests."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.services.missing import find_program, report_missing
from tests.services.process import end_process, free_port, is_listening, wait_until

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
# Nothing here has to survive a power cut, and a test run may hold many connections at once.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "error",
}


@dataclass(frozen=True)
class PostgresServer:
    """One running server on loopback; everyone who connects is trusted."""

    port: int

    def url(self, database: str) -> str:
        """The DATABASE_URL of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, template: str = "template1") -> str:
        """Makes a database, a copy of `template`; its URL."""
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drops a database, whoever is still connected."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def private_postgres() -> Iterator[PostgresServer]:
    """Runs a server of our own while the block runs."""
    initdb, postgres = find_program("initdb", *PLACES), find_program("postgres", *PLACES)
    if initdb is None:
        report_missing("PostgreSQL (initdb)")
    folder = Path(tempfile.mkdtemp(prefix="support-chat-pg-"))
    try:
        identity = hand_over(folder)
        log = folder / "log"
        make_cluster(initdb, folder / "data", identity)
        port = free_port()
        server = postgres or str(Path(initdb).resolve().with_name("postgres"))
        with log.open("wb") as output:
            child = start_server(server, folder, port, identity, output)
        wait_until(lambda: is_ready(port), child, log)
        try:
            yield PostgresServer(port)
        finally:
            end_process(child, signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def hand_over(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: gives the folder to another user, as `Popen` arguments."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    owner = known.get("postgres") or known["nobody"]
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def make_cluster(initdb: str, data: Path, identity: dict[str, Any]) -> None:
    """Lays out an empty cluster, sorted by bytes, spoken in UTF-8."""
    command = [initdb, "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8"]
    made = subprocess.run(
        [*command, "--locale=C.UTF-8"], check=False, capture_output=True, cwd=data.parent, **identity
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stderr.decode(errors='replace')}")


def start_server(
    postgres: str, folder: Path, port: int, identity: dict[str, Any], output: Any
) -> "subprocess.Popen[bytes]":
    """Starts the server with its socket in its own folder."""
    chosen = {**SETTINGS, "unix_socket_directories": str(folder)}
    options = [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [postgres, "-D", str(folder / "data"), "-p", str(port), *options],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=folder,
        **identity,
    )


def is_ready(port: int) -> bool:
    """Whether the server answers a query."""
    if not is_listening(port):
        return False
    try:
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
