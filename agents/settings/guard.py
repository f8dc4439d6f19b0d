"""Who may come in here: managers, to what is theirs to set."""

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


def for_managers(view: View) -> View:
    """A page of settings: others are told in plain words that it is not for them."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            staff = staff_of(request.user)
            if staff.managed:
                return view(request, staff, *args, **kwargs)
        except NotFound as missing:
            raise Http404 from missing
        except NotAllowed:
            pass  # of no team, or this site is not theirs: the same words
        return render(request, "agents/settings/not_for_you.html", status=403)

    return staff_page(require_http_methods(["GET", "HEAD", "POST"])(login_required(guarded)))
