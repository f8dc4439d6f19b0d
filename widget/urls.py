"""The visitor's addresses: the loader, the framed panel and what it takes, the chat as a page of its own."""

from django.urls import path

from widget import files, languages, starters
from widget.transcripts import transcript
from widget.views import chat, frame, invite, loader, logo

urlpatterns = [
    path("widget.js", loader, name="widget-loader"),
    path("widget/invite/<str:key>.js", invite, name="widget-invite"),
    path("widget/frame/", frame, name="widget-frame"),
    path("widget/logo/<str:key>/", logo, name="widget-logo"),
    path("widget/words/<slug:language>.<slug:digest>.js", languages.script, name="widget-words"),
    path("widget/files/", files.files, name="widget-files"),
    path("widget/files/<str:public_id>/", files.links, name="widget-file"),
    path("widget/files/<str:public_id>/forget/", files.forget, name="widget-file-forget"),
    path("widget/starters/<str:key>/", starters.count, name="widget-starter"),
    path("widget/transcript/<str:chat>.<slug:form>", transcript, name="widget-transcript"),
    path("chat/<str:key>/", chat, name="widget-chat"),
]
