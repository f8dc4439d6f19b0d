"""A scanner that speaks INSTREAM, for as many files as come."""

import socket
import threading
from types import TracebackType
from typing import Self

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """`says` of whatever is not EICAR; None: it hears everything and says nothing."""

    def __init__(self, says: bytes | None = b"stream: OK") -> None:
        self.says = says
        self.heard: list[bytes] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"tcp://127.0.0.1:{self._door.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with socket.create_connection(self._door.getsockname()) as last:
            last.sendall(b"goodbye")
        self._thread.join(5)
        self._door.close()

    def _serve(self) -> None:
        while True:
            line, _ = self._door.accept()
            with line, line.makefile("rb") as sent:
                if sent.read(10) != b"zINSTREAM\0":
                    return
                content = b""
                while size := int.from_bytes(sent.read(4), "big"):
                    content += sent.read(size)
                self.heard.append(content)
                if self.says is None:
                    sent.read(1)  # until they have had enough
                else:
                    line.sendall((b"stream: Eicar FOUND" if EICAR in content else self.says) + b"\0")
