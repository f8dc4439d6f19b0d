"""JSON Schema of the code's own types, with all their bounds."""

from collections.abc import Mapping
from typing import Any

import msgspec

Schema = Mapping[str, Any]


class Schemas:
    """Makes schemas, and keeps those with names, which others refer to."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type, or the reference to it."""
        (schema,), named = msgspec.json.schema_components((kind,), ref_template=reference("{name}"))
        self.named |= {name: _portable(each) for name, each in named.items()}
        made: Schema = _portable(schema)
        return made

    def keep(self, name: str, schema: Schema) -> Schema:
        """Gives a schema a name; the reference to it."""
        self.named[name] = schema
        return {"$ref": reference(name)}


def reference(name: str) -> str:
    return f"#/components/schemas/{name}"


def record(fields: Mapping[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    """An object with these fields, and maybe others that a client ignores."""
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": dict(fields), "required": required}


def _portable(value: Any) -> Any:
    """Patterns as every language reads them, and alternatives in an order of our own."""
    if isinstance(value, Mapping):
        return {name: _part(name, each) for name, each in value.items()}
    return [_portable(each) for each in value] if isinstance(value, list | tuple) else value


def _part(name: str, value: Any) -> Any:
    if name == "pattern" and isinstance(value, str):
        return _ends(value)
    made = _portable(value)
    # msgspec's order is another one in each of its versions.
    return sorted(made, key=lambda each: (each.get("type") == "null", str(each))) if name == "anyOf" else made


def _ends(pattern: str) -> str:
    """Python writes the ends of a text in its own way."""
    return pattern.replace(r"\A", "^").replace(r"\Z", "$")
