"""What the staff's pages may load, who may frame them (nobody), and that no cache keeps them."""

from collections.abc import Callable
from typing import Any, Final

from csp.constants import NONCE, NONE, SELF, STRICT_DYNAMIC
from csp.decorators import csp
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_deny

from support_chat.desk.models import User

View = Callable[..., HttpResponseBase]

STAFF_PAGE: Final[dict[str, list[Any]]] = {
    "default-src": [NONE],
    "script-src": [NONCE, STRICT_DYNAMIC],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}


class StaffRequest(HttpRequest):
    """A request that has passed `login_required`."""

    user: User


def staff_page(view: View) -> View:
    """A page for signed-in eyes only: strict policy, never framed, never stored."""
    guarded: View = csp(STAFF_PAGE)(xframe_options_deny(cache_control(no_store=True, private=True)(view)))
    return guarded
