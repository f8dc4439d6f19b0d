"""One request of our server to an address that somebody else named: to public addresses alone, bounded in
time and size, and led nowhere else.

Whoever may name an address might name one of our own network. So the name is resolved here, every address
that it has must be public, and the connection goes to the very address that was looked at, not to the name
again.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext

PORTS: Final = {"http": 80, "https": 443}
MOST: Final = 64 * 1024  # bytes of an answer that are read where nobody says otherwise
# Addresses of which a part is an IPv4 address that nobody has looked at.
_TUNNELS: Final = [ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
_CONTEXT: Final = ssl.create_default_context()
_resolver: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="resolver")

Allowed = Callable[[str, int], bool]


class NotFetched(Exception):
    """Why not, in words that name no address."""


@dataclass(frozen=True, slots=True, repr=False)  # an address may be a secret
class Request:
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None
    schemes: Sequence[str] = ("https", "http")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def is_public(address: str, port: int) -> bool:
    """Whether this address is on the internet for everybody, at a port where websites are."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped), port)
        if any(ip in tunnel for tunnel in _TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast and port in PORTS.values()


def ask_once(request: Request, *, seconds: float, most: int = MOST, allowed: Allowed = is_public) -> Answer:
    """What is answered, up to `most` bytes of it. NotFetched."""
    until = monotonic() + seconds
    try:
        parts = urlsplit(request.url)
        host, port = parts.hostname, parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, host, port = urlsplit(""), None, 0
    if parts.scheme not in request.schemes or not host or "@" in parts.netloc:
        known = ", ".join(f"{each}://" for each in request.schemes)
        raise NotFetched(
            gettext("Write an address that begins with one of these: %(known)s.") % {"known": known}
        )
    connection = _Pinned(parts.scheme, host, port, _address(host, port, until, allowed), until)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(request.method, target, body=request.body, headers=dict(request.headers))
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, _read(answer, most, until))
    except (OSError, http.client.HTTPException, ValueError) as error:
        words = gettext("It did not answer as a website does.")
        raise NotFetched(f"{words} ({type(error).__name__})") from error
    finally:
        connection.finish()


def _address(host: str, port: int, until: float, allowed: Allowed) -> str:
    """Where this name leads, if all of where it leads is allowed."""
    asked = _resolver.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        found = [str(each[4][0]) for each in asked.result(_left(until))]
    except (OSError, UnicodeError) as error:
        raise NotFetched(gettext("There is no website of this name.")) from error
    except TooLate as late:
        raise NotFetched(gettext("It took too long to find this name.")) from late
    if not found or not all(allowed(address, port) for address in found):
        raise NotFetched(
            gettext("This address is not on the public internet; only public websites are looked at.")
        )
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """To this address, whatever the name leads to by now; by TLS it still has to prove its name. Cut at the
    end of the time: a website that drips would keep every single wait short, and us for ever."""

    def __init__(self, scheme: str, host: str, port: int, address: str, until: float) -> None:
        super().__init__(host, port)
        self._secure, self._address, self._until = scheme == "https", address, until
        self.default_port = PORTS[scheme]
        self._end = threading.Timer(_left(until), self._cut)
        self._end.daemon = True

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), timeout=_left(self._until))
        if self._secure:
            self.sock = _CONTEXT.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
        self._open = self.sock
        self._end.start()
        if isinstance(self.sock, ssl.SSLSocket):
            self.sock.do_handshake()

    def finish(self) -> None:
        self._end.cancel()
        self.close()

    def _cut(self) -> None:
        with suppress(OSError):  # it is over already
            socket.socket.shutdown(self._open, socket.SHUT_RDWR)


def _read(answer: http.client.HTTPResponse, most: int, until: float) -> bytes:
    """What comes in time, up to so many bytes."""
    body = bytearray()
    while len(body) < most:
        piece = answer.read1(min(16_384, most - len(body)))
        _left(until)  # what was cut ends like what is whole
        if not piece:
            break
        body += piece
    return bytes(body)


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise NotFetched(gettext("It took too long to answer."))
    return left
