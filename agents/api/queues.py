"""The settings of a queue: how its chats are given, when it is open, and when it takes no new ones."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.generics import ListAPIView, RetrieveUpdateAPIView
from rest_framework.serializers import CharField, ModelSerializer

from agents.api.managed import Managed, Strict, changed
from support_chat.desk.actions.configuring import QUEUE_SETTINGS, change_queue
from support_chat.desk.models import Queue


class QueueSerializer(Strict, ModelSerializer[Queue]):
    """`site` is the id of its site. Times in seconds."""

    id = CharField(source="public_id", read_only=True)
    site = CharField(source="site.public_key", read_only=True)

    class Meta:
        model = Queue
        read_only_fields = ("is_default",)
        fields = ("id", "site", *read_only_fields, *QUEUE_SETTINGS)


class Queues(Managed, ListAPIView[Queue]):
    """GET → the queues of the sites that the caller manages."""

    queryset = Queue.objects.none()
    serializer_class = QueueSerializer
    pagination_class = None

    def get_queryset(self) -> QuerySet[Queue]:
        rows = Queue.objects.filter(site__in=self.staff().managed).select_related("site")
        return rows.order_by("site__name", "-is_default", "name")


class OneQueue(Managed, RetrieveUpdateAPIView[Queue]):
    """GET → one of them; PATCH → some of its settings changed, and whoever waits is given as they say."""

    queryset = Queue.objects.none()
    serializer_class = QueueSerializer
    lookup_field = "public_id"

    def get_queryset(self) -> QuerySet[Queue]:
        return Queue.objects.filter(site__in=self.staff().managed).select_related("site")

    def perform_update(self, serializer: Any) -> None:
        queue = serializer.instance.public_id
        values = serializer.validated_data
        serializer.instance = changed(change_queue, staff=self.staff(), queue=queue, values=values)
