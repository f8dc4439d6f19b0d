"""The console's page: an empty frame with what its modules need to start."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.policy import StaffRequest, staff_page
from support_chat.desk import access
from support_chat.desk.errors import NotAllowed


@staff_page
@require_safe
@login_required
def console(request: StaffRequest) -> HttpResponse:
    """The console for everybody with a place in a team; plain words for everybody else."""
    try:
        staff = access.staff_of(request.user)
    except NotAllowed:
        return render(request, "agents/no_team.html", status=403)
    return render(request, "agents/console.html", {"boot": _boot(staff)})


def _boot(staff: access.Staff) -> dict[str, object]:
    """What the modules cannot ask the socket: addresses, and whose drafts to show."""
    return {
        "socket": "/ws/agent",
        "canned_replies": reverse("canned-replies"),
        "transcripts": reverse("transcripts") if staff.managed else None,
        "user": staff.user.get_username(),
        "name": staff.user.name,
    }
