"""What the database holds, by SQL of the checker's own."""

import json
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.chaos.notebook import Counts

CHATS = """
SELECT c.public_id, s.public_key, c.state, c.position, c.visible
FROM desk_conversation c JOIN desk_site s ON s.id = c.site_id
"""
# An entry is written once, so that the transaction on its row is the one that committed it.
ENTRIES = """
SELECT c.public_id, e.position, e.visible, e.shown, e.mark, e.kind, e.author_role, e.author_id,
  e.client_id::text, b.text, e.xmin::text, extract(epoch FROM pg_xact_commit_timestamp(e.xmin))::float8
FROM desk_entry e JOIN desk_conversation c ON c.id = e.conversation_id
LEFT JOIN desk_entrybody b ON b.entry_id = e.id ORDER BY c.id, e.position, e.id
"""
AGENTS = "SELECT a.public_id, u.username, a.capacity FROM desk_agent a JOIN desk_user u ON u.id = a.user_id"
HEADS = "SELECT public_id, position, visible FROM desk_conversation"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry. `committed`: Unix time of its transaction's commit; rows of one have one `transaction`."""

    chat: str
    position: int
    visible: int
    shown: bool
    mark: str
    kind: str
    role: str
    author: str
    client_id: str | None
    body: dict[str, Any]
    transaction: str
    committed: float

    def words(self, counts: Counts) -> tuple[int, str, str, str, str]:
        """As somebody hears it who counts like this."""
        text = self.body.get("text", "") if self.kind in {"message", "note"} else ""
        return getattr(self, counts), self.mark, self.kind, self.role, text


@dataclass(slots=True)
class Chat:
    name: str
    site: str
    state: str
    position: int
    visible: int
    rows: list[Row] = field(default_factory=list)

    def seen(self, counts: Counts) -> list[Row]:
        return self.rows if counts == "position" else [row for row in self.rows if row.shown]


@dataclass(slots=True)
class Stored:
    chats: dict[str, Chat]
    agents: dict[str, tuple[str, int]]  # id → user name, capacity

    @property
    def rows(self) -> list[Row]:
        return [row for chat in self.chats.values() for row in chat.rows]


def read_stored(url: str) -> Stored:
    with psycopg.connect(url) as connection:
        chats = {row[0]: Chat(*row) for row in connection.execute(CHATS)}
        for *words, body, transaction, committed in connection.execute(ENTRIES):
            chats[words[0]].rows.append(Row(*words, json.loads(body or "{}"), transaction, committed))
        agents = {row[0]: (row[1], row[2]) for row in connection.execute(AGENTS)}
    return Stored(chats, agents)


def read_heads(url: str) -> dict[str, dict[Counts, int]]:
    """How far each chat has come, as either side counts."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(HEADS).fetchall()
    return {chat: {"position": position, "visible": visible} for chat, position, visible in rows}
