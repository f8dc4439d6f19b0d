"""The visitor's addresses: the loader, the framed panel, and the same chat as a page of its own."""

from django.urls import path

from widget.views import chat, frame, loader

urlpatterns = [
    path("widget.js", loader, name="widget-loader"),
    path("widget/frame/", frame, name="widget-frame"),
    path("chat/<str:key>/", chat, name="widget-chat"),
]
