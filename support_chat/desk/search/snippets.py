"""What a finding shows: a piece of what was said around the first word that was looked for, and where in it
such words stand. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final

from support_chat.desk.search.query import Term, folded, spans, units

LONGEST: Final = 160  # characters that are shown: two lines of the list
BEFORE: Final = 40  # at most, before the first word that was looked for
Marks = list[tuple[int, int]]  # where, and how long, in UTF-16 as browsers count


def snippet(texts: Sequence[str], terms: Sequence[Term]) -> tuple[str, Marks]:
    """Of the first text that holds any of it; else of the first."""
    clean = [_plain(text) for text in texts if text] or [""]
    found = [(text, found_in(text, terms)) for text in clean]
    return _cut(*next((pair for pair in found if pair[1]), found[0]))


def found_in(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Begin and end of what of the text was looked for, in order and apart."""
    places = [match.span() for match in spans(text)]
    words = [folded(text[start:end]) for start, end in places]
    hits = sorted({hit for term in terms for hit in _hits(words, term)})
    found: list[tuple[int, int]] = []
    for first, last in hits:
        start, end = places[first][0], places[last][1]
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _hits(words: Sequence[str], term: Term) -> Iterable[tuple[int, int]]:
    """Which words: the first and the last of each place where the term stands."""
    *before, last = term.words
    length = len(term.words)
    for start in range(len(words) - length + 1):
        end = words[start + length - 1]
        if list(words[start : start + length - 1]) != before:
            continue
        if end == last or (term.begun and end.startswith(last)):
            yield start, start + length - 1


def _plain(text: str) -> str:
    """On one line, in composed letters."""
    return "".join(" " if each.isspace() else each for each in unicodedata.normalize("NFC", text))


def _cut(text: str, found: Sequence[tuple[int, int]]) -> tuple[str, Marks]:
    start = _start(text, found[0][0]) if found else 0
    end = start + LONGEST
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shown = head + text[start:end] + tail
    moved = ((begin - start + len(head), stop - start + len(head)) for begin, stop in found if stop <= end)
    return shown, [(units(shown[:begin]), units(shown[begin:stop])) for begin, stop in moved]


def _start(text: str, found: int) -> int:
    """At the begin of a word, not too far before what was found."""
    if found <= BEFORE:
        return 0
    gap = text.find(" ", found - BEFORE, found)
    return found - BEFORE if gap < 0 else gap + 1


def said_in(body: dict[str, Any]) -> list[str]:
    """All that can be found of a body."""
    files = [file["name"] for file in body.get("files", ())]
    return [text for text in (body.get("text", ""), *files, body.get("comment", "")) if text]
