"""The loader, the framed panel and the chat's own page. None of them knows a session or sets a cookie."""

from typing import Any

from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_deny, xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from support_chat.desk.models.site import Site
from widget.framing import may_frame, normal_origin, own_origin
from widget.loader import packed_loader
from widget.policy import ISOLATION, panel_policy, refusal_policy
from widget.refusals import FOREIGN_ORIGIN, NO_ORIGIN, UNKNOWN_SITE, Refusal

SOCKET = "/ws/visitor"

fresh_for_this_visitor = cache_control(private=True, no_cache=True)


@require_safe
@cache_control(public=True, max_age=300, stale_while_revalidate=86400)
@vary_on_headers("Accept-Encoding")
@condition(etag_func=lambda request: packed_loader().etag)
def loader(request: HttpRequest) -> HttpResponse:
    """/widget.js: one classic script for every site."""
    packed = packed_loader()
    coding = packed.coding_for(request.headers.get("Accept-Encoding", ""))
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if coding:
        headers["Content-Encoding"] = coding
    return HttpResponse(packed.bodies[coding], content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
@xframe_options_exempt
@fresh_for_this_visitor
@gzip_page
def frame(request: HttpRequest) -> HttpResponse:
    """/widget/frame/?site=KEY&origin=…: the panel, framable by that origin alone if it is on the list."""
    own = own_origin(request)
    origin = normal_origin(request.GET.get("origin", ""))
    if origin is None:
        return refused(request, NO_ORIGIN, ancestors=[])
    site = site_named(request.GET.get("site", ""))
    if site is None:
        return refused(request, UNKNOWN_SITE, ancestors=[origin])
    if not may_frame(site, origin, own=own):
        return refused(request, FOREIGN_ORIGIN, ancestors=[origin])
    return panel(request, site, host=origin)


@require_safe
@xframe_options_deny
@fresh_for_this_visitor
@gzip_page
def chat(request: HttpRequest, key: str) -> HttpResponse:
    """/chat/KEY/: the same chat as a page of its own, framable by nobody."""
    site = site_named(key)
    if site is None:
        return refused(request, UNKNOWN_SITE, ancestors=[])
    return panel(request, site, host=None)


def site_named(key: str) -> Site | None:
    # No database takes a NUL in a text.
    return None if "\0" in key else Site.objects.filter(public_key=key).first()


def panel(request: HttpRequest, site: Site, *, host: str | None) -> HttpResponse:
    """The panel's page; `host` is the origin of the page that frames it, None when it stands alone."""
    boot = {
        "site": {"key": site.public_key, "name": site.name, "locale": site.locale},
        "host": host,
        "socket": SOCKET,
    }
    policy = panel_policy(request, [host] if host else [])
    return secured(request, policy, "widget/panel.html", {"site": site, "boot": boot, "alone": host is None})


def refused(request: HttpRequest, refusal: Refusal, *, ancestors: list[str]) -> HttpResponse:
    return secured(
        request, refusal_policy(ancestors), "widget/refused.html", {"refusal": refusal}, status=refusal.status
    )


def secured(
    request: HttpRequest, policy: dict[str, Any], template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    csp(policy)(lambda _: response)(request)  # the decorator marks the answer that passes through it
    for name, value in ISOLATION.items():
        response[name] = value
    return response
