"""Content codings: which a browser takes."""

import re
from typing import Final

_REFUSED: Final = re.compile(r"q=0(\.0*)?")


def coding_for(accepted: str) -> str:
    """The smallest coding that an Accept-Encoding header allows; "" is plain."""
    parts = (part.partition(";") for part in accepted.lower().replace(" ", "").split(","))
    allowed = {coding for coding, _, weight in parts if not _REFUSED.fullmatch(weight)}
    return next((coding for coding in ("br", "gzip") if coding in allowed), "")
