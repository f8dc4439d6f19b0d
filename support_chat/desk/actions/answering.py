"""Who answers, and when: what an agent looks up, chats taken back unanswered, reminders."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_noop

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.errors import NotAllowed
from support_chat.desk.expecting import changed
from support_chat.desk.inbox import tell_rows
from support_chat.desk.language import words_of
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.once import asked, earlier
from support_chat.desk.telling import Telling

LOOKING: Final = gettext_noop("%(name)s is looking it up for you. This may take a few minutes.")


def look_up(*, staff: Staff, conversation: int, client_id: UUID) -> int:
    """Tell the visitor that their agent looks something up, and begin the time to answer anew: once for each
    agent who has the chat. Returns the position."""
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author = author_for(staff.agent, row.site)
        known = earlier(row, author, client_id, asked("look_up"))
        if known is not None:
            return known.position
        permit(staff, row, "read")
        if row.owner_id != staff.agent.pk or row.looked_at is not None:
            raise changed(row)
        text = words_of(row).gettext(LOOKING) % {"name": author.public_name}
        body = {"text": text, "about": "looking"}
        said = Draft(conversation=row, kind="message", author=author, body=body, moves=True)
        said.client_id, said.asked = client_id, asked("look_up")
        append(telling, [said], now=now)
        tell_rows(telling, [row], now=now)
    return row.position
