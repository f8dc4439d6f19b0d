"""Who may do what to a chat: the one table, read by access.py alone."""

from typing import Final

from support_chat.desk.models import Membership
from support_chat.desk.participants import CALLED, GUEST, INVITED

Role = Membership.Role

# role → how the chat stands to them → what they may do. `mine` holds for whoever owns the chat.
_SPAM: Final = frozenset({"spam", "block"})
WORK: Final = _SPAM | {"read", "note", "post", "close", "accept", "reopen", "transfer", "snooze", "invite"}
BESIDE: Final = {  # how somebody stands beside the owner → what they may do
    GUEST: frozenset({"read", "note", "post"}),
    INVITED: frozenset({"read", "note", "join"}),
    CALLED: frozenset({"read", "note", "join"}),
}
MAY: Final[dict[str, dict[str, frozenset[str]]]] = {
    Role.AGENT: {
        "waiting": frozenset({"read", "note", "accept"}) | _SPAM,
        "colleague": frozenset({"read", "note", "ask"}),
        "closed": frozenset({"read", "note", "reopen", "close"}) | _SPAM,
    },
    Role.SUPERVISOR: {
        "waiting": frozenset({"read", "note", "accept", "close", "assign", "move", "transfer", "notify"})
        | _SPAM,
        "colleague": frozenset({"read", "note", "ask", "whisper", "close", "assign", "move", "transfer"})
        | _SPAM,
        "closed": frozenset({"read", "note", "reopen", "close"}) | _SPAM,
    },
    Role.MANAGER: {each: frozenset({"read", "export"}) for each in ("waiting", "colleague", "closed")},
}
MAY[Role.OWNER] = MAY[Role.MANAGER]
