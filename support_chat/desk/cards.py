"""The numbers of payment cards in a text.

A number is a card's when all three hold: it begins as an issuer's does, has a length that this issuer uses
(ISO/IEC 7812-1, and the issuers' own published ranges), and its last digit is the Luhn check of the others.
So the numbers of parcels, devices and orders stay as they are, but for one in ten of those that also begin
and are as long as a card's.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

# Issuer: the first digits, from and to, and the lengths.
_ISSUERS: Final = (
    ("4", "4", {13, 16, 19}),  # Visa
    ("51", "55", {16}),  # Mastercard
    ("2221", "2720", {16}),
    ("34", "34", {15}),  # American Express
    ("37", "37", {15}),
    ("6011", "6011", {16, 19}),  # Discover
    ("644", "649", {16, 19}),
    ("65", "65", {16, 19}),
    ("300", "305", {14, 16, 19}),  # Diners Club
    ("36", "36", {14, 16, 19}),
    ("38", "39", {14, 16, 19}),
    ("3528", "3589", {16, 19}),  # JCB
    ("62", "62", {16, 17, 18, 19}),  # UnionPay
    ("2200", "2204", {16, 19}),  # Mir
    ("5018", "5018", {16, 18, 19}),  # Maestro
    ("5020", "5020", {16, 18, 19}),
    ("5038", "5038", {16, 18, 19}),
    ("5893", "5893", {16, 18, 19}),
    ("6304", "6304", {16, 18, 19}),
    ("6759", "6763", {16, 18, 19}),
)
_SHORTEST, _LONGEST = 13, 19
_GROUPED: Final = ([4, 4, 4, 4, 3], [4, 4, 4, 4], [4, 6, 5], [4, 6, 4])  # as cards are printed
_MOST_GROUPS: Final = 5
# Digits, in groups that one space, dot or dash parts; most texts are ASCII, and that is read sooner.
_RUN: Final = re.compile(r"\d(?:[ \u00a0\u2009\u202f.\-\u2010-\u2013]?\d){12,}")
_ASCII_RUN: Final = re.compile(r"[0-9](?:[ .\-]?[0-9]){12,}")
_GROUP: Final = re.compile(r"\d+")


def has_long_number(text: str) -> bool:
    """Whether there may be one at all: nearly no text has."""
    return (_ASCII_RUN if text.isascii() else _RUN).search(text) is not None


def cards_in(text: str) -> Iterator[tuple[int, int]]:
    """From and to of each."""
    for run in (_ASCII_RUN if text.isascii() else _RUN).finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        first = 0
        while first < len(groups):
            count = _card_from(text, groups, first)
            if count:
                yield groups[first][0], groups[first + count - 1][1]
            first += count or 1


def last_of(number: str) -> str:
    """The last four digits of a card's number, in ASCII."""
    return _digits(number)[-4:]


def _card_from(text: str, groups: Sequence[tuple[int, int]], first: int) -> int:
    """How many groups from this one on are a card's number: as many as it is printed in, or all there are."""
    sizes = [end - start for start, end in groups[first : first + _MOST_GROUPS]]
    counts = [len(each) for each in _GROUPED if sizes[: len(each)] == each]
    if sizes[0] >= _SHORTEST:
        counts.append(1)
    if first == 0 and len(groups) <= _LONGEST:
        counts.append(len(groups))
    for count in counts:
        if _is_card(_digits(text[groups[first][0] : groups[first + count - 1][1]])):
            return count
    return 0


def _digits(written: str) -> str:
    """In ASCII, whatever script they were written in; none where it is too long for a card."""
    if len(written) > 2 * _LONGEST:
        return ""
    return "".join(str(int(digit)) for digit in written if digit.isdecimal())


def _is_card(digits: str) -> bool:
    if len(digits) < _SHORTEST or not any(
        low <= digits[: len(low)] <= high and len(digits) in lengths for low, high, lengths in _ISSUERS
    ):
        return False
    return _luhn(digits) == 0


def _luhn(digits: str) -> int:
    """The check sum of ISO/IEC 7812-1, Annex B; 0 of what is right."""
    doubled = ((int(digit) * (2 if at % 2 else 1)) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10
