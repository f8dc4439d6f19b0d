"""What a transcript says of an entry that is no message: the words that the console shows."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

Body = Mapping[str, Any]

UNKNOWN: Final = "Something that this page cannot show yet. Reload to see it."
_UNSEEN: Final = {"Cc", "Cf", "Zl", "Zp"}  # control, format, and the separators of lines and paragraphs
_NOBODY: Final = {"visitor": "The visitor", "agent": "A colleague"}
_RETURNS: Final = {"connection lost": ": the connection to their agent was lost"}


def name_of(role: str, name: str) -> str:
    """Who it was, as it may stand on a screen."""
    return safe_name(name) if name else _NOBODY.get(role, "The system")


def safe_name(name: str) -> str:
    """A name in one line: no control characters, nothing that turns the reading direction."""
    kept = "".join(each for each in name if unicodedata.category(each) not in _UNSEEN)
    return kept.strip() or "Visitor"


def line_of(kind: str, *, role: str, name: str, body: Body) -> str:
    """The one line that stands for this entry."""
    words = _LINES.get(kind)
    return words(role, name_of(role, name), body) if words else UNKNOWN


def _assigned(role: str, name: str, body: Body) -> str:
    agent = safe_name((body.get("agent") or {}).get("name") or "A colleague")
    done = {"accepted": "accepted the chat", "reopened": "has the chat again"}
    return f"{agent} {done.get(body.get('cause', ''), 'got the chat')}"


def _closed(role: str, name: str, body: Body) -> str:
    if role != "system":
        return f"{name} closed the chat"
    idle = body.get("cause") == "idle"
    return "The chat closed itself: nobody wrote any more" if idle else "The chat was closed"


def _rated(role: str, name: str, body: Body) -> str:
    comment = f": “{body['comment']}”" if body.get("comment") else ""
    return f"{name} rated the chat {body.get('score')} of 5{comment}"


_LINES: Final[dict[str, Callable[[str, str, Body], str]]] = {
    "opened": lambda role, name, body: "The chat began",
    "joined": lambda role, name, body: f"{name} joined",
    "left": lambda role, name, body: f"{name} left",
    "assigned": _assigned,
    "returned_to_queue": lambda role, name, body: (
        f"Back in the queue{_RETURNS.get(body.get('cause', ''), '')}"
    ),
    "closed": _closed,
    "reopened": lambda role, name, body: f"{name} reopened the chat",
    "rated": _rated,
    "transferred": lambda role, name, body: f"{name} passed the chat on",
    "file": lambda role, name, body: f"{name} sent a file",
}
KINDS: Final = frozenset(_LINES)
