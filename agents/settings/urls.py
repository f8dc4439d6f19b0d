from django.urls import path

from agents.settings import (
    alerts,
    blocks,
    install,
    invitations,
    looks,
    mail,
    masking,
    prechat,
    starters,
    views,
)

urlpatterns = [
    path("", views.overview, name="settings"),
    path("sites/<str:key>/", views.site, name="site-settings"),
    path("sites/<str:key>/looks/", looks.looks, name="site-looks"),
    path("sites/<str:key>/looks/preview/", looks.preview, name="looks-preview"),
    path("sites/<str:key>/starters/", starters.starters, name="site-starters"),
    path("sites/<str:key>/invitations/", invitations.invitations, name="site-invitations"),
    path("sites/<str:key>/install/", install.install, name="site-install"),
    path("sites/<str:key>/mail/", mail.mail, name="site-mail"),
    path("sites/<str:key>/mail/result/", mail.result, name="site-mail-result"),
    path("sites/<str:key>/masking/", masking.masking, name="site-masking"),
    path("sites/<str:key>/first/", prechat.prechat, name="site-prechat"),
    path("sites/<str:key>/blocks/", blocks.blocks, name="site-blocks"),
    path("queues/<str:public_id>/", views.queue, name="queue-settings"),
    path("queues/<str:public_id>/alerts/", alerts.alerts, name="queue-alerts"),
    path("queues/<str:public_id>/alerts/<int:at>/", alerts.result, name="alert-result"),
    path("agents/<str:public_id>/", views.agent, name="agent-settings"),
    path("preview/<str:kind>/<str:public_id>/", views.preview, name="settings-preview"),
]
