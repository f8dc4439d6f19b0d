"""Origins as browsers write them. Pure."""

import re
from typing import Final
from urllib.parse import urlsplit

DEFAULT_PORTS: Final = {"http": 80, "https": 443}
# What may follow the scheme in a policy's frame-ancestors: nothing that could end the directive or widen it.
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.ASCII)


def normal_origin(text: str) -> str | None:
    """`text` as a browser writes an origin (`https://shop.example`, `http://127.0.0.1:8001`), or None."""
    try:
        parts = urlsplit(text.strip().rstrip("/").lower())
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in DEFAULT_PORTS or not bare or not _HOST.fullmatch(host):
        return None
    return f"{parts.scheme}://{host}" + ("" if port in {None, DEFAULT_PORTS[parts.scheme]} else f":{port}")


def origin_of(url: str) -> str | None:
    """The origin of an address."""
    parts = urlsplit(url)
    return normal_origin(f"{parts.scheme}://{parts.netloc}")
