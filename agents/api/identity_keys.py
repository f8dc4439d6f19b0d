"""The keys with which a website signs who its visitor is. A secret is told once, when it is made."""

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound as Missing
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField, ModelSerializer
from rest_framework.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from agents.api.managed import Managed, Strict, changed
from support_chat.desk.access import site_to_manage
from support_chat.desk.actions.identity_keys import make_identity_key, revoke_identity_key
from support_chat.desk.errors import NotFound
from support_chat.desk.models import IdentityKey, Site


class IdentityKeySerializer(Strict, ModelSerializer[IdentityKey]):
    """`id` goes into the token's header as "kid"."""

    id = CharField(source="key_id", read_only=True)

    class Meta:
        model = IdentityKey
        read_only_fields = ("made_at", "revoked_at")
        fields = ("id", "algorithm", "public_key", *read_only_fields)


class NewIdentityKeySerializer(IdentityKeySerializer):
    """`secret`: to sign with, where the algorithm is HS256; it is never told again."""

    secret = CharField(read_only=True)

    class Meta:
        model = IdentityKey
        read_only_fields = ("made_at", "revoked_at")
        fields = ("id", "algorithm", "public_key", *read_only_fields, "secret")


class IdentityKeys(Managed):
    """GET → the keys of a site, the newest first. POST → a new one, good at once beside the others."""

    queryset = IdentityKey.objects.none()
    serializer_class = IdentityKeySerializer
    http_method_names = ["get", "post", "head", "options"]

    @extend_schema(responses=IdentityKeySerializer(many=True))
    def get(self, request: Request, public_key: str) -> Response:
        rows = self._site(public_key).identity_keys.order_by("-pk")
        return Response(IdentityKeySerializer(rows, many=True).data)

    @extend_schema(responses={201: NewIdentityKeySerializer})
    def post(self, request: Request, public_key: str) -> Response:
        site = self._site(public_key).public_key
        asked = IdentityKeySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        key = changed(make_identity_key, staff=self.staff(), site=site, **asked.validated_data)
        told = dict(IdentityKeySerializer(key).data)
        if key.algorithm == IdentityKey.Algorithm.HS256:
            told["secret"] = key.secret()
        return Response(told, status=HTTP_201_CREATED, headers={"Cache-Control": "no-store"})

    def _site(self, public_key: str) -> Site:
        try:
            return site_to_manage(self.staff(), public_key)
        except NotFound as refused:
            raise Missing from refused


class OneIdentityKey(IdentityKeys):
    """DELETE → it is good no more, and whoever came by it has to come again."""

    http_method_names = ["delete", "options"]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, public_key: str, key_id: str) -> Response:
        site = self._site(public_key).public_key
        try:
            revoke_identity_key(staff=self.staff(), site=site, key_id=key_id)
        except NotFound as refused:
            raise Missing from refused
        return Response(status=HTTP_204_NO_CONTENT)
