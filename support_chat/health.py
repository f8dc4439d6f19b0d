"""Alive and ready are different: alive answers, ready can do its work."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from support_chat.desk.models import Deadline
from support_chat.settings.chat import LEASE


def live(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"live": True})


def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and the clock keeps up: the oldest due deadline, in seconds."""
    try:
        lag = _clock_lag()
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False}, status=503)
    fine = lag < LEASE
    body = {"ready": fine, "database": connection.vendor, "clock_lag": round(lag, 1)}
    return JsonResponse(body, status=200 if fine else 503)


def _clock_lag() -> float:
    oldest = Deadline.objects.order_by("due_at").values_list("due_at", flat=True).first()
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0
