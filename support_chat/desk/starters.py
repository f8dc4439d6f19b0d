"""What a visitor may begin with by one tap: their words, an answer to show first, a queue and a tag. Pure.

    [{"words": "Where is my order?", "answer": "…", "queue": "<id of a queue of the site>", "tag": "order"}]

All but the words may be left out. Whoever writes exactly these words, by a tap or by hand, is led the same
way: the wire knows nothing of it.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Final

import msgspec
from django.utils.translation import gettext
from msgspec import Meta

from support_chat.desk.invalid import Invalid, converted

MOST: Final = 6  # more are a menu, and nobody reads menus

Words = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"\A\S.*\S\Z")]
Answer = Annotated[str, Meta(max_length=1_000)]
Tag = Annotated[str, Meta(max_length=40, pattern=r"\A[a-z0-9-]*\Z")]


class InvalidStarters(Invalid):
    """In words."""


class Starter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    words: Words
    answer: Answer = ""
    queue: Annotated[str, Meta(max_length=32)] = ""  # where the chat waits; "": where chats begin
    tag: Tag = ""


Starters = Annotated[tuple[Starter, ...], Meta(max_length=MOST)]


def starters_of(value: Any) -> Sequence[Starter]:
    """Starters from their JSON. InvalidStarters says what is wrong where."""
    starters: Sequence[Starter] = converted(value, Starters, InvalidStarters)
    if len({each.words for each in starters}) < len(starters):
        raise InvalidStarters(gettext("Two of them have the same words."))
    return starters


def starter_for(value: Any, body: str | None) -> Starter | None:
    """The one that says exactly this."""
    try:
        return next((each for each in starters_of(value) if each.words == body), None)
    except InvalidStarters:  # it was kept under other rules: the chat begins like any other
        return None
