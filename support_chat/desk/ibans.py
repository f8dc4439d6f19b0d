"""Bank account numbers as the world writes them: IBANs (ISO 13616).

A text is one when country, length and check digits agree (ISO 7064, mod 97-10): one text in 97 of the same
shape is by chance.
"""

import re
from collections.abc import Iterator
from typing import Final

# By country: how long, from the registry of SWIFT.
_LENGTHS: Final = {
    "NO": 15,
    "BE": 16,
    **dict.fromkeys(("DK", "FI", "FK", "FO", "GL", "NL", "SD"), 18),
    **dict.fromkeys(("MK", "SI"), 19),
    **dict.fromkeys(("AT", "BA", "EE", "KZ", "LT", "LU", "MN", "XK"), 20),
    **dict.fromkeys(("CH", "HR", "LI", "LV"), 21),
    **dict.fromkeys(("BG", "BH", "CR", "DE", "GB", "GE", "IE", "ME", "RS", "VA"), 22),
    **dict.fromkeys(("AE", "GI", "IL", "IQ", "OM", "SO", "TL"), 23),
    **dict.fromkeys(("AD", "CZ", "ES", "MD", "PK", "RO", "SA", "SE", "SK", "TN", "VG"), 24),
    **dict.fromkeys(("LY", "PT", "ST"), 25),
    **dict.fromkeys(("IS", "TR"), 26),
    **dict.fromkeys(("BI", "DJ", "FR", "GR", "IT", "MC", "MR", "SM"), 27),
    **dict.fromkeys(("AL", "AZ", "BY", "CY", "DO", "GT", "HU", "LB", "NI", "PL", "SV"), 28),
    **dict.fromkeys(("BR", "EG", "PS", "QA", "UA"), 29),
    **dict.fromkeys(("JO", "KW", "MU", "YE"), 30),
    **dict.fromkeys(("MT", "SC"), 31),
    "LC": 32,
    "RU": 33,
}
_SPACE: Final = "[ \u00a0\u202f-]?"
_BEGINS: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}")
_REST: Final = {
    length: re.compile(f"(?:{_SPACE}[A-Za-z0-9]){{{length - 4}}}(?![A-Za-z0-9])")
    for length in set(_LENGTHS.values())
}


def ibans_in(text: str) -> Iterator[tuple[int, int]]:
    """From and to of each."""
    at = 0
    while begins := _BEGINS.search(text, at):
        length = _LENGTHS.get(begins[0][:2].upper())
        rest = _REST[length].match(text, begins.end()) if length else None
        if rest and _checks(text[begins.start() : rest.end()]):
            yield begins.start(), rest.end()
        at = rest.end() if rest else begins.end()


def _checks(written: str) -> bool:
    plain = "".join(filter(str.isalnum, written)).upper()
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
