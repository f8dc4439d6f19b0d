"""Child processes that never outlive the tests."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

READY_WITHIN = 30.0  # seconds; two busy cores start a database in two
GONE_WITHIN = 15.0  # seconds; a server of ours promises ten


class Child(Protocol):
    """What is used of a Popen."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, sig: int) -> None: ...
    def kill(self) -> None: ...


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], child: Child, log: Path) -> None:
    """Returns when `ready`; raises with the end of the child's log when it died or took too long."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and child.poll() is None:
        if ready():
            return
        time.sleep(0.05)
    end_process(child)
    raise RuntimeError(f"Process {child.pid} did not come up:\n{log.read_text(errors='replace')[-4000:]}")


def end_process(child: Child, how: signal.Signals = signal.SIGTERM) -> int:
    """Asks by signal, waits, insists; the exit status."""
    if child.poll() is None:
        child.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(GONE_WITHIN)
        child.kill()
    return child.wait()


def kill_family(child: "subprocess.Popen[bytes]") -> None:
    """SIGKILL to a process and to the processes it has started, of which the system tells (on Linux).

    Returns when all are gone: what they share is free again.
    """
    told = Path(f"/proc/{child.pid}/task/{child.pid}/children")
    family = [int(pid) for pid in told.read_text().split()] if told.exists() else []
    child.kill()
    for pid in family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    child.wait()
    deadline = time.monotonic() + GONE_WITHIN
    while any(map(is_alive, family)) and time.monotonic() < deadline:
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether it still holds anything: not gone, and not merely waiting for its end to be noticed."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state not in {"Z", "X"}


def is_listening(port: int) -> bool:
    """Whether somebody accepts connections on a loopback port."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def clean_environment(**changes: str) -> dict[str, str]:
    """This process's environment without what names somebody's own database or server."""
    dropped = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "HINTS", "THROTTLE", "PGHOST", "PGPORT"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, **changes}
