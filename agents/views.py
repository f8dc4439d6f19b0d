"""The console's page: an empty frame with what its modules need to start."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.policy import staff_page
from support_chat.desk import access


@staff_page
@require_safe
@login_required
def console(request: HttpRequest) -> HttpResponse:
    """The console for everybody with a place in a team; plain words for everybody else."""
    if not access.is_staff_of_any_site(request.user):
        return render(request, "agents/no_team.html", status=403)
    return render(request, "agents/console.html", {"boot": _boot(request)})


def _boot(request: HttpRequest) -> dict[str, object]:
    """Addresses and the reader's own name: all that the modules cannot ask the socket."""
    return {
        "socket": "/ws/agent",
        "canned_replies": reverse("canned-replies"),
        "user": request.user.get_username(),
    }
