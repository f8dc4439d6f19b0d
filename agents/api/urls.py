"""REST, version 1."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from agents.api.canned_replies import CannedReplies

_ABOUT = {"TITLE": "Support Chat", "VERSION": "1", "SERVE_INCLUDE_SCHEMA": False}

urlpatterns = [
    path("canned-replies/", CannedReplies.as_view(), name="canned-replies"),
    path("schema/", SpectacularAPIView.as_view(custom_settings=_ABOUT), name="schema"),
]
