"""What the team notes of a visitor, beside all of their chats."""

from support_chat.desk.access import Staff, permit
from support_chat.desk.errors import NoteChanged
from support_chat.desk.masking import masked
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.site_masks import masks_for
from support_chat.desk.telling import Telling
from support_chat.desk.who import tell_note


def set_person_note(*, staff: Staff, conversation: Conversation, text: str, read: str | None = None) -> None:
    """The note of whoever this chat is with, whole. `read`: as it stood before whoever wrote this; without it
    what is saved last holds. NoteChanged where it is another one by now."""
    permit(staff, conversation, "read")
    with Telling() as telling:
        row = Visitor.objects.select_for_update(no_key=True).get(pk=conversation.visitor_id)
        masks = masks_for(row.site_id)
        note = masked(text.strip(), masks)
        if row.note == note:
            return
        if read is not None and masked(read.strip(), masks) != row.note:
            raise NoteChanged(row.note)
        row.note = note
        row.save(update_fields=["note"])
        tell_note(telling, row)
