"""What is known of a visitor beside their name: plain values by name, few and short."""

from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec

from support_chat.desk.masking import masked
from support_chat.desk.masks import Masks
from support_chat.live.fields import AttributeText
from support_chat.live.refusals import BadField
from support_chat.settings.chat import ATTRIBUTES, ATTRIBUTES_BYTES

Attributes = Mapping[str, AttributeText | bool | int | float]
Value = TypeVar("Value")
_encode: Final = msgspec.json.Encoder().encode


def merged(known: Attributes, more: Mapping[str, AttributeText | bool | int | float | None]) -> Attributes:
    """With `more` set, and taken away what is null there. BadField where it becomes too much."""
    attributes = {name: value for name, value in {**known, **more}.items() if value is not None}
    if not is_modest(attributes):
        raise BadField("attributes")
    return attributes


def hidden(attributes: Mapping[str, Value], masks: Masks) -> dict[str, Value | str]:
    """As they may be kept: names, texts and numbers alike."""
    return {masked(name, masks): _hidden(value, masks) for name, value in attributes.items()}


def _hidden(value: Value, masks: Masks) -> Value | str:
    said = str(value) if isinstance(value, str | int | float) else ""
    kept = masked(said, masks)
    return value if kept == said else kept


def is_modest(attributes: Attributes) -> bool:
    return len(attributes) <= ATTRIBUTES and len(_encode(attributes)) <= ATTRIBUTES_BYTES
