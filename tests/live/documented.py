"""The kept document, and what says whether a frame is as it tells."""

import json
from functools import lru_cache
from typing import Any

import jsonschema

from support_chat.asyncapi import KEPT

DOCUMENT: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))


def follow(reference: str) -> Any:
    """What a reference leads to; None when to nothing."""
    found: Any = DOCUMENT
    for part in reference.removeprefix("#/").split("/"):
        found = found.get(part) if isinstance(found, dict) else None
    return found


@lru_cache
def validator(message: str, *, closed: bool = False) -> jsonschema.Draft7Validator:
    """Of one message's payload; `closed` also refuses every field that is not told."""
    return _made(DOCUMENT["components"]["messages"][message]["payload"], closed=closed)


def validator_of(name: str) -> jsonschema.Draft7Validator:
    """Of what has a schema by this name, and holds nothing else."""
    return _made(DOCUMENT["components"]["schemas"][name], closed=True)


def _made(schema: Any, *, closed: bool) -> jsonschema.Draft7Validator:
    whole = {**schema, "components": {"schemas": DOCUMENT["components"]["schemas"]}}
    return jsonschema.Draft7Validator(shut(whole) if closed else whole)


def shut(part: Any) -> Any:
    if isinstance(part, list):
        return [shut(each) for each in part]
    if not isinstance(part, dict):
        return part
    made = {name: shut(each) for name, each in part.items()}
    if isinstance(part.get("properties"), dict) and part.get("type") == "object":
        made.setdefault("additionalProperties", False)
    return made
