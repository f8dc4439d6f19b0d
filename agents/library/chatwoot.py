"""Chatwoot's canned responses: `short_code` and `content`, whose variables are ours under other names."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.text import slugify

NAMES: Final = {
    "contact.name": "visitor.name",
    "contact.first_name": "visitor.first_name",
    "contact.last_name": "visitor.last_name",
    "contact.email": "visitor.email",
    "contact.phone": "visitor.attributes.phone",
    "contact.phone_number": "visitor.attributes.phone",
    "conversation.id": "conversation.id",
    "conversation.display_id": "conversation.id",
    "agent.name": "agent.name",
    "agent.first_name": "agent.name",
    "inbox.name": "site.name",
    "account.name": "site.name",
}
ATTRIBUTES: Final = ("contact.custom_attribute.", "contact.custom_attributes.")
_PLACE: Final = re.compile(r"\{\{\s*([^{}|]+?)\s*(\|[^{}]*)?\}\}")


def is_chatwoot(row: Mapping[str, Any]) -> bool:
    return "short_code" in row and "content" in row


def translated(row: Mapping[str, Any]) -> dict[str, str]:
    """As one of our own: what it stands for under our names, its short code as a shortcut and a title."""
    code = str(row["short_code"] or "").strip().lstrip("/")
    title = re.sub(r"[\s_-]+", " ", code).strip()
    text = _PLACE.sub(_variable, str(row["content"] or ""))
    return {"shortcut": _shortcut(code), "title": title[:1].upper() + title[1:100], "text": text}


def _shortcut(code: str) -> str:
    """Theirs may be any text."""
    return code if re.fullmatch(r"[\w-]+", code, re.ASCII) else slugify(code)


def _variable(place: re.Match[str]) -> str:
    """What has no name with us stays, and is refused by it."""
    name, more = place[1], (place[2] or "").strip()
    for prefix in ATTRIBUTES:
        if name.startswith(prefix):
            name = f"visitor.attributes.{name.removeprefix(prefix)}"
    return f"{{{{{NAMES.get(name, name)}{more}}}}}"
