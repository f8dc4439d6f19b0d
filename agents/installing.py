"""The console as an app of its own: what a browser needs to know to install it."""

from typing import Final

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

_ICONS: Final = (
    ("agents/icon.svg", "any", "image/svg+xml", "any"),
    ("agents/icon-192.png", "192x192", "image/png", "any"),
    ("agents/icon-512.png", "512x512", "image/png", "any"),
    ("agents/icon-maskable-512.png", "512x512", "image/png", "maskable"),
)


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """/console/manifest.webmanifest. It tells nothing of whoever asks: browsers fetch it without cookies."""
    icons = [
        {"src": static(name), "sizes": sizes, "type": kind, "purpose": purpose}
        for name, sizes, kind, purpose in _ICONS
    ]
    start = reverse("console")
    told = {
        "id": start,
        "name": "Support Chat",
        "short_name": "Support Chat",
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#eef0f4",
        "theme_color": "#2f5bd0",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")
