"""Processes of the product, which are there in a fraction of the time: one process has loaded Django, Twisted
and all the others for them, and forks. What is ours each of them loads itself, with its own environment.

That they also start as an operator starts them is shown in tests/skew, tests/chaos and test_demo_process.py.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Lock
from typing import IO

from tests.services.process import clean_environment

PROGRAM = Path(__file__).with_name("nursery_process.py")
_one_at_a_time = Lock()


class Forked:
    """A child of the nursery, with what is used of a Popen."""

    def __init__(self, args: list[str], pid: int, status: int) -> None:
        self.args, self.pid = args, pid
        self.returncode: int | None = None
        self._status = status
        self._ended = select.poll()
        self._ended.register(status, select.POLLIN)

    def poll(self) -> int | None:
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _look(self, timeout: float | None) -> int | None:
        if self.returncode is None and self._ended.poll(None if timeout is None else 1000 * timeout):
            self.returncode = int(os.read(self._status, 16) or -signal.SIGKILL)
            os.close(self._status)
        return self.returncode


def forked(
    args: list[str], environment: dict[str, str], folder: Path, output: IO[bytes], errors: IO[bytes]
) -> Forked:
    """Runs the Python program `args[0]`."""
    told, tells = os.pipe()
    request = {"argv": args, "environment": environment, "folder": str(folder)}
    with _one_at_a_time:
        line = _nursery()
        socket.send_fds(line, [json.dumps(request).encode()], [output.fileno(), errors.fileno(), tells])
        os.close(tells)
        return Forked(args, int(line.recv(16)), told)


@cache
def _nursery() -> socket.socket:
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-P", str(PROGRAM), str(there.fileno())]
    child = subprocess.Popen(
        command,
        pass_fds=[there.fileno()],
        stdin=subprocess.DEVNULL,
        env=clean_environment(PYTHONUNBUFFERED="1"),
    )
    there.close()
    atexit.register(_end, child, here)
    return here


def _end(child: "subprocess.Popen[bytes]", line: socket.socket) -> None:
    line.close()
    child.wait()
