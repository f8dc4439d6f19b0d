"""The open sockets of a process, and by whom they belong to."""

from support_chat.live.close_codes import CloseCode
from support_chat.live.registry import Registry


class Socket:
    def __init__(self) -> None:
        self.codes: list[CloseCode] = []

    def close_with(self, code: CloseCode) -> None:
        self.codes.append(code)


def opened(registry: Registry, *principals: str) -> list[Socket]:
    sockets = [Socket() for _ in principals]
    for socket, principal in zip(sockets, principals, strict=True):
        registry.add(socket)
        registry.join(principal, socket, most=2)
    return sockets


def test_beyond_the_most_the_oldest_is_closed() -> None:
    registry = Registry()
    sockets = opened(registry, "a", "a", "b", "a")
    assert [socket.codes for socket in sockets] == [[CloseCode.ONE_TOO_MANY], [], [], []]
    assert registry.of("a") == (sockets[1], sockets[3])
    assert len(registry) == 4


def test_one_principal_is_closed_alone() -> None:
    registry = Registry()
    sockets = opened(registry, "a", "b")
    registry.close("a", CloseCode.NOT_SIGNED_IN)
    assert [socket.codes for socket in sockets] == [[CloseCode.NOT_SIGNED_IN], []]


def test_all_are_closed_when_the_process_goes() -> None:
    registry = Registry()
    sockets = opened(registry, "a", "b")
    registry.close_all(CloseCode.RESTARTING)
    assert [socket.codes for socket in sockets] == [[CloseCode.RESTARTING]] * 2


def test_what_is_gone_is_forgotten() -> None:
    registry = Registry()
    (socket,) = opened(registry, "a")
    registry.discard(socket)
    registry.discard(socket)
    assert (len(registry), registry.of("a")) == (0, ())
