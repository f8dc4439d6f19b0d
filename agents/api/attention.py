"""Of what the caller, who answers chats, wants to hear; when they work; and which browsers take Web Push."""

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import ValidationError as Wrong
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BooleanField, CharField, ChoiceField, JSONField, Serializer

from agents.api.managed import Strict
from agents.languages import language_of
from agents.settings.shift_words import week_words
from support_chat.desk import access
from support_chat.desk.actions.heeding import set_attention
from support_chat.desk.actions.pushing import push_test, subscribe, unsubscribe
from support_chat.desk.alerting import attention_of, ringing
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed
from support_chat.desk.models import Agent, Attention, User
from support_chat.desk.push_keys import public_key
from support_chat.desk.shifts import changes_in, works_at


class AttentionSerializer(Strict):
    """`quiet`: intervals of every day, [["22:00", "07:00"]], in `time_zone`. `words`: a push says what the
    visitor wrote."""

    scope = ChoiceField(choices=Attention.Scope.choices, required=False)
    quiet = JSONField(required=False)
    time_zone = CharField(max_length=64, required=False)
    words = BooleanField(required=False)


class BrowserSerializer(Strict):
    """A push subscription as the browser made it: its address and its two keys, base64url."""

    endpoint = CharField(max_length=1_000)
    p256dh = CharField(max_length=100)
    auth = CharField(max_length=32)


class EndpointSerializer(Strict):
    endpoint = CharField(max_length=1_000)


class Own(GenericAPIView[Any]):
    """403 for whoever answers no chats."""

    def staff(self) -> access.Staff:
        try:
            staff = access.staff_of(cast(User, self.request.user))
        except NotAllowed as refused:
            raise PermissionDenied(refused.message) from refused
        if staff.agent is None:
            raise PermissionDenied(NotAllowed.message)
        return staff

    def asked(self) -> dict[str, Any]:
        serializer = cast(Serializer[Any], self.get_serializer(data=self.request.data))
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


class OwnAttention(Own):
    """GET → as it stands, with when the caller works (`hours` in words, `works` now, `changes_in` seconds),
    the chats that ring with them, and the key for Web Push; PATCH → some of it changed, for all of their
    browsers."""

    serializer_class = AttentionSerializer
    http_method_names = ["get", "patch", "head", "options"]

    @extend_schema(responses={200: None})
    def get(self, request: Request) -> Response:
        return Response(_standing(self.staff()))

    @extend_schema(responses={200: None})
    def patch(self, request: Request) -> Response:
        _done(set_attention, staff=self.staff(), values=self.asked())
        return Response(_standing(self.staff()))


class Browsers(Own):
    """POST → this browser takes pushes for the caller, until it is signed out. 400 for what is none."""

    serializer_class = BrowserSerializer
    http_method_names = ["post", "options"]

    @extend_schema(responses={201: None})
    def post(self, request: Request) -> Response:
        session = request.session.session_key or ""
        speaks = language_of(request)
        _done(subscribe, staff=self.staff(), session=session, language=speaks, **self.asked())
        return Response(status=201)


class ForgottenBrowser(Own):
    """POST → it takes none any more."""

    serializer_class = EndpointSerializer
    http_method_names = ["post", "options"]

    @extend_schema(responses={204: None})
    def post(self, request: Request) -> Response:
        unsubscribe(staff=self.staff(), **self.asked())
        return Response(status=204)


class PushTest(Own):
    """POST → one push to each browser of the caller; `browsers`, how many those are."""

    serializer_class = Strict
    http_method_names = ["post", "options"]

    @extend_schema(request=None, responses={202: None})
    def post(self, request: Request) -> Response:
        staff = self.staff()
        return Response({"browsers": push_test(staff=staff, site=staff.sites[0])}, status=202)


def _standing(staff: access.Staff) -> dict[str, Any]:
    agent, now = cast(Agent, staff.agent), database_now()
    row, rings = attention_of(agent), ringing([agent], now)[agent.pk]
    return {
        "scope": row.scope,
        "quiet": row.quiet,
        "time_zone": row.time_zone,
        "words": row.words,
        "hours": week_words(agent),
        "works": works_at(agent, now),
        "changes_in": changes_in(agent, now),
        "ringing": list(rings.conversations),
        "ringing_steps": dict(rings.steps),
        "push_key": public_key(),
    }


def _done(change: Callable[..., object], **asked: Any) -> None:
    try:
        change(**asked)
    except Wrong as wrong:
        raise ValidationError(wrong.message_dict) from wrong
