"""The canned replies that the caller may use, whole: the console searches them on its own."""

from django.db.models import QuerySet
from rest_framework.generics import ListAPIView
from rest_framework.serializers import CharField, ModelSerializer

from support_chat.desk import access
from support_chat.desk.models import CannedReply


class CannedReplySerializer(ModelSerializer[CannedReply]):
    """`queue` is the name of the only queue it is meant for, or null for all of the site."""

    queue = CharField(source="queue.name", allow_null=True, default=None)

    class Meta:
        model = CannedReply
        fields = ("id", "shortcut", "title", "text", "queue")


class CannedReplies(ListAPIView[CannedReply]):
    """GET → a list of replies of the caller's own sites, by shortcut. 403 when not signed in."""

    serializer_class = CannedReplySerializer
    pagination_class = None

    def get_queryset(self) -> QuerySet[CannedReply]:
        return access.canned_replies_for(self.request.user)
