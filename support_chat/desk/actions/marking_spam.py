"""What is no chat at all: it ends, and counts for nothing, until somebody takes that back."""

from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.actions.conversations import close
from support_chat.desk.audiences import SPAM
from support_chat.desk.errors import NotAllowed
from support_chat.desk.inbox import lists_of, tell_lists
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.once import asked, earlier
from support_chat.desk.telling import Telling


def mark_spam(*, staff: Staff, conversation: int, client_id: UUID, spam: bool) -> int:
    """Mark a chat as spam, which ends it, or take that back, which does not open it again. What is so already
    is done. Whoever writes to it again makes it a chat. Returns the position."""
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author, request = author_for(staff.agent, row.site), asked("mark_spam", str(spam))
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "spam")
        if row.spam == spam:
            return row.position
        lists = lists_of(row) | ({row.last_owner.topic} if row.last_owner else set())
        if spam and row.state != "closed":
            close(telling, row, author, now, cause=SPAM)
        draft = Draft(conversation=row, kind="marked_spam", author=author, body={"spam": spam})
        draft.client_id, draft.asked = client_id, request
        entry = append(telling, [draft], now=now)[0]
        tell_lists(telling, row, lists, now=now)
    return entry.position
