"""What stands in a canned reply for something of the chat: {{visitor.first_name|default:"there"}}. Pure.

The console fills it (agents/static/agents/variables.js); here it is only looked at whether it could.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

NAMES: Final = (
    *("visitor.name", "visitor.first_name", "visitor.last_name", "visitor.email"),
    *("agent.name", "site.name", "conversation.id"),
)
ATTRIBUTES: Final = "visitor.attributes."  # and then the name of one, as the website or the visitor says it
FILLED: Final = 100  # characters: who has a longer name is not known by it
_PLACE: Final = re.compile(r"\{\{([^{}]*)\}\}")
_INSIDE: Final = re.compile(r"""\s*([^|]*?)\s*(?:\|\s*default\s*:\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”)\s*)?""")


class Variable(NamedTuple):
    """`default`: instead of what is not known; None: then it may not be sent."""

    name: str
    default: str | None
    written: str  # as it stands in the text, with its braces


def variables_in(text: str) -> Iterator[Variable]:
    """Whatever stands in double braces, whether there is such a variable or not."""
    for place in _PLACE.finditer(text):
        found = _INSIDE.fullmatch(place[1])
        name, *defaults = found.groups() if found else (place[1].strip(), None)
        yield Variable(name or "", next((each for each in defaults if each is not None), None), place[0])


def bare(text: str) -> str:
    """Without them: what is said of each chat alone says nothing of what the text is about."""
    return _PLACE.sub(" ", text)


def was_said(template: str, texts: Collection[str]) -> bool:
    """Whether one of these texts, none with white space at its edges, is this one with something short in
    each place, whatever that is."""
    template = template.strip()
    if template in texts:
        return True
    first, *pieces = _PLACE.split(template)[::2]
    is_told_by_its_words = pieces and bare(template).strip()
    return bool(is_told_by_its_words) and any(_fits(text, first, pieces) for text in texts)


def _fits(text: str, first: str, pieces: Sequence[str]) -> bool:
    if not text.startswith(first):
        return False
    rest = text[len(first) :]
    for left, piece in zip(range(len(pieces), 0, -1), pieces, strict=True):
        place = rest.find(piece) if left > 1 else len(rest) - len(piece)
        if not 0 <= place <= FILLED or "\n" in rest[:place] or not rest.startswith(piece, place):
            return False
        rest = rest[place + len(piece) :]
    return True


def is_variable(name: str) -> bool:
    return name in NAMES or (name.startswith(ATTRIBUTES) and len(name) > len(ATTRIBUTES))


def valid_variables(text: str) -> None:
    """ValidationError names what no console could fill."""
    wrong = [each for each in variables_in(text) if not is_variable(each.name)]
    if wrong:
        raise ValidationError([_words(each) for each in wrong])


def _words(variable: Variable) -> str:
    near = get_close_matches(variable.name, NAMES, n=1)
    wrong = gettext("“%(variable)s” stands for nothing.") % {"variable": variable.written}
    if near:
        return f"{wrong} {gettext('Did you mean “%(name)s”?') % {'name': near[0]}}"
    known = gettext("There are %(names)s and %(more)s.") % {
        "names": ", ".join(NAMES),
        "more": f"{ATTRIBUTES}…",
    }
    return f"{wrong} {known}"
