"""The page of the files that go with a canned reply."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from agents.library.guard import for_writers
from agents.policy import StaffRequest
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff
from support_chat.desk.actions.reply_files import BYTES, MOST, add_file, remove_file
from support_chat.desk.library import canned_reply_to_arrange
from support_chat.desk.models import ReplyFile


class FileForm(forms.Form):
    use_required_attribute = False
    upload = forms.FileField(
        label=gettext_lazy("Add a file"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        words = gettext("Pictures, PDF, text and office files: up to %(most)s, of %(size)s KB each.")
        self.fields["upload"].help_text = words % {"most": MOST, "size": BYTES // 1024}

    def refuse(self, wrong: ValidationError) -> None:
        self.add_error("upload", wrong.messages)

    def add_to(self, reply: str, staff: Staff) -> None:
        upload = self.cleaned_data["upload"]
        add_file(staff=staff, reply=reply, name=upload.name, data=upload.read(BYTES + 1))


@for_writers
def files(request: StaffRequest, staff: Staff, public_id: str) -> HttpResponse:
    reply = canned_reply_to_arrange(staff, public_id)
    done = f"{reverse('library-files', args=[public_id])}?saved=file"
    unwanted = request.POST.get("remove", "").replace("\0", "")
    if unwanted:
        remove_file(staff=staff, reply=public_id, file=unwanted)
        return redirect(done)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if saved(form, lambda: form.add_to(public_id, staff)):
        return redirect(done)
    rows = ReplyFile.objects.filter(reply=reply).defer("content").order_by("pk")
    shown = {"reply": reply, "form": form, "files": rows, "managed": bool(staff.managed)}
    return page(request, "agents/library/files.html", shown, [form])
