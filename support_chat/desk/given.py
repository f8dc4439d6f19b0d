"""Many values as one parameter: a statement whose text is always the same is read by the driver once."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import connection

_json = msgspec.json.Encoder()


def listed(values: Sequence[Any]) -> str:
    """The parameter: the values as JSON. Rows are lists of equal length."""
    return _json.encode(values).decode()


def these() -> str:
    """A condition on a number: that it is one of those listed."""
    if connection.vendor == "sqlite":
        return "IN (SELECT value FROM json_each(%s))"
    return "IN (SELECT value::bigint FROM json_array_elements_text(%s::json))"


def rows_of(**columns: str) -> str:
    """A table of the rows listed, by name and PostgreSQL's type of each column."""
    if connection.vendor == "sqlite":
        cells = [f"json_extract(value, '$[{index}]') AS {name}" for index, name in enumerate(columns)]
        return f"(SELECT {', '.join(cells)} FROM json_each(%s))"
    kinds = enumerate(columns.items())
    cells = [f"(value ->> {index})::{kind} AS {name}" for index, (name, kind) in kinds]
    return f"(SELECT {', '.join(cells)} FROM json_array_elements(%s::json))"
