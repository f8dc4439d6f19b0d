"""What stands in a visitor's transcript where nobody spoke: as in the widget, in a sentence each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_noop

from support_chat.words import Words


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry that is no message, and how its reader is told of it. `who` did it; `own`: the visitor."""

    words: Words
    who: str
    own: bool
    body: Mapping[str, Any]

    def by_name(self, text: str, name: str | None = None) -> str:
        return self.words.gettext(text) % {"name": name or self.who}


def line_of(kind: str, happened: Happened) -> str:
    """ "" where nothing is worth saying."""
    words = _LINES.get(kind)
    return words(happened) if words else ""


def _assigned(it: Happened) -> str:
    return it.by_name(gettext_noop("%(name)s has joined"), it.body["agent"]["name"])


def _joined(it: Happened) -> str:
    return it.by_name(gettext_noop("%(name)s has joined")) if it.body.get("guest") else ""


def _left(it: Happened) -> str:
    if it.body.get("guest"):
        return it.by_name(gettext_noop("%(name)s has left"))
    return "" if it.own else it.by_name(gettext_noop("%(name)s's connection dropped."))


def _closed(it: Happened) -> str:
    if it.body.get("quiet"):
        return it.words.gettext("We closed this chat because it was quiet.")
    if it.own:
        return it.words.gettext("You ended the chat.")
    return it.by_name(gettext_noop("%(name)s closed the chat."))


def _rated(it: Happened) -> str:
    if "score" not in it.body:
        return ""
    said = it.words.gettext("You rated this chat %(score)s of 5") % {"score": it.body["score"]}
    return f"{said}: “{it.body['comment']}”" if it.body.get("comment") else said


def _emailed(it: Happened) -> str:
    if it.body.get("failed"):
        return it.words.gettext("An e-mail to you could not be sent.")
    if it.body.get("what") == "answers":
        return it.words.gettext("These answers were sent to you by e-mail.")
    return it.words.gettext("The transcript was sent to you by e-mail.")


_LINES: Final[dict[str, Callable[[Happened], str]]] = {
    "assigned": _assigned,
    "joined": _joined,
    "left": _left,
    "returned_to_queue": lambda it: it.words.gettext("Somebody else of our team will go on."),
    "closed": _closed,
    "reopened": lambda it: it.words.gettext("The chat goes on"),
    "rated": _rated,
    "emailed": _emailed,
}
