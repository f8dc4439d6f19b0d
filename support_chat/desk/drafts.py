"""What an agent has begun to write and not sent, as they alone may read it."""

from typing import Any, Final

from support_chat.desk.access import Staff, conversations_for_staff
from support_chat.desk.bodies import body_of
from support_chat.desk.models import Agent, Conversation, Entry, KeptDraft
from support_chat.settings.chat import DRAFTS_LISTED, EXCERPT

Form = dict[str, Any]
_KINDS: Final = {"reply": "message", "note": "note"}


def drafts_in(conversation: Conversation, agent: Agent | None) -> Form:
    """Of this chat, whole, by mode."""
    rows = KeptDraft.objects.select_related("agent").filter(conversation=conversation, agent=agent)
    return {row.mode: {"text": _unsent(row), "version": row.version} for row in rows} if agent else {}


def drafts_of(staff: Staff) -> list[Form]:
    """Of all their chats the newest, each by its beginning, for the lists."""
    rows = KeptDraft.objects.filter(agent=staff.agent).exclude(text="").select_related("conversation")
    newest = list(rows.order_by("-at")[:DRAFTS_LISTED]) if staff.agent else []
    if not newest:
        return []
    theirs = conversations_for_staff(staff, {row.conversation.public_id for row in newest})
    names = {row.pk: row.public_id for row in theirs}
    return [
        {
            "conversation": names[row.conversation_id],
            "mode": row.mode,
            "version": row.version,
            "begun": row.text[:EXCERPT],
        }
        for row in newest
        if row.conversation_id in names
    ]


def _unsent(row: KeptDraft) -> str:
    """Nothing of a draft that was sent since: its window was closed before it could say so."""
    if row.text == "":
        return ""
    theirs = Entry.objects.filter(conversation=row.conversation_id, author_id=row.agent.public_id)
    since = theirs.filter(kind=_KINDS[row.mode], at__gte=row.at).select_related("body")
    return "" if any(body_of(entry).get("text") == row.text for entry in since) else row.text
