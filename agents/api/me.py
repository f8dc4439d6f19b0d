"""What the caller has set for themselves: the language they read, their keys in the console, for how long
they can take back what they send, and whether colleagues may read what they write."""

from typing import Any, cast

from rest_framework.generics import RetrieveUpdateAPIView
from rest_framework.serializers import CharField, ChoiceField, DictField, IntegerField, ModelSerializer

from agents.api.managed import Strict, changed
from support_chat.desk.actions.own_settings import LONGEST_UNDO, change_own_settings
from support_chat.desk.models import User
from support_chat.words import STAFF, languages_of


class OwnSettingsSerializer(Strict, ModelSerializer[User]):
    """`language` "" is that of the browser. `keys`, by action, are those that are not the usual ones; "" is
    none. `undo_send`: seconds, 0 not at all; null where it was never chosen, and in a change as it was."""

    language = ChoiceField(["", *languages_of(STAFF)])
    keys = DictField(child=CharField(allow_blank=True, max_length=1, trim_whitespace=False))
    undo_send = IntegerField(min_value=0, max_value=LONGEST_UNDO, allow_null=True)

    class Meta:
        model = User
        fields = ("language", "keys", "undo_send", "share_drafts")


class OwnSettings(RetrieveUpdateAPIView[User]):
    """GET → what the caller has set; PATCH → some of it changed."""

    http_method_names = ("get", "patch", "head", "options")
    serializer_class = OwnSettingsSerializer

    def get_object(self) -> User:
        return cast(User, self.request.user)

    def perform_update(self, serializer: Any) -> None:
        values = dict(serializer.validated_data)
        serializer.instance = changed(change_own_settings, user=self.get_object(), **values)
