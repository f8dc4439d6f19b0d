"""What a macro does, step by step. Pure.

    [{"do": "reply", "text": "…"}, {"do": "note", "text": "…"}, {"do": "transfer", "to_queue": "<id>"}]

Another kind of step is a class here, beside the others in `Step`; the console does it by a line in
agents/static/agents/macro_steps.js.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import msgspec
from django.utils.translation import gettext
from msgspec import Meta

from support_chat.desk.invalid import Invalid, converted
from support_chat.desk.natural_times import moment_of
from support_chat.desk.variables import is_variable, variables_in

_ANY_DAY: Final = datetime(2026, 1, 5, 8, tzinfo=UTC)  # whether a time is understood does not hang on it
MOST: Final = 8  # who needs more does it by hand, and looks

Text = Annotated[str, Meta(min_length=1, max_length=8000, pattern=r"\S")]


class InvalidSteps(Invalid):
    """In words."""


class _Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do"):
    pass


class Reply(_Step, frozen=True, tag="reply"):
    text: Text


class Note(_Step, frozen=True, tag="note"):
    text: Text


class Transfer(_Step, frozen=True, tag="transfer"):
    to_queue: Annotated[str, Meta(min_length=1, max_length=32)]


class HandOver(_Step, frozen=True, tag="hand_over"):
    """To this agent, as by hand: they are offered it, and it stays until they take it."""

    to_agent: Annotated[str, Meta(min_length=1, max_length=32)]


class LookUp(_Step, frozen=True, tag="look_up"):
    """Tell the visitor that it takes a while."""


class AddTag(_Step, frozen=True, tag="tag"):
    tag: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"\w")]


class Snooze(_Step, frozen=True, tag="snooze"):
    """`when` as people say it, by the clocks of whoever runs it."""

    when: Annotated[str, Meta(min_length=1, max_length=60)]


class Close(_Step, frozen=True, tag="close"):
    pass


Step = Reply | Note | AddTag | Transfer | HandOver | LookUp | Snooze | Close
ENDS: Final = (Transfer, HandOver, Snooze, Close)  # what gives the chat away, and so comes last

Steps = Annotated[tuple[Step, ...], Meta(min_length=1, max_length=MOST)]


def steps_of(value: Any) -> Sequence[Step]:
    """Steps from their JSON. InvalidSteps says what is wrong where."""
    steps: Sequence[Step] = converted(value, Steps, InvalidSteps)
    if any(isinstance(each, ENDS) for each in steps[:-1]):
        raise InvalidSteps(
            gettext("Closing, transferring or putting aside comes last: after it nothing more is done.")
        )
    for said in (each.when for each in steps if isinstance(each, Snooze)):
        if moment_of(said, zone="UTC", now=_ANY_DAY) is None:
            words = gettext("“%(said)s” is no time: write it as “in 2 hours”, “tomorrow 9” or “monday”.")
            raise InvalidSteps(words % {"said": said})
    texts = [each.text for each in steps if isinstance(each, Reply | Note)]
    for variable in (each for text in texts for each in variables_in(text)):
        if not is_variable(variable.name):
            words = gettext("“%(variable)s” stands for nothing.")
            raise InvalidSteps(words % {"variable": variable.written})
    return steps
