"""Replies that say nearly the same. Pure.

Alike is what shares most of its words: the Jaccard index of their sets (P. Jaccard, New Phytologist 11,
1912).
Only those are compared that share a rare word: of two sets that alike, the rarest few cannot all differ
(Chaudhuri, Ganti, Kaushik: "A primitive operator for similarity joins", ICDE 2006).
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

ALIKE: Final = 0.8  # of all words of both
_WORD: Final = re.compile(r"[^\W_]+")

Words = frozenset[str]


def words_of(text: str) -> Words:
    """Without case, accents and signs."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return frozenset(_WORD.findall("".join(sign for sign in spread if not unicodedata.combining(sign))))


def nearly_the_same(texts: Mapping[int, str]) -> dict[int, int]:
    """Of each that is nearly the same as others, the likest other; both by their keys."""
    sets = {key: words_of(text) for key, text in texts.items()}
    often = Counter(word for words in sets.values() for word in words)
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    best: dict[int, tuple[float, int]] = {}
    for key, words in sets.items():
        rarest = sorted(words, key=lambda word: (often[word], word))[: _telling(len(words))]
        for other in {each for word in rarest for each in by_word[word]}:
            likeness = _likeness(words, sets[other])
            if likeness >= ALIKE:
                best[key] = max(best.get(key, (0.0, 0)), (likeness, other))
                best[other] = max(best.get(other, (0.0, 0)), (likeness, key))
        for word in rarest:
            by_word[word].append(key)
    return {key: other for key, (_, other) in best.items()}


def _telling(count: int) -> int:
    """So many of the rarest words of a set; one of them is in any set that is as much alike."""
    return count - math.ceil(ALIKE * count) + 1 if count else 0


def _likeness(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other)
