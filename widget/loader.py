"""The loader, ready to serve."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from widget.packing import Packed, in_every_coding, pack

SOURCE: Final = Path(__file__).parent / "static" / "widget" / "loader.js"


def packed_loader() -> Packed:
    """As the file stands now: a changed file is packed anew."""
    return packed_as_of(SOURCE.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def packed_as_of(_changed: int) -> Packed:
    return in_every_coding(pack(SOURCE.read_text(encoding="utf-8")))
