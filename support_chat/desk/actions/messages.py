"""What staff add to a chat without answering: notes. Messages themselves go through the journal."""

from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.errors import NotAllowed
from support_chat.desk.inbox import tell_rows
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import Draft, append
from support_chat.desk.once import asked, earlier
from support_chat.desk.telling import Telling


def add_note(*, staff: Staff, conversation: int, client_id: UUID, body: str) -> int:
    """A note that only staff see. Returns its position."""
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author = author_for(staff.agent, row.site)
        known = earlier(row, author, client_id, asked("add_note", body))
        if known is not None:
            return known.position
        permit(staff, row, "note")
        note = Draft(
            conversation=row,
            kind="note",
            author=author,
            body={"text": body},
            client_id=client_id,
            asked=asked("add_note", body),
        )
        entry = append(telling, [note], now=now)[0]
        tell_rows(telling, [row], now=now)
    return entry.position
