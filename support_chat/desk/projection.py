"""How a conversation's row follows from its log."""

from collections.abc import Mapping
from typing import Any, Final

from support_chat.desk.audiences import STATES
from support_chat.desk.chains import chained, instant, staff_link, visible_link
from support_chat.desk.lines import Kept
from support_chat.desk.models import Conversation
from support_chat.settings.chat import EXCERPT

# What a message moves, and what the rest of a chat's life moves beside it.
SAID: Final = (
    *("position", "visible", "mark", "visible_mark", "chain", "visible_chain"),
    *("visitor_messages", "team_messages", "last_at", "last_words", "waiting_since", "first_reply_at"),
)
PROJECTED: Final = (
    *SAID,
    *("queue", "state", "owner", "last_owner", "sort_key", "rating"),
    *("opened_at", "queued_at", "assigned_at", "closed_at"),
)


def project(conversation: Conversation, entry: Kept, body: Mapping[str, Any]) -> None:
    """Bring the row up to this entry, and number, count and chain the entry after the row.

    Only the owner is left out: a row names agents by key, the log by their public id.
    """
    conversation.position += 1
    conversation.visible += entry.shown
    conversation.last_at = entry.at
    _count(conversation, entry, body)
    _move(conversation, entry, body)
    entry.position, entry.visible = conversation.position, conversation.visible
    entry.visitor_messages = conversation.visitor_messages
    entry.team_messages = conversation.team_messages
    conversation.mark = entry.mark
    conversation.chain = entry.chain = chained(conversation.chain, staff_link(entry))
    if entry.shown:
        conversation.visible_mark = entry.mark
        conversation.visible_chain = chained(conversation.visible_chain, visible_link(entry))
    entry.visible_chain = conversation.visible_chain


def _count(conversation: Conversation, entry: Kept, body: Mapping[str, Any]) -> None:
    if entry.kind != "message":
        return
    text = body.get("text", "")[:EXCERPT]
    said = {"role": entry.author_role, "kind": entry.kind, "text": text, "at": instant(entry.at)}
    conversation.last_words = said
    if entry.author_role == "visitor":
        conversation.visitor_messages += 1
        conversation.waiting_since = conversation.waiting_since or entry.at
    else:
        conversation.team_messages += 1
        conversation.waiting_since = None
        conversation.first_reply_at = conversation.first_reply_at or entry.at


def _move(conversation: Conversation, entry: Kept, body: Mapping[str, Any]) -> None:
    if entry.kind == "rated":
        conversation.rating = body["score"]
    if entry.kind not in STATES:
        return
    conversation.state = STATES[entry.kind]
    conversation.sort_key = body.get("sort")
    if entry.kind == "opened":
        conversation.opened_at = conversation.queued_at = entry.at
    elif entry.kind == "assigned":
        conversation.assigned_at = entry.at
    elif entry.kind == "closed":
        conversation.closed_at, conversation.waiting_since = entry.at, None
    else:
        conversation.queued_at, conversation.closed_at = entry.at, None
