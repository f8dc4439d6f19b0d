"""The canned replies that the caller may use, whole: the console searches them on its own."""

from typing import cast

from django.db.models import QuerySet
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.serializers import CharField, ModelSerializer

from support_chat.desk import access
from support_chat.desk.errors import NotAllowed
from support_chat.desk.models import CannedReply, User


class CannedReplySerializer(ModelSerializer[CannedReply]):
    """`queue` is the name of the only queue it is meant for, or null for all of the site."""

    id = CharField(source="public_id", read_only=True)
    queue = CharField(source="queue.name", allow_null=True, default=None, read_only=True)

    class Meta:
        model = CannedReply
        fields = ("id", "shortcut", "title", "text", "queue")


class CannedReplies(ListAPIView[CannedReply]):
    """GET → the replies of the caller's own sites and queues, by shortcut. 403 for everybody else."""

    queryset = CannedReply.objects.none()
    serializer_class = CannedReplySerializer
    pagination_class = None

    def get_queryset(self) -> QuerySet[CannedReply]:
        try:
            return access.canned_replies_for(access.staff_of(cast(User, self.request.user)))
        except NotAllowed as refused:
            raise PermissionDenied(refused.message) from refused
