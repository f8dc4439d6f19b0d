"""The agents of the sites that the caller manages: what they can, how much at once, in which queues."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.generics import ListAPIView, RetrieveUpdateAPIView
from rest_framework.serializers import CharField, ChoiceField, DictField, ModelSerializer

from agents.api.managed import Managed, Strict, changed
from support_chat.desk.access import agents_to_manage
from support_chat.desk.actions.people import (
    AGENT_SETTINGS,
    ANSWERS,
    HELPS,
    NOWHERE,
    change_agent,
    place_agent,
)
from support_chat.desk.models import Agent


class AgentSerializer(Strict, ModelSerializer[Agent]):
    """`places`, for writing: by id of a queue, "answers", "helps" or "". `capacity` in chats at once."""

    id = CharField(source="public_id", read_only=True)
    name = CharField(source="user.name", read_only=True)
    places = DictField(child=ChoiceField([ANSWERS, HELPS, NOWHERE]), write_only=True, required=False)

    class Meta:
        model = Agent
        fields = ("id", "name", *AGENT_SETTINGS, "places")


class Agents(Managed, ListAPIView[Agent]):
    """GET → the agents of the sites that the caller manages."""

    queryset = Agent.objects.none()
    serializer_class = AgentSerializer
    pagination_class = None

    def get_queryset(self) -> QuerySet[Agent]:
        return agents_to_manage(self.staff())


class OneAgent(Managed, RetrieveUpdateAPIView[Agent]):
    """GET → one of them; PATCH → some of it changed, and whoever waits is given accordingly."""

    queryset = Agent.objects.none()
    serializer_class = AgentSerializer
    lookup_field = "public_id"

    def get_queryset(self) -> QuerySet[Agent]:
        return agents_to_manage(self.staff())

    def perform_update(self, serializer: Any) -> None:
        agent, staff = serializer.instance.public_id, self.staff()
        values = dict(serializer.validated_data)
        places = values.pop("places", {})
        serializer.instance = changed(change_agent, staff=staff, agent=agent, values=values)
        for queue, place in sorted(places.items(), key=lambda item: item[1] == NOWHERE):
            changed(place_agent, staff=staff, agent=agent, queue=queue, place=place)
