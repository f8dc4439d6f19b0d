"""What a setting cannot be, in words for whoever sets it: in the language that they read."""

import re
from typing import Any, Final

import msgspec
from django.utils.translation import gettext

_BOUND: Final = re.compile(r"`(array|str|int)` (?:of length )?(<=|>=) (-?\d+)")


class Invalid(ValueError):
    """`why`: a sentence. `where`: as in "week.mon[0]", or "" where that is plain."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(f"{where}: {why}" if where else why)
        self.why = why


def converted(value: Any, kind: Any, invalid: type[Invalid]) -> Any:
    """This value as this kind of msgspec's; else `invalid` says what is wrong where."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        said, _, where = str(error).partition(" - at ")
        raise invalid(_why(said), where.strip("`").removeprefix("$").lstrip(".")) from None


def _why(said: str) -> str:
    """In words what people may come upon in a form; what only a program can get wrong, as msgspec says it."""
    if "matching regex" in said:
        return gettext("This cannot stand here as it is written.")
    bound = _BOUND.search(said)
    return _bound(*bound.groups()) if bound else said


def _bound(kind: str, side: str, number: str) -> str:
    most = side == "<="
    if kind == "int":
        words = gettext("At most %(n)s.") if most else gettext("At least %(n)s.")
    elif kind == "str":
        words = gettext("At most %(n)s characters.") if most else gettext("At least %(n)s characters.")
    else:
        words = gettext("At most %(n)s of them.") if most else gettext("At least %(n)s of them.")
    return words % {"n": number}
