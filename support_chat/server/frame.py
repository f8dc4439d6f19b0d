"""A message as one unmasked WebSocket frame (RFC 6455, 5.2): what a server says, as we say it.

Autobahn's own way puts words for its log together for every frame, whether anybody reads them or not.
"""

from typing import Final

_TEXT: Final = b"\x81"  # the last fragment, and the first
_BINARY: Final = b"\x82"


def framed(payload: bytes, *, binary: bool = False) -> bytes:
    kind, size = _BINARY if binary else _TEXT, len(payload)
    if size < 126:
        return kind + size.to_bytes(1, "big") + payload
    if size < 1 << 16:
        return kind + b"\x7e" + size.to_bytes(2, "big") + payload
    return kind + b"\x7f" + size.to_bytes(8, "big") + payload
