"""Who may come in here: everybody of a team, to what is theirs to arrange."""

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from agents.policy import StaffRequest, View, staff_page
from support_chat.desk.access import staff_of
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.library import sites_to_write_for


def for_writers(view: View) -> View:
    """A page of the library: who neither answers chats nor manages a site is told in plain words."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            staff = staff_of(request.user)
            if sites_to_write_for(staff):
                return view(request, staff, *args, **kwargs)
        except NotFound as missing:
            raise Http404 from missing
        except NotAllowed:
            pass  # of no team: the same words
        return render(request, "agents/settings/not_for_you.html", status=403)

    return staff_page(require_http_methods(["GET", "HEAD", "POST"])(login_required(guarded)))
