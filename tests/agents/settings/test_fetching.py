"""The server reads pages of the public internet for a manager, and nothing of its own network."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from agents.settings import fetching
from agents.settings.fetching import NotFetched, fetch, is_public

Answer = Callable[[BaseHTTPRequestHandler], None]


class _Handler(BaseHTTPRequestHandler):
    answer: ClassVar[Answer]
    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        type(self).answer(self)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Quiet."""


@contextmanager
def website(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """A website of this machine; its address, and what it was asked for."""
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"answer": staticmethod(answer), "asked": asked})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def here(address: str, port: int) -> bool:
    """What these tests let in: their own websites."""
    return address == "127.0.0.1"


def page(handler: BaseHTTPRequestHandler, body: bytes = b"<p>Shop</p>", **headers: str) -> None:
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def leads_to(target: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.end_headers()

    return answer


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1%eth0", "fd00::1"),
        *("ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::"),
    ],
)
def test_no_address_that_is_not_public_is_let_in(address: str) -> None:
    assert not is_public(address, 443)


def test_public_addresses_are_let_in_where_websites_are() -> None:
    assert is_public("93.184.215.14", 443)
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 80)
    assert not is_public("93.184.215.14", 22)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://127.1/"),
        *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0/", "http://169.254.169.254/latest/"),
        *("file:///etc/passwd", "gopher://127.0.0.1/", "http://user@127.0.0.1/", "http:///", "http://a:b/"),
    ],
)
def test_nothing_of_our_own_network_is_fetched_however_it_is_written(url: str) -> None:
    with pytest.raises(NotFetched):
        fetch(url)


def test_a_page_is_read_with_its_policies() -> None:
    with website(lambda handler: page(handler, Content_Security_Policy="default-src 'none'")) as (url, asked):
        fetched = fetch(f"{url}/a?b=c#d", allowed=here)
    assert (fetched.status, fetched.text, asked) == (200, "<p>Shop</p>", ["/a?b=c"])
    assert fetched.headers["Content-Security-Policy"] == "default-src 'none'"


def test_a_name_that_also_leads_to_a_private_address_is_not_asked_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def both(*_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("it was connected to")

    monkeypatch.setattr(socket, "getaddrinfo", both)
    monkeypatch.setattr(socket, "create_connection", never)
    with pytest.raises(NotFetched, match="not on the public internet"):
        fetch("http://shop.example/")


def test_every_redirect_is_looked_at_anew() -> None:
    with website(page) as (inner, asked):
        port = int(inner.rpartition(":")[2])
        with website(leads_to(inner)) as (outer, _), pytest.raises(NotFetched, match="not on the public"):
            fetch(outer, allowed=lambda address, at: at != port)
        assert asked == []


def test_a_redirect_to_no_address_at_all_is_given_up() -> None:
    with website(leads_to("http://[")) as (url, _), pytest.raises(NotFetched):
        fetch(url, allowed=here)


def test_redirects_that_never_end_are_given_up() -> None:
    with (
        website(leads_to("/again")) as (url, asked),
        pytest.raises(NotFetched, match="again and again"),
    ):
        fetch(url, allowed=here)
    assert len(asked) == fetching.REDIRECTS + 1


def test_of_a_long_page_only_the_beginning_is_read() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        page(handler, b"x" * (fetching.BYTES + 100_000))

    with website(endless) as (url, _):
        assert len(fetch(url, allowed=here).text) == fetching.BYTES


@pytest.mark.parametrize("begin", [b"HTTP/1.0 200 OK\r\n\r\n", b"HTTP/1.0 200 OK\r\nX-Long: "])
def test_a_page_that_drips_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch, begin: bytes) -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(begin)
        while not over.wait(0.02):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return

    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    with website(drip) as (url, _):
        try:
            with pytest.raises(NotFetched):
                fetch(url, allowed=here)
        finally:
            over.set()
