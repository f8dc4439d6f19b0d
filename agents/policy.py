"""What the staff's pages may load, who may frame them (nobody), and that no cache keeps them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from csp.constants import NONCE, NONE, SELF, STRICT_DYNAMIC
from csp.decorators import csp
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_deny

from agents.languages import language_of
from support_chat.desk.models import User

View = Callable[..., HttpResponseBase]

STAFF_PAGE: Final[dict[str, list[Any]]] = {
    "default-src": [NONE],
    "script-src": [NONCE, STRICT_DYNAMIC],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "worker-src": [SELF],
    "manifest-src": [SELF],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}


class StaffRequest(HttpRequest):
    """A request that has passed `login_required`."""

    user: User


def staff_page(view: View) -> View:
    """A page for signed-in eyes only, in their language: strict policy, never framed, never stored."""
    spoken = in_their_language(_or_nothing(view))
    kept_back = xframe_options_deny(cache_control(no_store=True, private=True)(spoken))
    guarded: View = csp(STAFF_PAGE)(kept_back)
    return guarded


def _or_nothing(view: View) -> View:
    """What is missing, or not theirs, is said in a page as well."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return render(request, "agents/not_found.html", status=404)

    return found


def in_their_language(view: View) -> View:
    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(language_of(request)):
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    return spoken
