"""REST, version 1."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from agents.api import files
from agents.api.agents import Agents, OneAgent
from agents.api.attention import Browsers, ForgottenBrowser, OwnAttention, PushTest
from agents.api.canned_replies import CannedReplies, OneCannedReply, OneReplyFile
from agents.api.identity_keys import IdentityKeys, OneIdentityKey
from agents.api.macros import Macros
from agents.api.me import OwnSettings
from agents.api.queues import OneQueue, Queues
from agents.api.sites import OneSite, Sites, TestMail
from agents.policy import in_their_language

urlpatterns = [
    path("agents/", Agents.as_view(), name="agents"),
    path("agents/<str:public_id>/", OneAgent.as_view(), name="agent"),
    path("attention/", in_their_language(OwnAttention.as_view()), name="attention"),
    path("attention/browsers/", Browsers.as_view(), name="attention-browsers"),
    path("attention/browsers/forget/", ForgottenBrowser.as_view(), name="attention-forget"),
    path("attention/browsers/test/", PushTest.as_view(), name="attention-test"),
    path("canned-replies/", CannedReplies.as_view(), name="canned-replies"),
    path("canned-replies/<slug:public_id>/", OneCannedReply.as_view(), name="canned-reply"),
    path(
        "canned-replies/<slug:public_id>/files/<slug:file>/",
        OneReplyFile.as_view(),
        name="canned-reply-file",
    ),
    path("files/", files.upload, name="files"),
    path("files/<str:public_id>/", files.links, name="file-links"),
    path("files/<str:public_id>/forget/", files.forget, name="file-forget"),
    path("macros/", Macros.as_view(), name="macro-list"),
    path("me/", OwnSettings.as_view(), name="own-settings"),
    path("queues/", Queues.as_view(), name="queues"),
    path("queues/<str:public_id>/", OneQueue.as_view(), name="queue"),
    path("sites/", Sites.as_view(), name="sites"),
    path("sites/<str:public_key>/", OneSite.as_view(), name="site"),
    path("sites/<str:public_key>/identity-keys/", IdentityKeys.as_view(), name="identity-keys"),
    path("sites/<str:public_key>/identity-keys/<str:key_id>/", OneIdentityKey.as_view(), name="identity-key"),
    path("sites/<str:public_key>/test-mail/", in_their_language(TestMail.as_view()), name="test-mail"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
