"""The open sockets of this process: all of them, and by whom they belong to."""

from collections import Counter
from collections.abc import Sequence
from time import monotonic
from typing import Protocol

from support_chat.live.close_codes import CloseCode


class Socket(Protocol):
    @property
    def is_slow(self) -> bool: ...
    def close_with(self, code: CloseCode) -> None: ...


class Registry:
    """Used on the event loop's thread alone. Principals are texts such as "visitor:<id>"."""

    def __init__(self) -> None:
        self._open: dict[Socket, str | None] = {}
        self._by_principal: dict[str, list[Socket]] = {}
        self._suspended: dict[str, tuple[float, CloseCode]] = {}

    def __len__(self) -> int:
        return len(self._open)

    def add(self, socket: Socket) -> None:
        self._open[socket] = None

    def join(self, principal: str, socket: Socket, most: int) -> None:
        """This open socket belongs to `principal`. Beyond `most`, their oldest is closed with 4409."""
        self._part(socket)
        self._open[socket] = principal
        sockets = self._by_principal.setdefault(principal, [])
        sockets.append(socket)
        for oldest in sockets[: max(0, len(sockets) - most)]:
            self._part(oldest)
            oldest.close_with(CloseCode.ONE_TOO_MANY)
        code = self.suspension(principal)
        if code is not None:
            socket.close_with(code)

    def discard(self, socket: Socket) -> None:
        self._part(socket)
        self._open.pop(socket, None)

    def of(self, principal: str) -> Sequence[Socket]:
        """Their open sockets, oldest first."""
        return tuple(self._by_principal.get(principal, ()))

    def count_by_kind(self) -> Counter[str]:
        """Open sockets by the kind of their principal, such as "visitor"; "" before hello."""
        return Counter((principal or "").partition(":")[0] for principal in self._open.values())

    def count_slow(self) -> int:
        """Open sockets whose readers do not keep up."""
        return sum(socket.is_slow for socket in self._open)

    def close_all(self, code: CloseCode) -> None:
        for socket in tuple(self._open):
            socket.close_with(code)

    def close(self, principal: str, code: CloseCode) -> None:
        for socket in self.of(principal):
            socket.close_with(code)

    def suspend(self, principal: str, code: CloseCode, seconds: float) -> None:
        """Close their sockets now, and for so long every new one as soon as it says whose it is."""
        self._suspended[principal] = (monotonic() + seconds, code)
        self.close(principal, code)

    def suspension(self, principal: str) -> CloseCode | None:
        """Why they are not let in for now; None when they are."""
        until, code = self._suspended.get(principal, (0.0, None))
        if monotonic() < until:
            return code
        self._suspended.pop(principal, None)
        return None

    def _part(self, socket: Socket) -> None:
        principal = self._open.get(socket)
        if principal is None:
            return
        self._open[socket] = None
        sockets = self._by_principal[principal]
        sockets.remove(socket)
        if not sockets:
            del self._by_principal[principal]
