"""An optional scanner, by ClamAV's INSTREAM (clamd(8)). Where there is one, nothing passes unscanned."""

import logging
import socket
from pathlib import Path
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from support_chat.desk.files.errors import NotChecked, Unsafe
from support_chat.desk.files.store import in_pieces
from support_chat.settings.chat import SCAN_LASTS

log = logging.getLogger(__name__)

_CHUNK: Final = 64 * 1024  # bytes
_ANSWER: Final = 4_096  # bytes: longer ones are none
_AGAIN: Final = 15.0  # seconds
_PORT: Final = 3310


def scan(path: Path) -> None:
    """Unsafe where it finds something; NotChecked whenever it does not say that there is nothing."""
    if not settings.CLAMAV_URL:
        return
    try:
        said = _asked(path)
    except OSError as error:
        log.warning("The scanner does not answer: %s", error)
        raise NotChecked(after=_AGAIN) from error
    if said.endswith(b" FOUND"):
        log.warning("The scanner found something in an upload: %s", said.decode(errors="replace"))
        raise Unsafe
    if said != b"stream: OK":
        log.warning("The scanner could not scan: %s", said.decode(errors="replace"))
        raise NotChecked(after=_AGAIN)


def _asked(path: Path) -> bytes:
    where = urlsplit(settings.CLAMAV_URL)
    until = monotonic() + SCAN_LASTS
    with socket.create_connection((where.hostname, where.port or _PORT), SCAN_LASTS) as line:
        line.sendall(b"zINSTREAM\0")
        with path.open("rb") as file:
            for piece in in_pieces(file, _CHUNK):
                line.settimeout(_left(until))
                line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        return _answer(line, until)


def _answer(line: socket.socket, until: float) -> bytes:
    said = b""
    while b"\0" not in said and len(said) < _ANSWER:
        line.settimeout(_left(until))
        piece = line.recv(_ANSWER)
        if not piece:
            break
        said += piece
    return said.partition(b"\0")[0].strip()


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError("it takes too long")
    return left
