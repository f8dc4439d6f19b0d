"""Macros: those that the caller may run, each with its steps."""

from django.db.models import QuerySet
from rest_framework.generics import ListAPIView
from rest_framework.serializers import BooleanField, CharField, JSONField, ModelSerializer

from agents.api.canned_replies import Arranged
from support_chat.desk.library import macros_for
from support_chat.desk.models import Macro


class MacroSerializer(ModelSerializer[Macro]):
    """`site` is the name of the site in whose chats it can be run; `steps`: [{"do": …}], in order."""

    id = CharField(source="public_id", read_only=True)
    site = CharField(source="site.name", read_only=True)
    personal = BooleanField(read_only=True)
    steps = JSONField(read_only=True)

    class Meta:
        model = Macro
        fields = ("id", "name", "site", "personal", "steps")


class Macros(Arranged, ListAPIView[Macro]):
    """GET → the macros of the caller's sites, and their own, by name."""

    queryset = Macro.objects.none()
    serializer_class = MacroSerializer
    pagination_class = None
    http_method_names = ["get", "head", "options"]

    def get_queryset(self) -> QuerySet[Macro]:
        return macros_for(self.staff())
