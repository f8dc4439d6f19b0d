"""REST, version 1."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from agents.api.canned_replies import CannedReplies

urlpatterns = [
    path("canned-replies/", CannedReplies.as_view(), name="canned-replies"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
