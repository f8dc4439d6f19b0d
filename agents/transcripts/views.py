"""The managers' pages: find a chat that is over, read it, take it away."""

from functools import wraps
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agents.policy import StaffRequest, View, staff_page
from agents.transcripts.formats import DOWNLOADS, FORMATS
from agents.transcripts.search import Page, SearchForm, find
from agents.transcripts.transcript import Transcript, transcripts
from support_chat.desk.access import Staff, conversation_for_staff, queues_to_export, staff_of
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.models import Conversation


def for_managers(view: View) -> View:
    """A page for who may take transcripts away: others are told so, in plain words."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            staff = staff_of(request.user)
            if queues_to_export(staff):
                return view(request, staff, *args, **kwargs)
        except NotFound as missing:
            raise Http404 from missing
        except NotAllowed:
            pass  # of no team, or this chat is only theirs to read: the same words
        return render(request, "agents/transcripts/not_for_you.html", status=403)

    return staff_page(require_safe(login_required(guarded)))


@for_managers
def search(request: StaffRequest, staff: Staff) -> HttpResponse:
    form = SearchForm(staff, request.GET)
    page = find(staff, form.cleaned_data, request.GET.get("after", "")) if form.is_valid() else Page([], None)
    asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    shown = {
        "form": form,
        "rows": [(chat, ZoneInfo(chat.site.time_zone)) for chat in page.chats],
        "sites": len(staff.sites),
        "older": urlencode(asked | {"after": page.older}) if page.older else None,
        "newest": f"?{urlencode(asked)}" if request.GET.get("after") else None,
    }
    return render(request, "agents/transcripts/search.html", shown, status=200 if form.is_valid() else 400)


@for_managers
def read(request: StaffRequest, staff: Staff, chat: str) -> HttpResponse:
    transcript = _transcript(request, staff, chat)
    shown = {"transcript": transcript, "notes": _notes(request), "downloads": DOWNLOADS}
    return render(request, "agents/transcripts/transcript.html", shown)


@for_managers
def download(request: StaffRequest, staff: Staff, chat: str, name: str) -> HttpResponse:
    if name not in DOWNLOADS:
        raise Http404
    transcript, form = _transcript(request, staff, chat), FORMATS[name]
    response = HttpResponse(form.one(transcript), content_type=form.content_type)
    day = transcript.opened_at.date().isoformat()
    file = f"chat-{day}-{transcript.id[:8]}.{form.extension}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _transcript(request: StaffRequest, staff: Staff, chat: str) -> Transcript:
    found: Conversation = conversation_for_staff(staff, chat, doing="export")
    return next(transcripts([found], notes=_notes(request)))


def _notes(request: StaffRequest) -> bool:
    return request.GET.get("notes") == "1"
