"""The pages by which canned replies go out and come in as files."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from agents.library.formats import BYTES, Unreadable, as_csv, as_json, decoded, read
from agents.library.guard import for_writers
from agents.library.plan import Plan, planned
from agents.policy import StaffRequest
from support_chat.desk.access import Staff
from support_chat.desk.actions.importing_replies import MOST, import_replies, known_replies
from support_chat.desk.library import site_to_write_for
from support_chat.desk.models import Site

WRITERS: Final = {"csv": (as_csv, "text/csv"), "json": (as_json, "application/json")}
CHANGED: Final = gettext_lazy("The library has changed since you looked. This is what would happen now.")


class FileForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("File"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        words = gettext("CSV or JSON. Up to %(most)s replies, %(size)s KB.")
        self.fields["file"].help_text = words % {"most": MOST, "size": BYTES // 1024}


class _Looked(NamedTuple):
    """A file that somebody put here, and what would become of it."""

    staff: Staff
    site: Site
    text: str
    plan: Plan


@for_writers
def export(request: StaffRequest, staff: Staff, key: str, name: str) -> HttpResponse:
    """What a manager shares on a site, and whoever it is their own."""
    site = site_to_write_for(staff, key)
    if name not in WRITERS:
        raise Http404
    write, content_type = WRITERS[name]
    rows = known_replies(staff, site).values()
    theirs = [row for row in rows if row.personal or site.pk in staff.managed]
    ordered = sorted(theirs, key=lambda row: (row.personal, row.folder, row.shortcut, row.locale))
    response = HttpResponse(write(ordered), content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="canned-replies.{name}"'
    return response


@for_writers
def bring_in(request: StaffRequest, staff: Staff, key: str) -> HttpResponse:
    """A file is looked at first; what was looked at is then done, if it still would be the same."""
    site = site_to_write_for(staff, key)
    if "content" in request.POST:
        return _confirmed(request, staff, site)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            text = decoded(upload.read(BYTES + 1))
            return _preview(request, _Looked(staff, site, text, planned(staff, site, read(text))))
        except Unreadable as why:
            form.add_error("file", str(why))
    shown = {
        "site": site,
        "form": form,
        "managed": bool(staff.managed),
        "wrong": [form] if form.errors else [],
    }
    return render(request, "agents/library/import.html", shown, status=400 if form.errors else 200)


def _confirmed(request: StaffRequest, staff: Staff, site: Site) -> HttpResponse:
    text = request.POST["content"]
    try:
        looked = _Looked(staff, site, text, planned(staff, site, read(text)))
    except Unreadable as why:
        raise Http404 from why
    if looked.plan.digest != request.POST.get("digest"):
        return _preview(request, looked, told=[str(CHANGED)])
    try:
        count = import_replies(staff=staff, site=site.public_key, replies=looked.plan.to_do)
    except ValidationError as wrong:
        return _preview(request, looked, told=wrong.messages)
    return redirect(f"{reverse('library')}?done=imported&count={count}")


def _preview(request: StaffRequest, looked: _Looked, told: Sequence[str] = ()) -> HttpResponse:
    shown = {
        "site": looked.site,
        "plan": looked.plan,
        "content": looked.text,
        "told": told,
        "managed": bool(looked.staff.managed),
        "counts": {does: looked.plan.count(does) for does in ("make", "change", "same", "skip")},
    }
    return render(request, "agents/library/preview.html", shown, status=409 if told else 200)
