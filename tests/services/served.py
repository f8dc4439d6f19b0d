"""A real server process of the product, as an operator starts it."""

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.services.nursery import forked
from tests.services.process import Child, clean_environment, end_process, free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class ServedProcess:
    """One `manage.py serve` that answers /health/live."""

    port: int
    database_url: str
    redis_url: str | None
    child: Child
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
    """The environment of a process that knows only the servers named here, and is quick with passwords."""
    usual = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "a key for tests only",
        "DJANGO_SETTINGS_MODULE": "support_chat.settings.test",
        "PYTHONUNBUFFERED": "1",
        "FILES_ROOT": files_of(database_url),
    }
    redis = {"REDIS_URL": redis_url} if redis_url else {}
    return clean_environment(**usual | redis | more)


def files_of(database_url: str) -> str:
    """The folder of chats' files that belongs to this database, and to no other."""
    name = hashlib.sha256(database_url.encode()).hexdigest()[:16]
    return str(Path(tempfile.gettempdir()) / f"support-chat-files-{os.getpid()}-{name}")


def run_manage(*command: str, environment: dict[str, str]) -> str:
    """Runs one management command to its end; what it printed. Raises with all its words when it fails."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        ended = forked([str(ROOT / "manage.py"), *command], environment, ROOT, output, errors).wait()
        said, complained = (_text_of(file) for file in (output, errors))
    if ended:
        raise RuntimeError(f"manage.py {' '.join(command)} ended with {ended}:\n{said}{complained}")
    return said


def _text_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


@contextmanager
def serving(
    folder: Path, database_url: str, redis_url: str | None = None, **more: str
) -> Iterator[ServedProcess]:
    """Runs `serve` on a migrated database while the block runs. `more` is added to its environment."""
    environment = own_environment(database_url, redis_url, **more)
    port = free_port()
    log = folder / f"serve-{port}.log"
    command = [str(ROOT / "manage.py"), "serve", "--port", str(port)]
    with log.open("ab") as output:
        child = forked(command, environment, ROOT, output, output)
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
    command: Sequence[str],
) -> tuple["subprocess.Popen[bytes]", Path]:
    """Starts the server process that `command` makes, from nothing; the child, and the log it adds to."""
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
