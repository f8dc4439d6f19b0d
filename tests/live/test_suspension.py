"""A principal can be kept out for a while: their sockets end, and new ones once they say whose they are."""

import pytest

from support_chat.live import registry as module
from support_chat.live.close_codes import CloseCode
from support_chat.live.registry import Registry


class Socket:
    """Remembers with what it was closed."""

    def __init__(self) -> None:
        self.closed: list[CloseCode] = []

    def close_with(self, code: CloseCode) -> None:
        self.closed.append(code)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


def join(registry: Registry, principal: str) -> Socket:
    socket = Socket()
    registry.add(socket)
    registry.join(principal, socket, 8)
    return socket


def test_who_is_suspended_loses_every_socket_until_the_time_is_over(clock: list[float]) -> None:
    registry = Registry()
    before = join(registry, "visitor:a")
    registry.suspend("visitor:a", CloseCode.RESTARTING, 15)
    meanwhile = join(registry, "visitor:a")
    clock[0] += 15
    after = join(registry, "visitor:a")
    assert [socket.closed for socket in (before, meanwhile, after)] == [
        [CloseCode.RESTARTING],
        [CloseCode.RESTARTING],
        [],
    ]


def test_nobody_else_is_suspended(clock: list[float]) -> None:
    registry = Registry()
    other = join(registry, "visitor:b")
    registry.suspend("visitor:a", CloseCode.RESTARTING, 15)
    assert other.closed == join(registry, "visitor:b").closed == []
