"""The page on which managers see who may not write to their site, and lift it."""

from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from agents.policy import StaffRequest
from agents.settings.guard import for_managers
from support_chat.desk.access import Staff, site_to_manage
from support_chat.desk.actions.blocking import lift_block
from support_chat.desk.blocks import listed

BY: Final = {
    "visitor": gettext_lazy("in one browser"),
    "identity": gettext_lazy("who they are on the website"),
    "address": gettext_lazy("everybody at their network address"),
}


class LiftForm(forms.Form):
    block = forms.IntegerField(min_value=1)


@for_managers
def blocks(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site = site_to_manage(staff, key)
    form = LiftForm(request.POST or None)
    if form.is_valid():
        lift_block(staff=staff, site=key, block=form.cleaned_data["block"])
        return redirect(f"{reverse('site-blocks', args=[key])}?saved=lifted")
    rows = [row | {"hits": BY[row["by"]]} for row in listed(site)]
    shown: dict[str, Any] = {"site": site, "saved": request.GET.get("saved", "")}
    shown |= {
        "holding": [row for row in rows if row["holds"]],
        "over": [row for row in rows if not row["holds"]],
    }
    return render(request, "agents/settings/blocks.html", shown)
