"""Where the number of a payment card cannot be masked, because what is left would mean something else, it is
refused: in addresses, in words by which something is found, in what managers set."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from support_chat.desk.masking import hidden_in
from support_chat.live.refusals import BadField


def holds_card(value: Any) -> bool:
    """Whether a text or a number does, or any within these lists and objects."""
    if isinstance(value, Mapping):
        return any(map(holds_card, (*value, *value.values())))
    if isinstance(value, list | tuple):
        return any(map(holds_card, value))
    return isinstance(value, str | int) and bool(hidden_in(str(value)))


def unless_card(field: str, *values: Any) -> None:
    """BadField where one of them holds any."""
    if holds_card(values):
        raise BadField(field)


def valid_without_card(value: Any) -> None:
    """The same in a form. ValidationError."""
    if holds_card(value):
        raise ValidationError(gettext("The number of a payment card is in it. Those are kept nowhere."))
