"""The pages of macros: what there is, and each of them to be written."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agents.library.guard import for_writers
from agents.library.macro_form import KINDS, MacroForm
from agents.policy import StaffRequest
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff
from support_chat.desk.actions.macros import bring_back_macro, change_macro, delete_macro, make_macro
from support_chat.desk.library import (
    macro_to_arrange,
    macros_to_arrange,
    site_to_write_for,
    sites_to_write_for,
)
from support_chat.desk.models import Macro, Site


@for_writers
def listing(request: StaffRequest, staff: Staff) -> HttpResponse:
    wrong: list[str] = []
    if request.method == "POST":
        try:
            return redirect(f"{reverse('macros')}?{_done(request, staff)}")
        except ValidationError as refused:
            wrong = refused.messages
    deleted = request.GET.get("kind") == "deleted"
    rows = macros_to_arrange(staff).filter(deleted_at__isnull=not deleted)
    shown: dict[str, Any] = {
        "macros": [(macro, [KINDS[step["do"]][0] for step in macro.steps]) for macro in rows],
        "sites": sites_to_write_for(staff),
        "deleted": deleted,
        "refused": wrong,
        "done": request.GET.get("done", ""),
        "id": request.GET.get("id", ""),
        "managed": bool(staff.managed),
    }
    return render(request, "agents/library/macros.html", shown, status=400 if wrong else 200)


@for_writers
def new_macro(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    site = site_to_write_for(staff, key)
    form = MacroForm(staff, site, None, request.POST if request.method == "POST" else None)
    if saved(form, lambda: make_macro(staff=staff, site=key, values=form.values())):
        return redirect(f"{reverse('macros')}?done=saved")
    return _page(request, staff, site, form)


@for_writers
def one_macro(request: StaffRequest, staff: Staff, public_id: str) -> HttpResponse:
    macro = macro_to_arrange(staff, public_id)
    form = MacroForm(staff, macro.site, macro, request.POST if request.method == "POST" else None)
    if saved(form, lambda: change_macro(staff=staff, macro=public_id, values=form.values())):
        return redirect(f"{reverse('macros')}?done=saved")
    return _page(request, staff, macro.site, form, macro)


def _page(
    request: StaffRequest, staff: Staff, site: Site, form: MacroForm, macro: Macro | None = None
) -> HttpResponse:
    shown = {"site": site, "form": form, "macro": macro, "managed": bool(staff.managed)}
    return page(request, "agents/library/macro.html", shown, form.forms)


def _done(request: StaffRequest, staff: Staff) -> str:
    macro = request.POST.get("macro", "").replace("\0", "")
    if request.POST.get("do") == "bring-back":
        bring_back_macro(staff=staff, macro=macro)
        return "done=brought-back"
    row = delete_macro(staff=staff, macro=macro)
    return f"done=deleted&id={row.public_id}"
