"""Every address of the product, face by face; the demo's last, which answers only when it is loaded."""

from django.contrib import admin
from django.urls import include, path

from support_chat import health
from support_chat.downloads import file
from support_chat.metrics import metrics

urlpatterns = [
    path("", include("widget.urls")),
    path("", include("agents.urls")),
    path("files/<str:signed>", file, name="file"),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", metrics),
    path("admin/", admin.site.urls),
    path("", include("fixtures.urls")),
]
