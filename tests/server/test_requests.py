"""What a request may cost, and what no request may say."""

import time

import pytest

from tests.server.odd_server import PIECE, PIECES
from tests.server.peers import MIB, Peer, read_to_end

HEAD = b"POST /counts HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GROWTH = 24  # MiB; without bounds it is hundreds


def test_a_body_up_to_the_limit_reaches_the_application(odd: Peer) -> None:
    heard, _ = odd.ask(HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % MIB, b"x" * MIB)
    assert status(heard) == 200
    assert str(MIB).encode() in heard


def test_a_body_announced_as_too_large_is_refused_before_it_comes(odd: Peer) -> None:
    heard, took = odd.ask(HEAD + b"Content-Length: %d\r\n\r\n" % (300 * MIB))
    assert status(heard) == 413
    assert took < 5


def test_a_body_in_chunks_is_refused_as_soon_as_it_is_too_large(odd: Peer) -> None:
    before = odd.memory
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with odd.raw(CHUNKED) as line:
        try:
            for _ in range(2_000):
                line.sendall(chunk)
        except OSError:
            pass  # it was cut while we sent: an answer as well
        else:
            assert status(read_to_end(line)) == 413
    assert odd.memory - before < GROWTH


def test_a_client_that_sends_little_too_much_reads_the_refusal(odd: Peer) -> None:
    heard, _ = odd.ask(HEAD + b"Content-Length: %d\r\n\r\n" % (2 * MIB), b"x" * 2 * MIB)
    assert status(heard) == 413


def test_more_than_was_announced_is_no_part_of_the_body(odd: Peer) -> None:
    heard, _ = odd.ask(HEAD + b"Content-Length: 5\r\n\r\n", b"x" * 4 * MIB)
    assert b"\r\n5 " in heard
    assert heard.count(b"HTTP/1.1 200") == 1
    assert b"HTTP/1.1 400" in heard


@pytest.mark.parametrize(
    "beginning", [b"G", HEAD, HEAD + b"Content-Length: 100\r\n\r\nx", CHUNKED + b"5\r\n"], ids=range(4)
)
def test_a_request_that_dribbles_ends_in_time(odd: Peer, beginning: bytes) -> None:
    with odd.raw(beginning) as line:
        started = time.monotonic()
        line.settimeout(0.3)
        heard = b""
        while not heard and time.monotonic() - started < 10:
            line.sendall(b"x")  # never silent
            try:
                heard = line.recv(1_000)
            except TimeoutError:
                continue
        assert status(heard) in {400, 408}
        assert time.monotonic() - started < 6


@pytest.mark.parametrize("first", [b"", HEAD + b"Content-Length: 0\r\n\r\n"], ids=["none", "one"])
def test_a_connection_without_a_request_ends(odd: Peer, first: bytes) -> None:
    heard, took = odd.ask(first)
    assert status(heard) == (200 if first else 0)
    assert took < 8


def test_a_body_that_comes_steadily_has_the_time_it_takes(odd: Peer) -> None:
    piece = b"x" * 32_768
    with odd.raw(HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % (len(piece) * 10)) as line:
        for _ in range(10):
            line.sendall(piece)
            time.sleep(0.3)
        assert status(read_to_end(line)) == 200


def test_an_answer_waits_for_its_reader(odd: Peer) -> None:
    before = odd.memory
    with odd.raw(b"GET /pours HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") as line:
        time.sleep(1)
        assert odd.memory - before < GROWTH
        assert len(read_to_end(line)) > PIECES * len(PIECE)


def test_an_answer_that_nobody_reads_is_cut(odd: Peer) -> None:
    with odd.raw(b"GET /pours HTTP/1.1\r\nHost: localhost\r\n\r\n"):
        time.sleep(1)
        assert b"/pours" in odd.get("/health/live")
        deadline = time.monotonic() + 10
        while b"/pours" in odd.get("/health/live") and time.monotonic() < deadline:
            time.sleep(0.2)
        assert b"/pours" not in odd.get("/health/live")


def test_an_application_that_breaks_off_leaves_nobody_waiting(odd: Peer) -> None:
    heard, took = odd.ask(b"GET /breaks-off HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert heard.endswith(b"half") or heard == b""
    assert took < 5


def test_an_application_that_says_nothing_is_answered_for(odd: Peer) -> None:
    heard = odd.get("/says-nothing")
    assert status(heard) == 500
    assert b"aphne" not in heard


@pytest.mark.parametrize("name", [b"Origin", b"Cookie", b"Authorization", b"Host"])
def test_a_header_that_must_be_one_is_refused_when_it_comes_twice(odd: Peer, name: bytes) -> None:
    twice = b"%b: a\r\n%b: b\r\n" % (name, name)
    for upgrade in (b"", b"Upgrade: websocket\r\n"):
        heard, _ = odd.ask(b"GET /counts HTTP/1.1\r\nConnection: close\r\n" + upgrade + twice + b"\r\n")
        assert status(heard) == 400


def test_no_client_says_where_the_application_is_mounted(odd: Peer) -> None:
    heard, _ = odd.ask(
        HEAD + b"Connection: close\r\nDaphne-Root-Path: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    )
    assert status(heard) == 200
    assert b"elsewhere" not in heard


def test_control_characters_in_a_header_are_refused(odd: Peer) -> None:
    for control in b"\x0b\x0c\x1c\x1d\x1e\x85":
        heard, _ = odd.ask(
            b"GET /counts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: a%cb\r\n\r\n" % control
        )
        assert status(heard) == 400


def test_no_answer_tells_a_version(odd: Peer) -> None:
    for heard in (odd.get("/health/live"), odd.get("/says-nothing"), odd.ask(b"nonsense\r\n\r\n")[0]):
        assert b"Twisted" not in heard
        assert b"aphne" not in heard


def status(heard: bytes) -> int:
    """The status of the first answer; 0 for none."""
    return int(heard[9:12] or 0)
