"""The page of the library: what is in it, found, moved, deleted and brought back."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from agents.library.guard import for_writers
from agents.library.shelf import KINDS, shelf_of
from agents.policy import StaffRequest
from support_chat.desk.access import Staff
from support_chat.desk.actions.canned_replies import bring_back_replies, delete_replies, move_replies
from support_chat.desk.database_time import database_now
from support_chat.desk.library import sites_to_write_for

FILTERS = ("words", "folder", "kind")


@for_writers
def listing(request: StaffRequest, staff: Staff) -> HttpResponse:
    wrong: list[str] = []
    if request.method == "POST":
        try:
            return redirect(f"{reverse('library')}?{urlencode(_done(request, staff))}")
        except ValidationError as refused:
            wrong = refused.messages
    asked = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    kind, folder, words = asked.get("kind", "all"), asked.get("folder", "*"), asked.get("words", "")
    shelf = shelf_of(
        staff,
        words=words,
        folder=None if folder == "*" else folder,
        kind=kind if kind in KINDS else "all",
        now=database_now(),
    )
    shown = {
        "shelf": shelf,
        "kinds": KINDS.items(),
        "kind": kind,
        "folder": folder,
        "refused": wrong,
        "words": words,
        "sites": sites_to_write_for(staff),
        "managed": bool(staff.managed),
        "done": asked.get("done", ""),
        "count": _number(asked.get("count", "")),
        "ids": asked.get("ids", "").split(),
        "deleted": kind == "deleted",
    }
    return render(request, "agents/library/listing.html", shown, status=400 if wrong else 200)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _done(request: StaffRequest, staff: Staff) -> dict[str, str]:
    """What was asked for is done; what the next page says of it."""
    chosen = [each for each in request.POST.getlist("reply") if each.isprintable()]
    does = request.POST.get("do", "")
    kept = {name: request.POST[name] for name in FILTERS if request.POST.get(name)}
    if not chosen:
        raise ValidationError(gettext("Choose at least one reply first."))
    if does == "delete":
        count = delete_replies(staff=staff, replies=chosen)
        return kept | {"done": "deleted", "count": str(count), "ids": " ".join(chosen)}
    if does == "bring-back":
        count = bring_back_replies(staff=staff, replies=chosen)
        return kept | {"done": "brought-back", "count": str(count)}
    count = move_replies(staff=staff, replies=chosen, folder=request.POST.get("to", ""))
    return kept | {"done": "moved", "count": str(count)}
