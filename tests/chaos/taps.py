"""What sits in a line and reads along: it knows where one frame ends, and drops or cuts at some of them.

A tap is given the bytes of one direction of one connection, and returns those that go on.
"""

import re
from collections.abc import Callable
from typing import Final, Literal, Protocol

Verdict = Literal["pass", "drop", "cut"]


class CutError(Exception):
    """This connection ends here."""


class Tap(Protocol):
    def feed(self, data: bytes) -> bytes:
        """The bytes that go on. Raises CutError where nothing does any more."""
        ...


class Open:
    """Lets everything through."""

    def feed(self, data: bytes) -> bytes:
        return data


class HintTap:
    """Of what Redis says: asks `loses()` of every message to a subscriber whether it is lost."""

    def __init__(self, loses: Callable[[], bool]) -> None:
        self._loses = loses
        self._kept = b""

    def feed(self, data: bytes) -> bytes:
        self._kept += data
        out, at = [], 0
        while (end := end_of_reply(self._kept, at)) is not None:
            reply = self._kept[at:end]
            if not (is_message(reply) and self._loses()):
                out.append(reply)
            at = end
        self._kept = self._kept[at:]
        return b"".join(out)


def end_of_reply(data: bytes, at: int) -> int | None:
    """Where the RESP value that begins at `at` ends; None while it is not whole."""
    line_end = data.find(b"\r\n", at)
    if line_end < 0:
        return None
    kind, rest, after = data[at : at + 1], data[at + 1 : line_end], line_end + 2
    if kind in b"$=!":
        end = after + int(rest) + 2 if int(rest) >= 0 else after
        return end if end <= len(data) else None
    if kind in b"*>~%":
        for _ in range(int(rest) * (2 if kind == b"%" else 1)):
            inner = end_of_reply(data, after)
            if inner is None:
                return None
            after = inner
    return after


def is_message(reply: bytes) -> bool:
    """Whether this is what a subscriber is told of a PUBLISH, in RESP 2 or 3."""
    return reply[:1] in b"*>" and reply.split(b"\r\n", 3)[2:3] == [b"message"]


SWITCHED: Final = b"HTTP/1.1 101"
LONG: Final = {126: 2, 127: 8}  # bytes that the length of a WebSocket frame takes beyond its first


class FrameTap:
    """Of what a server says over a WebSocket: asks `judge(payload)` of every frame. HTTP goes through."""

    def __init__(self, judge: Callable[[bytes], Verdict]) -> None:
        self._judge = judge
        self._kept = b""
        self._speaks: Literal["", "http", "frames"] = ""  # not known until its first answer is there

    def feed(self, data: bytes) -> bytes:
        self._kept += data
        head = b"" if self._speaks else self._head()
        return head + (self._judged() if self._speaks == "frames" else self._everything())

    def _head(self) -> bytes:
        """The answer to the handshake, which is no frame."""
        if len(self._kept) < len(SWITCHED) or self._kept.startswith(SWITCHED):
            head, gap, rest = self._kept.partition(b"\r\n\r\n")
            if not gap:
                return b""
            self._speaks, self._kept = "frames", rest
            return head + gap
        self._speaks = "http"
        return b""

    def _everything(self) -> bytes:
        passed, self._kept = (self._kept, b"") if self._speaks else (b"", self._kept)
        return passed

    def _judged(self) -> bytes:
        out = []
        while (end := end_of_frame(self._kept)) is not None:
            frame, self._kept = self._kept[: end[1]], self._kept[end[1] :]
            verdict = self._judge(frame[end[0] :])
            if verdict == "cut":
                raise CutError
            out += [frame] if verdict == "pass" else []
        return b"".join(out)


def end_of_frame(data: bytes) -> tuple[int, int] | None:
    """Where the payload of an unmasked frame begins and ends; None while it is not whole."""
    if len(data) < 2:
        return None
    begin = 2 + LONG.get(data[1] & 127, 0)
    size = int.from_bytes(data[2:begin], "big") if begin > 2 else data[1]
    return (begin, begin + size) if len(data) >= begin + size else None


class CommitTap:
    """Of what a server says to PostgreSQL: calls `committed()` for every COMMIT that it lets through, as such
    or by the name under which this connection has prepared it."""

    def __init__(self, committed: Callable[[], None]) -> None:
        self._committed = committed
        self._names: set[bytes] = set()

    def feed(self, data: bytes) -> bytes:
        self._names.update(_PREPARED_COMMIT.findall(data))
        if b"COMMIT" in data or any(name in data for name in self._names):
            self._committed()
        return data


_PREPARED_COMMIT: Final = re.compile(rb"(_pg3_[0-9]+\0)COMMIT\0")
