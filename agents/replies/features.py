"""What is typed, and how the chat stands, as a sparse vector.

Hashed features (Weinberger et al.: "Feature hashing for large scale multitask learning", ICML 2009). Each
group has unit length times its weight, so that a long message speaks no louder than a short word typed.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from agents.replies.moment import Moment

Rows = NDArray[np.int64]
Values = NDArray[np.float32]
Vector = tuple[Rows, Values]  # each row once

LONGEST: Final = 400  # characters of one text that are looked at, its end: more says little and costs time
GRAM: Final = 5  # characters of the longest n-gram
STARTS: Final = (1, 2, 3, 4, 6, 8, 12)
TYPED: Final = 1.5  # what an agent types says most
SAID: Final = 1.0
BESIDE: Final = 0.7  # each of what else is known
ALWAYS: Final = 0.5  # how often a reply is sent at all


def vector(moment: Moment, typed: str, *, buckets: int) -> Vector:
    return _hashed([(_typed(typed), TYPED), *_chat(moment)], buckets)


def own_words(text: str, *, buckets: int, as_typed: bool) -> Vector:
    """A reply's own text, as if an agent had typed it, or the visitor had said it."""
    group = (_typed(text), TYPED) if as_typed else ([f"v{word}" for word in words(text)], BESIDE)
    return _hashed([group], buckets)


def words(text: str) -> list[str]:
    """In lower case and without accents."""
    spread = unicodedata.normalize("NFKD", text[-LONGEST:].lower())
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", bare)


def _typed(text: str) -> list[str]:
    found = words(text)
    line = " ".join(found)
    if not line:
        return []
    padded = f" {line}"  # no space after it: the last word may go on
    grams = [f"c{padded[at : at + n]}" for n in range(1, GRAM + 1) for at in range(len(padded) - n + 1)]
    starts = [f"p{line[:n]}" for n in STARTS if len(line) >= n]
    return [*grams, *starts, *(f"w{word}" for word in found), *_pairs("b", found)]


def _chat(moment: Moment) -> list[tuple[list[str], float]]:
    said, ours = words(moment.said), words(moment.ours)
    last = moment.sent[-1] if moment.sent else "^"
    before = moment.sent[-2] if len(moment.sent) > 1 else "^"
    count = min(len(moment.sent), 8)
    return [
        ([*(f"v{word}" for word in said), *_pairs("vb", ["^", *said, "$"])], SAID),
        ([f"l{last}"], BESIDE),
        ([f"m{last}|{before}"], BESIDE),
        ([*(f"s{name}" for name in set(moment.sent)), f"n{count}"], BESIDE),
        ([*(f"a{word}" for word in ours), *_pairs("ab", ours)], BESIDE),
        ([f"e{word}" for word in words(moment.earlier)], BESIDE),
        ([f"x{last}|{word}" for word in said], BESIDE),
    ]


def _pairs(kind: str, found: list[str]) -> Iterable[str]:
    return (f"{kind}{one} {two}" for one, two in pairwise(found))


def _hashed(groups: list[tuple[list[str], float]], buckets: int) -> Vector:
    sums = {crc32(b"always") % buckets: ALWAYS}
    for group, weight in groups:
        distinct = set(group)
        value = weight / math.sqrt(len(distinct) or 1)
        for feature in distinct:
            row = crc32(feature.encode()) % buckets
            sums[row] = sums.get(row, 0.0) + value
    rows = sorted(sums)  # the same sums whatever order a set has in this process
    return np.array(rows, np.int64), np.array([sums[row] for row in rows], np.float32)
