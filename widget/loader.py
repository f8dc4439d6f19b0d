"""The loader's bytes, ready to serve: packed, compressed once, and with the name of their version."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli

SOURCE = Path(__file__).parent / "static" / "widget" / "loader.js"
REFUSED = re.compile(r"q=0(\.0*)?")


@dataclass(frozen=True)
class Packed:
    """`bodies` by content coding ("" is plain); `etag` is the same for all of them, hence weak."""

    etag: str
    bodies: dict[str, bytes]

    def coding_for(self, accepted: str) -> str:
        """The smallest coding that an Accept-Encoding header allows."""
        parts = (part.partition(";") for part in accepted.lower().replace(" ", "").split(","))
        allowed = {coding for coding, _, weight in parts if not REFUSED.fullmatch(weight)}
        return next((coding for coding in ("br", "gzip") if coding in allowed), "")


def packed_loader() -> Packed:
    """As the file stands now: a changed file is packed anew."""
    return packed_as_of(SOURCE.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def packed_as_of(_changed: int) -> Packed:
    plain = pack(SOURCE.read_text(encoding="utf-8")).encode()
    return Packed(
        etag=f'W/"{hashlib.sha256(plain).hexdigest()[:24]}"',
        bodies={
            "": plain,
            "gzip": gzip.compress(plain, 9, mtime=0),
            "br": brotli.compress(plain, mode=brotli.MODE_TEXT),
        },
    )


def pack(source: str) -> str:
    """Without indentation and whole-line comments, which are nothing to a browser."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/**")))
