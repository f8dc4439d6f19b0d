"""Clients that no library would be: half a header, a body without end, a socket that is never read."""

import contextlib
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from tests.services.served import ServedProcess

MIB = 1024 * 1024
SMALL_BUFFER = 32 * 1024  # of a client's kernel: what is not read stays with the server


@dataclass
class Peer:
    """The loopback peer of one server process."""

    served: ServedProcess

    def raw(self, *sent: bytes, timeout: float = 15.0) -> socket.socket:
        """A connection on which these bytes have been sent."""
        line = small_socket(self.served.port, timeout)
        for data in sent:
            line.sendall(data)
        return line

    def ask(self, *sent: bytes) -> tuple[bytes, float]:
        """Everything that is answered until the server closes, and the seconds that it took."""
        started = time.monotonic()
        with self.raw() as line:
            with contextlib.suppress(ConnectionError):  # refused in the middle; the answer may be there
                for data in sent:
                    line.sendall(data)
            return read_to_end(line), time.monotonic() - started

    def get(self, path: str) -> bytes:
        return self.ask(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())[0]

    def socket(self, path: str, **options: Any) -> connect:
        """A WebSocket that buffers little of its own."""
        line = small_socket(self.served.port)
        line.setblocking(False)
        options = {"max_queue": 1, "ping_interval": None, "compression": None, **options}
        return connect(f"{self.served.ws_url}{path}", sock=line, **options)

    @property
    def memory(self) -> float:
        """MiB of RSS of the server's process."""
        return memory_of(self.served.pid)

    @property
    def sockets(self) -> int:
        """How many the server holds open."""
        files = Path(f"/proc/{self.served.pid}/fd").iterdir()
        return sum(str(file.readlink()).startswith("socket:") for file in files)

    @property
    def threads(self) -> int:
        """How many the server's process has."""
        return len(list(Path(f"/proc/{self.served.pid}/task").iterdir()))


def small_socket(port: int, timeout: float = 15.0) -> socket.socket:
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
    line.settimeout(timeout)
    line.connect(("127.0.0.1", port))
    return line


def read_to_end(line: socket.socket) -> bytes:
    """Until the server closes; a reset is an end as well."""
    heard = []
    with contextlib.suppress(ConnectionResetError):
        while data := line.recv(65_536):
            heard.append(data)
    return b"".join(heard)


def memory_of(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
