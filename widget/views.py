"""The loader, the framed panel and the chat's own page. None of them knows a session or sets a cookie."""

from typing import Any

from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_deny, xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from support_chat.bundles import later_files
from support_chat.desk.database_time import database_now
from support_chat.desk.models.logo import Logo
from support_chat.desk.models.site import Site
from support_chat.desk.origins import normal_origin
from widget.coding import brotli_page
from widget.framing import may_frame, own_origin
from widget.invitations import packed_invitations
from widget.languages import is_asked, script_address, words_for
from widget.loader import packed_loader
from widget.looks import launcher_of, logo_address, sheet_of, told_prechat, told_starters
from widget.packing import script_answer
from widget.page_files import PANEL
from widget.policy import ISOLATION, panel_policy, refusal_policy
from widget.refusals import FOREIGN_ORIGIN, NO_ORIGIN, UNKNOWN_SITE, Refusal

SOCKET = "/ws/visitor"
LATER = "widget/talk.js"

fresh_for_this_visitor = cache_control(private=True, no_cache=True)


@require_safe
@cache_control(public=True, max_age=300, stale_while_revalidate=86400)
@vary_on_headers("Accept-Encoding")
@condition(etag_func=lambda request: packed_loader().etag)
def loader(request: HttpRequest) -> HttpResponse:
    """/widget.js: one classic script for every site."""
    return script_answer(request, packed_loader())


@require_safe
@cache_control(public=True, max_age=60)
@vary_on_headers("Accept-Encoding", "Accept-Language")
@conditional_page
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """/widget/invite/KEY.js: by which rules a site speaks first, of those that hold now. Empty without any:
    the page that asks stays as it is when a manager takes them away."""
    site = site_named(key)
    if site is None:
        raise Http404
    return script_answer(request, packed_invitations(site, database_now(), words_for(request, site)))


@require_safe
@xframe_options_exempt
@vary_on_headers("Accept-Language")
@fresh_for_this_visitor
@gzip_page
@brotli_page
def frame(request: HttpRequest) -> HttpResponse:
    """/widget/frame/?site=KEY&origin=…: the panel, framable by that origin alone if it is on the list; with
    `&locale=…` in that language, where we have it."""
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
@vary_on_headers("Accept-Language")
@fresh_for_this_visitor
@gzip_page
@brotli_page
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
    words = words_for(request, site)
    starters, prechat = told_starters(site), told_prechat(site)
    arranged = {
        "logo": logo_address(site),
        "welcome": site.welcome,
        "welcomeMore": site.welcome_more,
        "starters": starters,
        "prechat": prechat,
    }
    own = {name: value for name, value in arranged.items() if value}  # most sites have little of their own
    boot = {
        "site": {"key": site.public_key, "name": site.name, **own},
        "host": host,
        "look": launcher_of(site),
        "socket": SOCKET,
        "later": later_files(PANEL, LATER),
        **({"locale": words.language} if is_asked(request) else {}),
    }
    policy = panel_policy(request, [host] if host else [])
    context = {
        "page": PANEL,
        "words": words,
        "title": words.gettext("Chat with %(site)s") % {"site": site.name},
        "no_script": words.gettext("The chat needs JavaScript."),
        "catalogue": script_address(words.language),
        "boot": boot,
        "alone": host is None,
        "sheet": sheet_of(site),
        "begins": bool(starters or prechat),
    }
    return secured(request, policy, "widget/panel.html", context)


@require_safe
def logo(request: HttpRequest, key: str) -> HttpResponse:
    """/widget/logo/KEY/: a small picture; its address changes with it."""
    picture = Logo.objects.filter(site__public_key=key.replace("\0", "")).first()
    if picture is None:
        raise Http404
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return HttpResponse(bytes(picture.image), content_type=picture.kind, headers=headers)


def refused(request: HttpRequest, refusal: Refusal, *, ancestors: list[str]) -> HttpResponse:
    words = words_for(request)
    context = {"words": words, "refusal": refusal.read_in(words)}
    return secured(request, refusal_policy(ancestors), "widget/refused.html", context, status=refusal.status)


def secured(
    request: HttpRequest, policy: dict[str, Any], template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    csp(policy)(lambda _: response)(request)  # the decorator marks the answer that passes through it
    for name, value in ISOLATION.items():
        response[name] = value
    return response
