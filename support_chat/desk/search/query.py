"""What somebody types to find something, understood: words, phrases and operators.

    refund -shipping "at the door" from:visitor queue:"Questions and answers" after:2026-03-01

Words are looked for whole, but the last one, while it is being typed, by how it begins. A minus before
anything means: without it. Pure: nothing here touches the database.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from support_chat.desk.errors import BadQuery

# What an operator may be given; which there are stands here alone, what they mean in operators.py.
PEOPLE: Final = frozenset({"visitor", "agent"})  # of `from:`, beside names
STATES: Final = frozenset({"open", "queued", "active", "closed"})
HAS: Final = frozenset({"file"})
NAMES: Final = ("from", "agent", "queue", "tag")
DAYS: Final = ("before", "after")
CHOICES: Final = {"is": STATES, "has": HAS}
OPERATORS: Final = (*NAMES, *DAYS, *CHOICES)

WORDS: Final = 12  # that are looked for: who types more looks for a sentence, and may put it in quotes
BEGUN: Final = 2  # letters from which on a word that is being typed is looked for by how it begins

# The first that fits, from each place that is no white space: nothing is left over.
_PART: Final = re.compile(
    r"""(?P<minus>-)?(?:(?P<name>[A-Za-z]+):(?!//))?
    (?:"(?P<quoted>[^"]*)(?P<end>"|\Z)|(?P<bare>[^\s"]+)|(?(name)|(?!)))""",
    re.VERBOSE,
)
# Vowels, tones and points that are written at letters, which Python takes for no part of a word.
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0730-\u074a\u0900-\u0963\u0971-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ece\u0f71-\u0f84"
    "\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
_WORD: Final = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several in a row."""

    words: tuple[str, ...]
    without: bool = False
    begun: bool = False  # the last of them may go on


@dataclass(frozen=True, slots=True)
class Condition:
    """An operator with its value, which is good: a name, one of its choices or a day."""

    name: str
    value: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    terms: tuple[Term, ...]
    conditions: tuple[Condition, ...]

    @property
    def wanted(self) -> tuple[Term, ...]:
        """What has to be there."""
        return tuple(term for term in self.terms if not term.without)

    @property
    def unwanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.without)

    def values(self, name: str) -> set[str]:
        """What is asked of an operator, where it is not "without"."""
        return {each.value for each in self.conditions if each.name == name and not each.without}


def parse(typed: str) -> Query:
    """BadQuery, with why and where, for what cannot be understood."""
    terms: list[Term] = []
    conditions: list[Condition] = []
    for part in _PART.finditer(typed):
        if part["end"] == "":
            raise _bad(typed, "unclosed_quote", *part.span())
        if part["name"]:
            conditions.append(_condition(typed, part))
        else:
            terms += _term(part, begun=part.end() == len(typed))
    if not terms and not conditions:
        raise _bad(typed, "nothing", 0, len(typed))
    if sum(len(term.words) for term in terms) > WORDS:
        raise _bad(typed, "too_many_words", 0, len(typed))
    return Query(tuple(terms), tuple(conditions))


def _term(part: re.Match[str], *, begun: bool) -> list[Term]:
    """None, where there are only signs."""
    bare = part["bare"]
    words = words_of(part["quoted"] if bare is None else bare)
    if not words:
        return []
    without = part["minus"] is not None
    goes_on = begun and bare is not None and not without and len(words[-1]) >= BEGUN and spans(bare[-1]) != []
    return [Term(words, without, goes_on)]


def _condition(typed: str, part: re.Match[str]) -> Condition:
    name, value = part["name"].lower(), (part["quoted"] or part["bare"] or "").strip()
    if name not in OPERATORS:
        raise _bad(typed, "unknown_operator", part.start("name"), part.end("name"))
    if not value:
        raise _bad(typed, "no_value", *part.span())
    if name in CHOICES:
        value = value.lower()
        if value not in CHOICES[name]:
            raise _bad(typed, "bad_value", *part.span())
    if name in DAYS and _day(value) is None:
        raise _bad(typed, "bad_day", *part.span())
    return Condition(name, value, part["minus"] is not None)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == len("2026-03-01") else None
    except ValueError:
        return None


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without capitals and accents."""
    return tuple(folded(match[0]) for match in spans(text))


def spans(text: str) -> list[re.Match[str]]:
    """Where the words of a text stand; it is of composed letters."""
    return list(_WORD.finditer(text))


def folded(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(each for each in letters if not "\u0300" <= each <= "\u036f"))


def _bad(typed: str, why: str, start: int, end: int) -> BadQuery:
    return BadQuery(why=why, at=units(typed[:start]), length=units(typed[start:end]))


def units(text: str) -> int:
    """How long it is as browsers count, in UTF-16."""
    return len(text.encode("utf-16-le")) // 2
