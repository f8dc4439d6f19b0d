"""A private Redis that a test may stop and start again."""

import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.services.missing import find_program, report_missing
from tests.services.process import end_process, free_port, is_listening, wait_until


@dataclass
class RedisServer:
    """One server on a port of its own; it keeps nothing on disk."""

    program: str
    folder: Path
    port: int = field(default_factory=free_port)
    child: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """The REDIS_URL of this server."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Starts it, on the same port as before, and returns when it listens."""
        log = self.folder / "log"
        quiet = ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        with log.open("wb") as output:
            self.child = subprocess.Popen(
                [self.program, "--port", str(self.port), "--bind", "127.0.0.1", *quiet],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        wait_until(lambda: is_listening(self.port), self.child, log)

    def stop(self) -> None:
        """Ends it; its listeners find the line cut."""
        self.thaw()
        if self.child is not None:
            end_process(self.child)

    def kill(self) -> None:
        """Ends it as a power cut does."""
        if self.child is not None:
            end_process(self.child, signal.SIGKILL)

    def freeze(self) -> None:
        """Stops it where it stands: its connections stay, and nothing is answered."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.send_signal(number)


@contextmanager
def private_redis() -> Iterator[RedisServer]:
    """Runs a server of our own while the block runs."""
    program = find_program("redis-server", "/opt/homebrew/bin")
    if program is None:
        report_missing("Redis (redis-server)")
    with tempfile.TemporaryDirectory(prefix="support-chat-redis-") as folder:
        server = RedisServer(program, Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()
