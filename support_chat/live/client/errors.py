"""What can go wrong for a client, drawn as a tree:

ClientError
├── RefusedError   the server answered no; says why, and whether to ask again
├── LostError      the socket went before the answer came: the outcome is unclear
└── EndedError     the server does not want this client back; nothing more will be sent
"""

from collections.abc import Mapping
from typing import Any


class ClientError(Exception):
    """Anything this client raises about the wire."""


class RefusedError(ClientError):
    """A reply's error. `retry`: whether the same command may succeed later; `after`: in how many seconds."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        self.code = str(error.get("code", "failed"))
        self.message = str(error.get("message", ""))
        self.retry = bool(error.get("retry", False))
        self.after: float | None = error.get("after")
        self.details = dict(error)
        super().__init__(f"{self.code}: {self.message}")


class LostError(ClientError):
    """No answer came. A command with a client_id may be sent again as it was: it takes effect once."""


class EndedError(ClientError):
    """The link has ended for good. `code`: the close code; None when stopped, or when hello was refused."""

    def __init__(self, reason: str, *, code: int | None = None) -> None:
        self.code = code
        super().__init__(reason)
