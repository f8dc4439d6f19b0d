"""A network cable between a browser and a server, which a test can cut, silence, clog, narrow and mend."""

import contextlib
import socket
import threading
from collections.abc import Iterator

ASKS_FOR_A_SOCKET = b"upgrade: websocket"


class Cable:
    """Forwards a loopback port of its own to another, as long as it is whole."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.whole = True
        self.silent = False
        self.upgrades = True
        self.flows = threading.Event()
        self.flows.set()
        self.ends: set[socket.socket] = set()
        self.dead: set[socket.socket] = set()
        self.lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """The server as it is seen through the cable."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Ends every connection and lets no new one through."""
        with self.lock:
            self.whole = False
            ends, self.ends = self.ends, set()
        for end in ends:
            hang_up(end)

    def silence(self) -> None:
        """Swallows whatever is sent, on open connections for ever, and tells neither side."""
        self.silent = True
        with self.lock:
            self.dead |= self.ends

    def clog(self) -> None:
        """Holds up whatever is sent, either way, until it is unclogged: a link that is very slow."""
        self.flows.clear()

    def unclog(self) -> None:
        """Lets through what was held up, in its order, and all that follows."""
        self.flows.set()

    def refuse_upgrades(self) -> None:
        """From now on a proxy that hangs up on whoever asks for a WebSocket; what is open ends."""
        self.upgrades = False
        self.cut()
        self.mend()

    def allow_upgrades(self) -> None:
        """Lets WebSockets through again."""
        self.upgrades = True

    def mend(self) -> None:
        """Lets new connections through again."""
        self.whole = True
        self.silent = False

    def close(self) -> None:
        """Cuts it for good."""
        self.cut()
        self.unclog()
        hang_up(self.listener)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        if not self.whole:
            hang_up(near)
            return
        try:
            far = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            hang_up(near)
            return
        with self.lock:
            self.ends |= {near, far}
            self.dead |= {near, far} if self.silent else set()
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=self._forward, args=(source, sink), daemon=True).start()

    def _forward(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                if not self.upgrades and ASKS_FOR_A_SOCKET in piece.lower():
                    break
                self.flows.wait()
                if source not in self.dead:
                    sink.sendall(piece)
        for end in (source, sink):
            hang_up(end)
        with self.lock:
            self.ends -= {source, sink}
            self.dead -= {source, sink}


def hang_up(end: socket.socket) -> None:
    """Ends a connection at once, also for a thread that waits on it."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextlib.contextmanager
def laid_cable(target: int) -> Iterator[Cable]:
    """A cable to a loopback port while the block runs."""
    cable = Cable(target)
    try:
        yield cable
    finally:
        cable.close()
