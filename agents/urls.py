"""The staff's addresses: signing in, the console with its transcripts and settings, and the REST API."""

from django.urls import include, path

from agents import languages
from agents.installing import manifest
from agents.sign_in import SignIn, SignOut
from agents.views import console, push_worker

accounts = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", SignOut.as_view(), name="logout"),
]

urlpatterns = [
    path("accounts/", include(accounts)),
    path("console/", console, name="console"),
    path("console/push_worker.js", push_worker, name="push-worker"),
    path("console/words/<slug:language>.<slug:digest>.js", languages.script, name="console-words"),
    path("console/manifest.webmanifest", manifest, name="manifest"),
    path("console/transcripts/", include("agents.transcripts.urls")),
    path("console/settings/replies/", include("agents.library.urls")),
    path("console/settings/", include("agents.settings.urls")),
    path("api/v1/", include("agents.api.urls")),
]
