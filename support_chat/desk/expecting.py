"""Compare and set: what a sender believes of a chat must still hold, or they are told how it is."""

from collections.abc import Mapping
from typing import Any

from support_chat.desk.errors import Changed
from support_chat.desk.models import Conversation


def as_expected(row: Conversation, expect: Mapping[str, Any] | None) -> None:
    """Compare and set: what the sender believed must still hold."""
    owner = row.owner.public_id if row.owner else None
    if expect and (expect.get("state", row.state), expect.get("owner", owner)) != (row.state, owner):
        raise changed(row)


def changed(row: Conversation) -> Changed:
    agent = {"id": row.owner.public_id, "name": row.owner.user.name} if row.owner else None
    return Changed(state=row.state, agent=agent)
