"""The console's page: an empty frame with what its modules need to start."""

from pathlib import Path
from typing import Final

from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from agents.languages import script_address
from agents.page_files import CONSOLE
from agents.policy import StaffRequest, staff_page
from support_chat.bundles import later_files
from support_chat.desk import access
from support_chat.desk.errors import NotAllowed
from support_chat.desk.files.kinds import limits_told
from support_chat.page_files import FILES_CODE, FILES_STYLE

LATER: Final = "agents/later.js"
WORKER: Final = "agents/push_worker.js"


@staff_page
@require_safe
@login_required
def console(request: StaffRequest) -> HttpResponse:
    """The console for everybody with a place in a team; plain words for everybody else."""
    try:
        staff = access.staff_of(request.user)
    except NotAllowed:
        return render(request, "agents/no_team.html", status=403)
    shown = {"page": CONSOLE, "boot": _boot(staff), "words": script_address(get_language() or "")}
    return render(request, "agents/console.html", shown)


@require_safe
@cache_control(no_cache=True)
def push_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows what is pushed: here, because it may speak for its own folder alone. It holds
    nothing of anybody."""
    found = finders.find(WORKER)
    source = Path(found).read_bytes() if isinstance(found, str) else b""
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


def _boot(staff: access.Staff) -> dict[str, object]:
    """What the modules cannot ask the socket: addresses, and whose drafts to show."""
    return {
        "socket": "/ws/agent",
        "later": later_files(CONSOLE, LATER),
        "files": {**limits_told(), "path": reverse("files"), **_files_of_files()},
        "attention": reverse("attention"),
        "canned_replies": reverse("canned-replies"),
        "macros": reverse("macro-list"),
        "library": reverse("library"),
        "public_names": _public_names(staff),
        "transcripts": reverse("transcripts") if staff.managed else None,
        "settings": reverse("settings") if staff.managed else None,
        "own": {"path": reverse("own-settings"), "language": staff.user.language},
        "user": staff.user.get_username(),
        "name": staff.user.name,
    }


def _files_of_files() -> dict[str, object]:
    return {"style": static(FILES_STYLE), "modules": later_files(CONSOLE, FILES_CODE)["modules"]}


def _public_names(staff: access.Staff) -> dict[str, str]:
    """Under which name visitors of each site read them; sites by the name that a chat tells."""
    rows = staff.agent.profiles.filter(site__in=staff.sites).select_related("site") if staff.agent else ()
    return {profile.site.name: profile.public_name for profile in rows}
