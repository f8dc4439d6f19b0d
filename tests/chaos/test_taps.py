"""What sits in a line knows where a frame ends, however it comes in pieces."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.chaos.taps import CommitTap, CutError, FrameTap, HintTap, Tap

HANDSHAKE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
HINT = b"*3\r\n$7\r\nmessage\r\n$5\r\nhints\r\n$4\r\n\r\n*1\r\n"
JOINED = b"*3\r\n$9\r\nsubscribe\r\n$5\r\nhints\r\n:1\r\n"
PUSHED = b">3\r\n+message\r\n$5\r\nhints\r\n$2\r\nhi\r\n"


def frame(payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        return bytes([0x81, size]) + payload
    return bytes([0x81, 126]) + size.to_bytes(2, "big") + payload


def in_pieces(tap: Tap, data: bytes, chance: random.Random) -> bytes:
    """What goes on of this, fed in pieces of any size."""
    out = b""
    while data:
        size = chance.randint(1, len(data))
        out, data = out + tap.feed(data[:size]), data[size:]
    return out


@given(st.randoms(use_true_random=False))
def test_lost_hints_take_nothing_else_with_them(chance: random.Random) -> None:
    said = b"+OK\r\n" + JOINED + HINT + b":1\r\n" + HINT + b"$-1\r\n"
    assert in_pieces(HintTap(lambda: True), said, chance) == said.replace(HINT, b"")
    assert in_pieces(HintTap(lambda: False), said, chance) == said


def test_a_hint_is_known_in_either_version_of_the_protocol() -> None:
    assert (
        HintTap(lambda: True).feed(PUSHED.replace(b"+message", b"$7\r\nmessage") + b"+OK\r\n") == b"+OK\r\n"
    )


@given(st.randoms(use_true_random=False), st.lists(st.binary(max_size=300), max_size=6))
def test_a_lost_frame_takes_nothing_else_with_it(chance: random.Random, payloads: list[bytes]) -> None:
    said = HANDSHAKE + b"".join(map(frame, payloads))
    kept = HANDSHAKE + b"".join(frame(each) for each in payloads if len(each) % 2)
    tap = FrameTap(lambda payload: "pass" if len(payload) % 2 else "drop")
    assert in_pieces(tap, said, chance) == kept


def test_an_answer_that_is_cut_does_not_arrive() -> None:
    tap = FrameTap(lambda payload: "cut" if payload == b"yes" else "pass")
    assert tap.feed(HANDSHAKE + frame(b"no")) == HANDSHAKE + frame(b"no")
    with pytest.raises(CutError):
        tap.feed(frame(b"yes"))


@given(st.randoms(use_true_random=False))
def test_plain_http_goes_through(chance: random.Random) -> None:
    said = b'HTTP/1.1 200 OK\r\n\r\n{"re": 1}\n' + frame(b"no frame") + b"\r\n\r\n"
    assert in_pieces(FrameTap(lambda payload: "drop"), said, chance) == said


def test_every_commit_is_noticed_and_let_through() -> None:
    seen: list[str] = []
    tap = CommitTap(lambda: seen.append("committed"))
    assert tap.feed(b"Q\0\0\0\x0bCOMMIT\0") == b"Q\0\0\0\x0bCOMMIT\0"
    assert tap.feed(b"Q\0\0\0\x0aBEGIN\0")
    assert seen == ["committed"]


def test_a_commit_that_was_prepared_is_noticed_by_its_name() -> None:
    seen: list[str] = []
    tap = CommitTap(lambda: seen.append("committed"))
    tap.feed(b"P\0\0\0\x16_pg3_4\0COMMIT\0\0\0B\0\0\0\x12\0_pg3_4\0\0\0\0\0\0\0")
    tap.feed(b"B\0\0\0\x12\0_pg3_14\0\0\0\0\0\0\0")
    tap.feed(b"B\0\0\0\x12\0_pg3_4\0\0\0\0\0\0\0")
    assert seen == ["committed"] * 2
