"""The staff's addresses: signing in, the console with its transcripts, and the REST API."""

from django.urls import include, path

from agents.sign_in import SignIn, SignOut
from agents.views import console

accounts = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", SignOut.as_view(), name="logout"),
]

urlpatterns = [
    path("accounts/", include(accounts)),
    path("console/", console, name="console"),
    path("console/transcripts/", include("agents.transcripts.urls")),
    path("api/v1/", include("agents.api.urls")),
]
