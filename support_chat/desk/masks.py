"""What a site hides beside card numbers: bank account numbers, and what its manager describes by a pattern.

A pattern is what is hidden, letter by letter: "#" stands for any digit, "@" for any letter, a space for a
space, a dash or nothing, and all else for itself, in capitals or not. It has one length or nearly, so that no
pattern can be slow; it begins and ends where a word does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy

from support_chat.desk.invalid import Invalid

MOST_PATTERNS: Final = 20
SHORTEST: Final = 4  # signs that stand for a digit or a letter: fewer would hide words and prices
LONGEST: Final = 40
_LONE_SPACE: Final = re.compile(r"(?<![\w#@]) | (?![\w#@])")  # it may be nothing: two in a row would be slow
_SIGNS: Final = {"#": r"\d", "@": r"[^\W\d_]", " ": "[ \u00a0-]?"}


class InvalidMasks(Invalid):
    """Says what is wrong, for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Masks:
    """`iban`: bank account numbers; `patterns`: as they were written."""

    iban: bool = False
    patterns: tuple[str, ...] = ()

    def patterns_in(self, text: str) -> Iterator[tuple[int, int]]:
        """From and to of whatever a pattern describes."""
        if self.patterns:
            yield from (found.span() for found in _one_of(self.patterns).finditer(text))


NONE: Final = Masks()
_NO_LIST: Final = gettext_lazy("This is not a list of what is hidden.")


def masks_of(value: Any) -> Masks:
    """From {"iban": bool, "patterns": [str]}; None: none. Raises InvalidMasks."""
    if value is None:
        return NONE
    if not isinstance(value, dict) or not set(value) <= {"iban", "patterns"}:
        raise InvalidMasks(str(_NO_LIST))
    iban, patterns = value.get("iban", False), value.get("patterns", [])
    if not isinstance(iban, bool) or not isinstance(patterns, list):
        raise InvalidMasks(str(_NO_LIST))
    if len(patterns) > MOST_PATTERNS:
        raise InvalidMasks(gettext("Write at most %(most)s patterns.") % {"most": MOST_PATTERNS})
    return Masks(iban, tuple(map(_checked, patterns)))


def _checked(pattern: Any) -> str:
    if not isinstance(pattern, str) or len(pattern) > LONGEST or not pattern.isprintable():
        words = gettext("A pattern has at most %(most)s letters, on one line.")
        raise InvalidMasks(words % {"most": LONGEST})
    if sum(map(pattern.count, "#@")) < SHORTEST:
        words = gettext("“%(pattern)s” needs %(least)s or more of # and @: any digit, any letter.")
        raise InvalidMasks(words % {"pattern": pattern, "least": SHORTEST})
    if _LONE_SPACE.search(pattern):
        words = gettext("“%(pattern)s”: a space stands between two letters or digits.")
        raise InvalidMasks(words % {"pattern": pattern})
    return pattern


@lru_cache(maxsize=256)
def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(patterns, key=len, reverse=True)
    any_of = "|".join("".join(_SIGNS.get(sign) or re.escape(sign) for sign in each) for each in longest_first)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)
