"""Where a search goes on: after which row, and of which search. Opaque to who is given it, and checked: one
of another search, or made up, is refused."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import Final

from support_chat.live.refusals import BadField

_KEY: Final = 8  # bytes of a row's key
_OF: Final = 7  # bytes that tell searches apart; with the key a multiple of three: no "=" at the end


def cursor(typed: str, key: int) -> str:
    return urlsafe_b64encode(key.to_bytes(_KEY) + _of(typed)).decode()


def key_in(typed: str, told: str) -> int:
    """BadField, where it is none of this search."""
    try:
        read = urlsafe_b64decode(told)
    except ValueError:
        raise BadField("after") from None
    key = int.from_bytes(read[:_KEY])
    if read[_KEY:] != _of(typed) or key >= 1 << 63:
        raise BadField("after")
    return key


def _of(typed: str) -> bytes:
    return blake2b(typed.encode(), digest_size=_OF).digest()
