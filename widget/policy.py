"""What the panel's page may load and who may hold it: the headers of every page a visitor gets from us."""

from collections.abc import Sequence
from typing import Any

from csp.constants import NONCE, NONE, SELF, STRICT_DYNAMIC
from django.http import HttpRequest


def panel_policy(request: HttpRequest, ancestors: Sequence[str]) -> dict[str, Any]:
    """The content security policy of the panel, framable by `ancestors` alone ([] = by nobody)."""
    host = request.get_host()
    return {
        "default-src": [NONE],
        "script-src": [NONCE, STRICT_DYNAMIC],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        # Safari before 15.4 does not count our socket as 'self'.
        "connect-src": [SELF, f"wss://{host}" if request.is_secure() else f"ws://{host}"],
        "font-src": [SELF],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": list(ancestors) or [NONE],
    }


def refusal_policy(ancestors: Sequence[str]) -> dict[str, Any]:
    """For a page of words only: a style sheet and nothing else."""
    return {
        "default-src": [NONE],
        "style-src": [SELF],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": list(ancestors) or [NONE],
    }


# A host page that isolates itself (COEP) may frame only what says these two.
ISOLATION = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
