"""Canned replies: those that the caller may send, whole, for the console searches them on its own; and, where
they are theirs to arrange, written, changed and deleted."""

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound as Missing
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BooleanField, CharField, ModelSerializer, SerializerMethodField
from rest_framework.status import HTTP_201_CREATED

from agents.api.managed import Strict, changed
from support_chat.desk import access
from support_chat.desk.actions.canned_replies import change_reply, delete_replies, make_reply
from support_chat.desk.errors import NotAllowed
from support_chat.desk.library import canned_replies_for, canned_replies_to_arrange, reply_file_for
from support_chat.desk.models import CannedReply, ReplyFile, User


class ReplyFileSerializer(ModelSerializer[ReplyFile]):
    """`url`: where its bytes are."""

    id = CharField(source="public_id", read_only=True)
    url = SerializerMethodField()

    class Meta:
        model = ReplyFile
        fields = ("id", "name", "type", "size", "url")

    def get_url(self, file: ReplyFile) -> str:
        return reverse("canned-reply-file", args=[file.reply.public_id, file.public_id])


class CannedReplySerializer(ModelSerializer[CannedReply]):
    """`queue` is the name of the only queue it is meant for, or null for all of the site; `personal`: it is
    the caller's own. `locale`: the language of the chats that it is for, "" for any. `files` go with it."""

    id = CharField(source="public_id", read_only=True)
    site = CharField(source="site.public_key", read_only=True)
    queue = CharField(source="queue.name", allow_null=True, default=None, read_only=True)
    personal = BooleanField(read_only=True)
    files = ReplyFileSerializer(many=True, read_only=True)

    class Meta:
        model = CannedReply
        fields = ("id", "shortcut", "title", "text", "queue", "folder", "locale", "personal", "site", "files")


class WrittenReplySerializer(Strict, ModelSerializer[CannedReply]):
    """The same as it is written: `site` and `queue` are ids, `queue` null for all of the site."""

    id = CharField(source="public_id", read_only=True)
    site = CharField(source="site.public_key", required=False)
    queue = CharField(source="queue.public_id", allow_null=True, required=False)
    personal = BooleanField(required=False)
    shortcut = CharField()
    title = CharField()
    text = CharField()

    class Meta:
        model = CannedReply
        fields = ("id", "site", "shortcut", "title", "text", "folder", "locale", "queue", "personal")

    def values(self) -> dict[str, Any]:
        """As the desk takes them."""
        asked: dict[str, Any] = {**self.validated_data}
        asked.pop("site", None)
        return asked | ({"queue": asked["queue"]["public_id"]} if "queue" in asked else {})


class Arranged(GenericAPIView[Any]):
    """403 for whoever is of no team."""

    def staff(self) -> access.Staff:
        try:
            return access.staff_of(cast(User, self.request.user))
        except NotAllowed as refused:
            raise PermissionDenied(refused.message) from refused


class CannedReplies(Arranged, ListAPIView[CannedReply]):
    """GET → the replies of the caller's own sites and queues, and their own, by shortcut. POST → a new one:
    for others where the caller manages the site, else for the caller alone. 403 for everybody else."""

    queryset = CannedReply.objects.none()
    serializer_class = CannedReplySerializer
    pagination_class = None
    http_method_names = ["get", "post", "head", "options"]

    def get_queryset(self) -> QuerySet[CannedReply]:
        files = ReplyFile.objects.defer("content").order_by("pk")
        return canned_replies_for(self.staff()).prefetch_related(Prefetch("files", files))

    @extend_schema(request=WrittenReplySerializer, responses={201: WrittenReplySerializer})
    def post(self, request: Request) -> Response:
        asked = WrittenReplySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        site = asked.validated_data.get("site", {}).get("public_key", "")
        if not site:
            raise ValidationError({"site": ["This is needed."]})
        made = changed(make_reply, staff=self.staff(), site=site, values=asked.values())
        return Response(WrittenReplySerializer(made).data, status=HTTP_201_CREATED)


class OneCannedReply(Arranged, RetrieveUpdateDestroyAPIView[CannedReply]):
    """GET → one that is the caller's to arrange; PATCH → some of it changed, which makes a version; DELETE →
    it is offered no more, and can be brought back in the console."""

    queryset = CannedReply.objects.none()
    serializer_class = WrittenReplySerializer
    lookup_field = "public_id"
    http_method_names = ["get", "patch", "delete", "head", "options"]

    def get_queryset(self) -> QuerySet[CannedReply]:
        return canned_replies_to_arrange(self.staff()).filter(deleted_at=None)

    def perform_update(self, serializer: Any) -> None:
        if "site" in serializer.validated_data:
            raise ValidationError({"site": ["A reply stays with its site."]})
        reply, values = serializer.instance.public_id, serializer.values()
        serializer.instance = changed(change_reply, staff=self.staff(), reply=reply, values=values)

    def perform_destroy(self, instance: CannedReply) -> None:
        if not delete_replies(staff=self.staff(), replies=[instance.public_id]):
            raise Missing


class OneReplyFile(Arranged):
    """GET → the bytes of a file that goes with a reply which the caller may send or arrange."""

    queryset = ReplyFile.objects.none()
    serializer_class = ReplyFileSerializer
    http_method_names = ["get", "head", "options"]

    @extend_schema(responses={(200, "application/octet-stream"): bytes})
    def get(self, request: Request, public_id: str, file: str) -> HttpResponse:
        row = changed(reply_file_for, staff=self.staff(), reply=public_id, file=file)
        answer = HttpResponse(bytes(row.content), content_type=row.type)
        answer["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
        answer["Cache-Control"] = "private, no-store"
        return answer
