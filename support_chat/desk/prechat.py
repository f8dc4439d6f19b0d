"""What a site asks a new visitor before the first word: their name, an address, what it is about. Pure.

    {"name": "optional", "email": "required", "about": [{"words": "An order", "queue": "<id of a queue>"}]}

null asks nothing, which is best for most: write first, identify later. What it is about leads to a queue, and
is needed where it is asked. It is the panel that asks: a program that starts chats need not answer.
"""

from typing import Annotated, Any, Literal

import msgspec
from django.utils.translation import gettext
from msgspec import Meta

from support_chat.desk.invalid import Invalid, converted

Asked = Literal["no", "optional", "required"]


class InvalidPrechat(Invalid):
    """In words."""


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\A\S(.*\S)?\Z")]
    queue: Annotated[str, Meta(max_length=32)] = ""  # "": where chats begin


class Prechat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Asked = "no"
    email: Asked = "no"
    about: Annotated[tuple[Topic, ...], Meta(max_length=8)] = ()


def prechat_of(value: Any) -> Prechat | None:
    """From its JSON. InvalidPrechat says what is wrong where."""
    if value is None:
        return None
    prechat: Prechat = converted(value, Prechat, InvalidPrechat)
    if len({topic.words for topic in prechat.about}) < len(prechat.about):
        raise InvalidPrechat(gettext("Two choices have the same words."))
    return prechat
