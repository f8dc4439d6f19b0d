"""Who may frame us: only pages of the origins on the site's list, and our own."""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest

from support_chat.desk.models.site import Site

DEFAULT_PORTS = {"http": 80, "https": 443}
# What may follow the scheme in a policy's frame-ancestors: nothing that could end the directive or widen it.
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.ASCII)


def may_frame(site: Site, origin: str, *, own: str) -> bool:
    """Whether pages of `origin` may frame the panel of `site`: if listed, or our own."""
    return origin == own or origin in {normal_origin(listed) for listed in site.allowed_origins}


def normal_origin(text: str) -> str | None:
    """`text` as a browser writes an origin (`https://shop.example`, `http://127.0.0.1:8001`), or None."""
    try:
        parts = urlsplit(text.strip().rstrip("/").lower())
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in DEFAULT_PORTS or not bare or not HOST.fullmatch(host):
        return None
    return f"{parts.scheme}://{host}" + ("" if port in {None, DEFAULT_PORTS[parts.scheme]} else f":{port}")


def own_origin(request: HttpRequest) -> str:
    """This server's origin, as the visitor's browser sees it."""
    return normal_origin(f"{request.scheme}://{request.get_host()}") or ""
