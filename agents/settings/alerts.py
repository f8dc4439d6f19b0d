"""The page where a manager sets by which steps a queue tells that a chat waits too long, and tries them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from agents.policy import StaffRequest
from agents.settings.alert_form import AlertsForm
from agents.settings.alert_words import is_under_way, step_words, try_words
from agents.settings.guard import for_managers
from agents.settings.saving import page, saved
from support_chat.desk.access import Staff, queue_to_manage
from support_chat.desk.actions.configuring import change_queue
from support_chat.desk.actions.trying_alerts import last_try, try_alert
from support_chat.desk.alerts import SOUND, alerts_of
from support_chat.desk.models import Queue


@for_managers
def alerts(request: StaffRequest, staff: Staff, public_id: str) -> HttpResponse:
    queue, tried = queue_to_manage(staff, public_id), request.POST.get("try", "")
    form = AlertsForm(queue, request.POST if request.method == "POST" and not tried else None)
    here = reverse("queue-alerts", args=[public_id])
    if saved(form, lambda: change_queue(staff=staff, queue=public_id, values=form.changes())):
        return redirect(f"{here}?saved=settings")
    refused = _refused(staff, public_id, tried) if tried else ""
    if tried and not refused:
        return redirect(f"{here}#step-{tried}")
    shown: dict[str, Any] = {"form": form, "queue": queue, "refused": refused, "steps": _steps(queue)}
    return page(request, "agents/settings/alerts.html", shown, [form])


@for_managers
def result(request: StaffRequest, staff: Staff, public_id: str, at: int) -> HttpResponse:
    """What became of the last test of a step; asked while one is under way."""
    steps = _steps(queue_to_manage(staff, public_id))
    if at >= len(steps):
        raise Http404
    return JsonResponse({"says": steps[at]["says"], "waits": steps[at]["waits"]})


def _refused(staff: Staff, queue: str, tried: str) -> str:
    """Why no test was sent; "" when it was."""
    try:
        try_alert(staff=staff, queue=queue, at=int(tried) if tried.isdecimal() and len(tried) < 3 else -1)
    except ValidationError as wrong:
        return " ".join(wrong.messages)
    return ""


def _steps(queue: Queue) -> list[dict[str, Any]]:
    """As they are kept, each with what became of its last test."""
    tries = [(step, last_try(queue, step)) for step in alerts_of(queue.alerts)]
    return [
        {
            "at": at,
            "name": step_words(step),
            "sounds": step.kind == SOUND,
            "says": try_words(found) if found else "",
            "waits": is_under_way(found),
        }
        for at, (step, found) in enumerate(tries)
    ]
