"""A real server process of the product, as an operator starts it."""

import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.services.process import clean_environment, end_process, free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class ServedProcess:
    """One `manage.py serve` that answers /health/live."""

    port: int
    database_url: str
    redis_url: str | None
    child: "subprocess.Popen[bytes]"
    log: Path

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.child.pid

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self) -> str:
        """The same for sockets."""
        return f"ws://127.0.0.1:{self.port}"

    def stop(self) -> int:
        """Ends it as an operator does, with SIGTERM; its exit status."""
        return end_process(self.child)

    def kill(self) -> None:
        """Ends it as a power cut does."""
        end_process(self.child, signal.SIGKILL)


def own_environment(database_url: str, redis_url: str | None = None, **more: str) -> dict[str, str]:
    """The environment of a process that knows only the servers named here."""
    redis = {"REDIS_URL": redis_url} if redis_url else {}
    return clean_environment(
        DATABASE_URL=database_url, SECRET_KEY="a key for tests only", PYTHONUNBUFFERED="1", **redis, **more
    )


def run_manage(*command: str, environment: dict[str, str]) -> str:
    """Runs one management command to its end; what it printed. Raises with all its words when it fails."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(
            f"manage.py {' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
    return done.stdout


@contextmanager
def serving(
    folder: Path, database_url: str, redis_url: str | None = None, **more: str
) -> Iterator[ServedProcess]:
    """Runs `serve` on a migrated database while the block runs. `more` is added to its environment."""
    environment = own_environment(database_url, redis_url, **more)
    port = free_port()
    child, log = start_serve(folder, port, environment)
    served = ServedProcess(port, database_url, redis_url, child, log)
    try:
        wait_until(lambda: answers(f"{served.url}/health/live"), child, log)
        yield served
    finally:
        end_process(child)


def start_serve(
    folder: Path,
    port: int,
    environment: dict[str, str],
    command: Sequence[str] = (str(ROOT / "manage.py"), "serve"),
) -> tuple["subprocess.Popen[bytes]", Path]:
    """Starts a server process, or what `command` makes of one; the child, and the log it adds to."""
    log = folder / f"serve-{port}.log"
    with log.open("ab") as output:
        child = subprocess.Popen(
            [sys.executable, *command, "--port", str(port)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    return child, log


def answers(url: str) -> bool:
    """Whether an address answers 200."""
    with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(url, timeout=2) as answer:
        return bool(answer.status == 200)
    return False
