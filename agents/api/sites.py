"""The settings of a site: its time zone and opening hours, as desk/hours.py has them."""

from datetime import timedelta
from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveUpdateAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import (
    CharField,
    EmailField,
    ModelSerializer,
    Serializer,
    SerializerMethodField,
)

from agents.api.managed import Managed, Strict, changed
from support_chat.desk.actions.configuring import SITE_SETTINGS, change_site
from support_chat.desk.actions.mailing import send_test
from support_chat.desk.letters.envelope import mail_is_set_up, mail_works
from support_chat.desk.models import Site


class SiteSerializer(Strict, ModelSerializer[Site]):
    """`notice`, `paused_until` and `pause_text` are set in the console, by supervisors."""

    id = CharField(source="public_key", read_only=True)
    mail = SerializerMethodField()

    class Meta:
        model = Site
        read_only_fields = ("notice", "paused_until", "pause_text", "mail")
        fields = ("id", *read_only_fields, *SITE_SETTINGS)

    def get_mail(self, site: Site) -> dict[str, Any]:
        """Whether letters are sent, why not, and how many were given up in the last week."""
        return mail_of(site)


class Sites(Managed, ListAPIView[Site]):
    """GET → the sites that the caller manages."""

    queryset = Site.objects.none()
    serializer_class = SiteSerializer
    pagination_class = None

    def get_queryset(self) -> QuerySet[Site]:
        return Site.objects.filter(pk__in=self.staff().managed).order_by("name")


class OneSite(Managed, RetrieveUpdateAPIView[Site]):
    """GET → one of them; PATCH → some of its settings changed, at once and for everybody."""

    queryset = Site.objects.none()
    serializer_class = SiteSerializer
    lookup_field = "public_key"

    def get_queryset(self) -> QuerySet[Site]:
        return Site.objects.filter(pk__in=self.staff().managed)

    def perform_update(self, serializer: Any) -> None:
        site = serializer.instance.public_key
        values = serializer.validated_data
        serializer.instance = changed(change_site, staff=self.staff(), site=site, values=values)


class TestMailSerializer(Strict):
    to = EmailField(max_length=254)


class TestMail(Managed):
    """POST {"to"} → 202: a test mail is on its way. Once it was sent, what needs mail is offered to visitors;
    `mail` of the site says so, or what went wrong."""

    http_method_names = ["post", "options"]
    queryset = Site.objects.none()
    serializer_class = TestMailSerializer

    @extend_schema(request=TestMailSerializer, responses={202: None})
    def post(self, request: Request, public_key: str) -> Response:
        staff = self.staff()
        get_object_or_404(Site, public_key=public_key, pk__in=staff.managed)
        asked = cast(Serializer[Any], self.get_serializer(data=request.data))
        asked.is_valid(raise_exception=True)
        site = changed(send_test, staff=staff, site=public_key, to=asked.validated_data["to"])
        return Response({"mail": mail_of(site)}, status=202)


def mail_of(site: Site) -> dict[str, Any]:
    lately = timezone.now() - timedelta(days=7)
    return {
        "set_up": mail_is_set_up(),
        "works": mail_works(site),
        "since": site.mail_works_at,
        "error": site.mail_error,
        "given_up": site.outbox.filter(failed_at__gt=lately).count(),
    }
