"""The page at /metrics, in the text format of Prometheus; of this process alone, and not for everybody."""

import hmac
import ipaddress
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from support_chat.engine import Engine
from support_chat.health import lags_of
from support_chat.measured import Measured

PASSED_ON: Final = (
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
    "Via",
)


async def metrics(request: HttpRequest) -> HttpResponse:
    """What this process counts and times. 404 for whoever may not read it."""
    engine = Engine.running
    if engine is None or not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Measured(engine, await lags_of(engine)))
    ProcessCollector(registry=registry)
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4, headers=headers)


def _may_read(request: HttpRequest) -> bool:
    """Whoever has METRICS_TOKEN. Where none is set: who asks on this very machine, with no proxy between,
    because through a proxy here the whole world comes from this machine."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    passed_on = settings.TRUSTED_PROXY or any(name in request.headers for name in PASSED_ON)
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return not passed_on and _is_loopback(host) and _is_loopback(request.META.get("REMOTE_ADDR") or "")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
