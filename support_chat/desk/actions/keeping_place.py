"""Who does not want to wait here leaves an e-mail address, and their turn comes all the same."""

from uuid import UUID

from support_chat.desk.access import author_of
from support_chat.desk.card_free import unless_card
from support_chat.desk.errors import Closed, NotAllowed
from support_chat.desk.inbox import tell_rows
from support_chat.desk.letters.envelope import mail_works
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.once import asked, earlier
from support_chat.desk.telling import Telling


def keep_place(*, visitor: Visitor, conversation: int, client_id: UUID, email: str) -> int:
    """Keep the place of a chat that waits, however long its visitor is gone, and an address to answer to.

    The log says that one was left, and never which. Closed, NotAllowed: it does not wait, or no mail is sent.
    Returns the visible position.
    """
    unless_card("email", email)
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author, request = author_of(visitor), asked("keep_place", bytes(row.salt).hex(), email)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.visible
        if row.state != Conversation.State.QUEUED:
            raise Closed if row.state == Conversation.State.CLOSED else NotAllowed
        if not mail_works(row.site):
            raise NotAllowed
        row.reply_to, row.keeps_place = email, True
        row.save(update_fields=["reply_to", "keeps_place"])
        kept = Draft(conversation=row, kind="kept_place", author=author, body={"email": True})
        kept.client_id, kept.asked = client_id, request
        append(telling, [kept], now=now)
        tell_rows(telling, [row], now=now)
    return row.visible
