"""A read mark, from a position as one side counts it."""

from support_chat.desk.models import Conversation
from support_chat.desk.posting import Mark


def mark_at(conversation: Conversation, position: int, *, visitor: bool) -> Mark | None:
    """The mark of having read up to `position`, or None when there is no such entry (or it is 0)."""
    entries = (
        conversation.entries.filter(shown=True, visible=position)
        if visitor
        else conversation.entries.filter(position=position)
    )
    found = entries.values_list("position", "visible", "visitor_messages").first()
    if found is None:
        return None
    role = "visitor" if visitor else "agent"
    return Mark(conversation=conversation.pk, role=role, position=found[0], visible=found[1], seen=found[2])
