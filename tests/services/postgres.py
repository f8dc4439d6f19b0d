"""A private PostgreSQL: own folder, own port, forgetful, gone with the tests."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.services.missing import find_program, report_missing
from tests.services.process import end_process, free_port, is_listening, kill_family, wait_until

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


@dataclass
class PostgresServer:
    """One server on loopback that may be stopped, killed and started again; whoever connects is trusted."""

    program: str
    folder: Path
    settings: dict[str, str]
    identity: dict[str, Any]
    port: int = field(default_factory=free_port)
    child: "subprocess.Popen[bytes] | None" = None

    def url(self, database: str) -> str:
        """The DATABASE_URL of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Starts it, on the same port as before, and returns when it answers."""
        log = self.folder / "log"
        with log.open("ab") as output:
            self.child = start_server(self, output)
        wait_until(lambda: is_ready(self.port), self.child, log)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ends it: by SIGINT in good order, by SIGQUIT at once, to recover when it starts again."""
        if self.child is not None:
            end_process(self.child, how)

    def kill(self) -> None:
        """Ends it, and every process of its own, as a power cut does."""
        if self.child is not None:
            kill_family(self.child)

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
def private_postgres(cluster: Path | None = None, **settings: str) -> Iterator[PostgresServer]:
    """Runs a server of our own while the block runs, on a copy of `cluster` or an empty one; `settings` go
    before the forgetful ones."""
    initdb, postgres = find_program("initdb", *PLACES), find_program("postgres", *PLACES)
    if initdb is None:
        report_missing("PostgreSQL (initdb)")
    folder = Path(tempfile.mkdtemp(prefix="support-chat-pg-"))
    program = postgres or str(Path(initdb).resolve().with_name("postgres"))
    try:
        server = PostgresServer(program, folder, {**SETTINGS, **settings}, hand_over(folder))
        if cluster is None:
            make_cluster(initdb, folder / "data", server.identity)
        else:
            copy_cluster(cluster, folder / "data", server.identity)
        try:
            server.start()
            yield server
        finally:
            server.stop()
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


def copy_cluster(cluster: Path, data: Path, identity: dict[str, Any]) -> None:
    """Lays out a copy of one that has stopped in good order."""
    shutil.copytree(cluster, data)
    if identity:
        for path in (data, *data.rglob("*")):
            os.chown(path, identity["user"], identity["group"])


def start_server(server: PostgresServer, output: Any) -> "subprocess.Popen[bytes]":
    """Starts the server with its socket in its own folder."""
    chosen = {**server.settings, "unix_socket_directories": str(server.folder)}
    options = [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [server.program, "-D", str(server.folder / "data"), "-p", str(server.port), *options],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=server.folder,
        **server.identity,
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
