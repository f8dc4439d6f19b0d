"""What the staff's pages may load, who may frame them (nobody), and that no cache keeps them."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONCE, NONE, SELF, STRICT_DYNAMIC
from csp.decorators import csp
from django.http import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_deny

type_of_view = Callable[..., HttpResponseBase]

STAFF_PAGE: dict[str, list[Any]] = {
    "default-src": [NONE],
    "script-src": [NONCE, STRICT_DYNAMIC],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}


def staff_page(view: type_of_view) -> type_of_view:
    """A page for signed-in eyes only: strict policy, never framed, never stored."""
    return csp(STAFF_PAGE)(xframe_options_deny(cache_control(no_store=True, private=True)(view)))
