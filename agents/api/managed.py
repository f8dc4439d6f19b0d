"""What settings have in common: managers read and change those of their own sites, and hear what is wrong by
the name of the field."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError as Wrong
from django.http import Http404
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.serializers import Serializer

from support_chat.desk import access
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.models import User


class Strict(Serializer[Any]):
    """Refuses what is no setting, where others would pass over it."""

    def to_internal_value(self, data: Mapping[str, Any]) -> Any:
        settable = {name for name, field in self.fields.items() if not field.read_only}
        unknown = sorted(set(data) - settable) if isinstance(data, Mapping) else []
        if unknown:
            raise ValidationError({name: ["There is no such setting here."] for name in unknown})
        return super().to_internal_value(data)


class Managed(GenericAPIView[Any]):
    """403 for whoever manages no site; what belongs to the sites of others is 404."""

    http_method_names = ["get", "patch", "head", "options"]

    def staff(self) -> access.Staff:
        try:
            staff = access.staff_of(cast(User, self.request.user))
        except NotAllowed as refused:
            raise PermissionDenied(refused.message) from refused
        if not staff.managed:
            raise PermissionDenied(NotAllowed.message)
        return staff


def changed(change: Callable[..., Any], **asked: Any) -> Any:
    """What this action makes of it; 400 by field where it is wrong, 403 and 404 as the desk says."""
    try:
        return change(**asked)
    except NotFound as missing:
        raise Http404 from missing
    except NotAllowed as refused:
        raise PermissionDenied(refused.message) from refused
    except Wrong as wrong:
        raise ValidationError(wrong.message_dict) from wrong
