"""What the stories stand on holds: the cable cuts, and the browser is one that real people have."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.browser.cable import laid_cable
from tests.browser.conftest import OpenBrowser
from tests.browser.host_page import HostSite

FRAME = "address => document.body.append(Object.assign(document.createElement('iframe'), {src: address}))"
SEEN = "() => localStorage.getItem('seen')"
COOKIE = "() => { document.cookie = 'crumb=1; SameSite=None; Secure'; return document.cookie; }"


def hears(end: socket.socket) -> bytes:
    """What arrives within a second; nothing when the line is dead."""
    end.settimeout(1)
    try:
        return end.recv(16)
    except ConnectionError:
        return b""


class Line:
    """A cable with a server behind it."""

    def __init__(self, open_ends: ExitStack) -> None:
        self._open = open_ends.enter_context
        self._server = self._open(socket.create_server(("127.0.0.1", 0)))
        self.cable = self._open(laid_cable(self._server.getsockname()[1]))

    def connect(self) -> socket.socket:
        """The browser's end of a new connection."""
        return self._open(socket.create_connection(("127.0.0.1", self.cable.port)))

    def pair(self) -> tuple[socket.socket, socket.socket]:
        """Both ends of a new connection."""
        return self.connect(), self._open(self._server.accept()[0])


@pytest.fixture
def line() -> Iterator[Line]:
    with ExitStack() as open_ends:
        yield Line(open_ends)


def test_a_clogged_cable_loses_nothing_and_lets_nothing_through_until_it_is_unclogged(line: Line) -> None:
    near, far = line.pair()
    line.cable.clog()
    near.sendall(b"hello")
    far.settimeout(0.2)
    with pytest.raises(TimeoutError):
        far.recv(16)
    line.cable.unclog()
    assert hears(far) == b"hello"


def test_a_cut_cable_ends_what_is_open_and_lets_nothing_new_through_until_it_is_mended(line: Line) -> None:
    near, far = line.pair()
    near.sendall(b"hello")
    assert hears(far) == b"hello"
    line.cable.cut()
    assert hears(near) == hears(far) == hears(line.connect()) == b""
    line.cable.mend()
    near, far = line.pair()
    far.sendall(b"back")
    assert hears(near) == b"back"


def test_a_silent_cable_swallows_everything_and_tells_nobody(line: Line) -> None:
    near, far = line.pair()
    line.cable.silence()
    near.sendall(b"hello?")
    with pytest.raises(TimeoutError):
        hears(far)
    line.cable.mend()
    near.sendall(b"hello?")
    with pytest.raises(TimeoutError):
        hears(far)
    again, behind = line.pair()
    again.sendall(b"hello")
    assert hears(behind) == b"hello"


def test_a_narrow_cable_lets_everything_through_but_websockets(line: Line) -> None:
    line.cable.refuse_upgrades()
    near, far = line.pair()
    near.sendall(b"GET / HTTP/1.1")
    assert hears(far) == b"GET / HTTP/1.1"
    near.sendall(b"GET /ws HTTP/1.1\r\nUpgrade: WebSocket")
    assert hears(near) == b""
    line.cable.allow_upgrades()
    near, far = line.pair()
    near.sendall(b"Upgrade: websocket")
    assert hears(far).startswith(b"Upgrade: ")


def test_a_framed_page_keeps_storage_of_its_own_for_each_site_around_it_and_no_cookies(
    open_browser: OpenBrowser, host_site: HostSite
) -> None:
    page = open_browser("vera").new_page()
    framed = host_site.origin.replace("localhost", "127.0.0.1")
    page.goto(framed)
    page.evaluate("localStorage.setItem('seen', 'at the top')")
    assert page.evaluate(COOKIE) == "crumb=1"
    page.goto(host_site.origin)
    page.evaluate(FRAME, framed)
    inside = page.frame_locator("iframe").locator("h1")
    inside.wait_for()
    assert inside.evaluate(SEEN) is None
    assert inside.evaluate(COOKIE) == ""
