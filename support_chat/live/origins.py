"""Whether a handshake or a request comes from a page of this very server: scheme, host and port, exactly."""

from collections.abc import Mapping
from typing import Any


def header(scope: Mapping[str, Any], name: bytes) -> str | None:
    """A header's value; None when it is absent or there twice, which no browser sends."""
    values = [value for key, value in scope.get("headers", ()) if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else None


def has_origin(scope: Mapping[str, Any]) -> bool:
    return any(key == b"origin" for key, _ in scope.get("headers", ()))


def is_own_origin(scope: Mapping[str, Any], *, trusted_proxy: bool = False) -> bool:
    """A browser's page of ours. `trusted_proxy`: TLS ends before us, at one that sets X-Forwarded-Proto."""
    origin, host = header(scope, b"origin"), header(scope, b"host")
    scheme = {"wss": "https", "https": "https"}.get(scope.get("scheme", ""), "http")
    if trusted_proxy:
        scheme = header(scope, b"x-forwarded-proto") or scheme
    return host is not None and origin == f"{scheme}://{host}"
