"""The page on which a manager chooses how the widget looks, and what it says while they choose."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext

from agents.policy import StaffRequest
from agents.settings.guard import for_managers
from agents.settings.looks_form import LogoForm, LooksForm
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.configuring import change_site
from support_chat.desk.actions.looks import set_logo
from support_chat.desk.models import Logo
from support_chat.desk.theme import contrast, ink_on, tokens

OURS = "#12574f"  # the loader's and the panel's own


@for_managers
def looks(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site, does = site_to_manage(staff, key), request.POST.get("do", "")
    form = LooksForm(site, request.POST if does == "looks" else None)
    picture = LogoForm(request.POST, request.FILES) if does == "logo" else LogoForm()
    if does == "no-logo":
        set_logo(staff=staff, site=key, image=None)
    if (
        does == "no-logo"
        or saved(form, lambda: change_site(staff=staff, site=key, values=form.changes()))
        or saved(picture, lambda: set_logo(staff=staff, site=key, image=picture.cleaned_data["logo"]))
    ):
        return redirect(f"{reverse('site-looks', args=[key])}?saved={does}")
    shown = {"form": form, "picture": picture, "site": site, "logo": Logo.objects.filter(site=site).first()}
    return page(request, "agents/settings/looks.html", shown, [form, picture])


@for_managers
def preview(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    """The shades that follow from the colour as typed, and how readable it is; empty words for no colour."""
    form = LooksForm(site_to_manage(staff, key), request.POST)
    form.full_clean()
    colour = form.cleaned_data.get("colour")
    if colour is None:
        return JsonResponse({"says": gettext("Correct the colour to see it.")})
    shades = {look: tokens(colour or OURS, look) for look in ("light", "dark")}
    return JsonResponse({"says": says(colour or OURS), **shades})


def says(colour: str) -> str:
    ink = ink_on(colour)
    shown = {"contrast": number_format(round(contrast(colour, ink), 1), 1)}
    if ink == "#ffffff":
        return gettext("What stands on it is white, with a contrast of %(contrast)s to 1.") % shown
    return gettext("What stands on it is black, with a contrast of %(contrast)s to 1.") % shown
