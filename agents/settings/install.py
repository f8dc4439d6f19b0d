"""The page for whoever builds the website: the snippet, what it needs, and whether a page embeds it."""

from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from agents.policy import StaffRequest
from agents.settings.embedding import Finding, findings
from agents.settings.fetching import fetch
from agents.settings.fields import TypedField
from agents.settings.forms import SettingsForm
from agents.settings.guard import for_managers
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.configuring import change_site
from support_chat.desk.language import launcher_words
from support_chat.desk.models import Site
from support_chat.desk.origins import normal_origin, origin_of
from support_chat.desk.outgoing import NotFetched
from support_chat.desk.theme import launcher_look


class OriginsField(TypedField):
    """One a line, as browsers write them where they are origins."""

    widget = forms.Textarea

    def read(self, text: str) -> Any:
        return [normal_origin(line) or line.strip() for line in text.splitlines() if line.strip()]

    def write(self, value: Any) -> str:
        return "\n".join(value)


class OriginsForm(SettingsForm):
    allowed_origins = OriginsField(
        label=gettext_lazy("Websites that may show the chat"),
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line, without a path: https://shop.example. Empty: none but our own pages."
        ),
    )

    def __init__(self, site: Site, data: Any = None) -> None:
        super().__init__(data, initial={"allowed_origins": site.allowed_origins})


class CheckForm(forms.Form):
    use_required_attribute = False
    url = forms.URLField(
        label=gettext_lazy("Address of a page"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Our server reads it once, as any visitor of the public internet could."),
    )

    def refuse(self, wrong: ValidationError) -> None:
        self.add_error("url", wrong.messages)


@for_managers
def install(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site, does = site_to_manage(staff, key), request.POST.get("do", "")
    form = OriginsForm(site, request.POST if does == "origins" else None)
    check = CheckForm(request.POST if does == "check" else None)
    if saved(form, lambda: change_site(staff=staff, site=key, values=form.changes())):
        return redirect(f"{reverse('site-install', args=[key])}?saved=origins")
    found: list[Finding] = []
    saved(check, lambda: found.extend(_looked_at(request, site, check.cleaned_data["url"])))
    shown = {"site": site, "form": form, "check": check, "found": found, **_snippet(request, site)}
    shown["speaks_first"] = _speaks_first(site)
    return page(request, "agents/settings/install.html", shown, [form, check])


def _own(request: HttpRequest) -> str:
    return normal_origin(f"{request.scheme}://{request.get_host()}") or ""


def _snippet(request: HttpRequest, site: Site) -> dict[str, str]:
    own = _own(request)
    look = launcher_look(site.colour, at_start=site.side == Site.Side.START)
    told = {"site": site.public_key, "look": look, "words": launcher_words(site)}
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in told.items() if value)
    source = f"{own}{reverse('widget-loader')}"
    loader = f'<script async src="{source}" {data}></script>'
    invites = f'<script async src="{escape(_invites(own, site))}"></script>'
    return {
        "own": own,
        "snippet": f"{loader}\n{invites}" if _speaks_first(site) else loader,
        "link": f"{own}{reverse('widget-chat', args=[site.public_key])}",
    }


def _speaks_first(site: Site) -> bool:
    return bool((site.invitations or {}).get("rules"))


def _invites(own: str, site: Site) -> str:
    return f"{own}{reverse('widget-invite', args=[site.public_key])}"


def _looked_at(request: HttpRequest, site: Site, url: str) -> list[Finding]:
    """What stands for the chat on this page, and what against it. ValidationError where it cannot be read."""
    try:
        fetched = fetch(url)
    except NotFetched as why:
        raise ValidationError(str(why)) from why
    if fetched.status != 200:
        raise ValidationError(
            gettext("The website answers %(status)s there, not with a page.") % {"status": fetched.status}
        )
    origin = origin_of(fetched.url)
    own = _own(request)
    return findings(
        page=fetched.text,
        policies=fetched.headers.get_all("Content-Security-Policy") or [],
        listed=origin == own or origin in map(normal_origin, site.allowed_origins),
        own=own,
        key=site.public_key,
        invites=_invites(own, site) if _speaks_first(site) else "",
    )
