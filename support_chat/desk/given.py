"""Many values as one parameter: a statement whose text is always the same is read by the driver once."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from support_chat.desk.vendor import SQLITE

_json = msgspec.json.Encoder()


# A condition on a number: it is one of `these`.
THESE: Final = "IN (SELECT value FROM json_each(%s))" if SQLITE else "= ANY(%s::bigint[])"


def these(numbers: Sequence[int]) -> str:
    """The parameter of THESE."""
    return listed(numbers) if SQLITE else "{" + ",".join(map(str, numbers)) + "}"


def listed(values: Sequence[Any]) -> str:
    """The parameter of `rows_of`: rows of equal length, or what else is a list, as JSON."""
    return _json.encode(values).decode()


def rows_of(**columns: str) -> str:
    """A table of the rows listed, by name and PostgreSQL's type of each column."""
    if SQLITE:
        cells = [f"json_extract(value, '$[{index}]') AS {name}" for index, name in enumerate(columns)]
        return f"(SELECT {', '.join(cells)} FROM json_each(%s))"
    kinds = enumerate(columns.items())
    cells = [f"(value ->> {index})::{kind} AS {name}" for index, (name, kind) in kinds]
    return f"(SELECT {', '.join(cells)} FROM json_array_elements(%s::json))"
