"""Owners, capacity and presence, from the log alone, in the order in which transactions committed."""

from collections import Counter
from itertools import groupby

from tests.chaos.findings import CAPACITY, OWNERS, PRESENCE, Findings
from tests.chaos.notebook import Notebook
from tests.chaos.stored import Chat, Row, Stored

GRACE = 20.0  # seconds an agent may be away and keeps their chats
RELEASED_WITHIN = 45.0  # seconds from an agent's death to the release of their chats
ENDS = {"closed", "returned_to_queue"}


def check_owners(findings: Findings, stored: Stored) -> None:
    """A chat is given while it waits, and its owner alone answers in it."""
    for chat in stored.chats.values():
        state, owner = "", ""
        for row in chat.rows:
            where = f"chat {chat.name}, entry {row.position}"
            if row.kind == "assigned" and state != "queued":
                findings.add(OWNERS, f"{where}: assigned while {state} with {_name(stored, owner)}")
            if row.kind == "message" and row.role == "agent" and row.author != owner:
                findings.add(OWNERS, f"{where}: {_name(stored, row.author)} wrote in a chat of another")
            state, owner = _after(row, state, owner)
        if state != chat.state:
            findings.add(OWNERS, f"chat {chat.name} is {chat.state}, and its log says {state}")


def _after(row: Row, state: str, owner: str) -> tuple[str, str]:
    if row.kind == "assigned":
        return "active", row.body["agent"]["id"]
    if row.kind in {"opened", "reopened", "returned_to_queue"}:
        return "queued", ""
    return ("closed", "") if row.kind == "closed" else (state, owner)


def check_capacity(findings: Findings, stored: Stored) -> None:
    """At no commit does an agent hold more chats than they may."""
    holders: dict[str, str] = {}
    load: Counter[str] = Counter()
    rows = sorted(stored.rows, key=lambda row: (row.committed, row.transaction, row.chat, row.position))
    for (committed, _), together in groupby(rows, key=lambda row: (row.committed, row.transaction)):
        for row in together:
            if row.kind in ENDS or row.kind == "assigned":
                load[holders.pop(row.chat, "")] -= 1
            if row.kind == "assigned":
                holders[row.chat] = row.body["agent"]["id"]
                load[row.body["agent"]["id"]] += 1
        for agent, (name, capacity) in stored.agents.items():
            if load[agent] > capacity:
                findings.add(CAPACITY, f"{name} held {load[agent]} of {capacity} chats at {committed:.3f}")


def check_presence(findings: Findings, notebook: Notebook, stored: Stored) -> None:
    """Nobody loses their chats who was back within the grace."""
    away = {link.name: link.away for link in notebook.links}
    for chat in stored.chats.values():
        owner = ""
        for row in chat.rows:
            name = _name(stored, owner)
            if row.kind == "returned_to_queue" and name in away and not _was_gone(away[name], row.committed):
                findings.add(PRESENCE, f"chat {chat.name} was taken from {name}, who was there")
            owner = _after(row, "", owner)[1]


def _was_gone(away: list[tuple[float, float]], at: float) -> bool:
    return any(begin + GRACE - 1 <= at <= end + 1 for begin, end in away)


def check_ghost(findings: Findings, ghost: str, left_at: float, stored: Stored) -> None:
    """Whoever vanished is released in time."""
    for chat in stored.chats.values():
        for released in released_from(stored, chat, ghost):
            late = (released.committed if released else float("inf")) - left_at
            if late > RELEASED_WITHIN:
                findings.add(PRESENCE, f"chat {chat.name} stayed with {ghost}, gone for {late:.0f} s")


def released_from(stored: Stored, chat: Chat, name: str) -> list[Row | None]:
    """For every time that this agent got the chat: the entry that ended it, or None."""
    periods: list[Row | None] = []
    owner = ""
    for row in chat.rows:
        before, owner = owner, _after(row, "", owner)[1]
        if before != owner and _name(stored, before) == name:
            periods[-1] = row
        if before != owner and _name(stored, owner) == name:
            periods.append(None)
    return periods


def _name(stored: Stored, agent: str) -> str:
    return stored.agents.get(agent, ("nobody", 0))[0]
