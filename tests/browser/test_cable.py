"""What the stories stand on holds: the cable cuts, and the browser is one that real people have."""

import socket
from contextlib import ExitStack

from tests.browser.cable import laid_cable
from tests.browser.conftest import OpenBrowser
from tests.browser.host_page import HostSite

FRAME = "address => document.body.append(Object.assign(document.createElement('iframe'), {src: address}))"
SEEN = "() => localStorage.getItem('seen')"


def hears(end: socket.socket) -> bytes:
    """What arrives within a second; nothing when the line is dead."""
    end.settimeout(1)
    try:
        return end.recv(16)
    except ConnectionError:
        return b""


def test_a_cut_cable_ends_what_is_open_and_lets_nothing_new_through_until_it_is_mended() -> None:
    with ExitStack() as open_ends:
        server = open_ends.enter_context(socket.create_server(("127.0.0.1", 0)))
        cable = open_ends.enter_context(laid_cable(server.getsockname()[1]))

        def connect() -> socket.socket:
            return open_ends.enter_context(socket.create_connection(("127.0.0.1", cable.port)))

        def accept() -> socket.socket:
            return open_ends.enter_context(server.accept()[0])

        near, far = connect(), accept()
        near.sendall(b"hello")
        assert hears(far) == b"hello"
        cable.cut()
        assert hears(near) == hears(far) == hears(connect()) == b""
        cable.mend()
        near, far = connect(), accept()
        far.sendall(b"back")
        assert hears(near) == b"back"


def test_a_framed_page_keeps_storage_of_its_own_for_each_site_around_it(
    open_browser: OpenBrowser, host_site: HostSite
) -> None:
    page = open_browser("vera").new_page()
    framed = host_site.origin.replace("localhost", "127.0.0.1")
    page.goto(framed)
    page.evaluate("localStorage.setItem('seen', 'at the top')")
    page.goto(host_site.origin)
    page.evaluate(FRAME, framed)
    inside = page.frame_locator("iframe").locator("h1")
    inside.wait_for()
    assert inside.evaluate(SEEN) is None
