"""The set-ups that are measured: which database, how many processes, which server."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from support_chat.server.limits import PING
from tests.services.postgres import private_postgres
from tests.services.process import end_process, free_port, is_listening, wait_until
from tests.services.redis import private_redis
from tests.services.served import ROOT, own_environment

Server = Literal["daphne", "uvicorn"]
Stores = Literal["sqlite", "postgresql", "postgresql+redis"]
PRODUCT = "support_chat.asgi:application"
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
ECHO = "tests.bench.echo:application"


@dataclass(frozen=True)
class Running:
    """One server process."""

    port: int
    child: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def cpu(self) -> float:
        """Seconds of processor time that it has used, all its threads together."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> int:
        """KiB that it holds."""
        pages = int(Path(f"/proc/{self.child.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass(frozen=True)
class Ground:
    """Where visitors and agents connect: the same process, or with Redis two."""

    database_url: str
    visitors: Running
    agents: Running

    @property
    def cpu(self) -> float:
        """As a process's, of both."""
        return sum(
            each.cpu for each in {self.visitors.port: self.visitors, self.agents.port: self.agents}.values()
        )


@contextmanager
def database(stores: Stores, **settings: str) -> Iterator[tuple[str, str | None]]:
    """DATABASE_URL and REDIS_URL of stores of our own; durable, as they are in earnest."""
    with ExitStack() as started:
        folder = started.enter_context(tempfile.TemporaryDirectory(prefix="support-chat-bench-"))
        if stores == "sqlite":
            yield f"sqlite:///{folder}/bench.sqlite3", None
            return
        postgres = started.enter_context(private_postgres(**DURABLE, **settings))
        redis = started.enter_context(private_redis()) if stores.endswith("redis") else None
        yield postgres.create_database("bench"), redis.url if redis else None


@contextmanager
def ground(stores: Stores, server: Server, database_url: str, redis_url: str | None) -> Iterator[Ground]:
    """The product on a migrated database."""
    environment = own_environment(database_url, redis_url, THROTTLE="off")
    with ExitStack() as started:
        visitors = started.enter_context(_running(_product(server), environment))
        both = stores == "postgresql+redis"
        agents = started.enter_context(_running(_product(server), environment)) if both else visitors
        yield Ground(database_url, visitors, agents)


@contextmanager
def echo(server: Server) -> Iterator[Running]:
    """Yardstick E's application under the plain server, which pings as often as the product."""
    command = ["-m", "daphne", "-v", "0", "--ping-interval", str(PING), "-p", "{port}", ECHO]
    command = command if server == "daphne" else _uvicorn(ECHO)
    with _running(command, own_environment("sqlite:///:memory:")) as running:
        yield running


def _product(server: Server) -> list[str]:
    return ["manage.py", "serve", "--port", "{port}"] if server == "daphne" else _uvicorn(PRODUCT)


def _uvicorn(application: str) -> list[str]:
    quiet = ["--no-access-log", "--log-level", "error", "--ws-per-message-deflate", "false"]
    pings = ["--ws-ping-interval", str(PING), "--ws-ping-timeout", str(PING)]
    return ["-m", "uvicorn", application, "--port", "{port}", *pings, *quiet]


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[Running]:
    port = free_port()
    with tempfile.NamedTemporaryFile(prefix="support-chat-bench-") as log:
        child = subprocess.Popen(
            [sys.executable, *(part.format(port=port) for part in command)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            wait_until(lambda: is_listening(port), child, Path(log.name))
            yield Running(port, child)
        finally:
            end_process(child)
