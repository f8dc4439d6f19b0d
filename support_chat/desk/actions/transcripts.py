"""A visitor's own transcript by mail, and the address that it goes to: the one they gave, and no other."""

from uuid import UUID

from support_chat.desk.access import author_of
from support_chat.desk.actions.configuring import hold_site
from support_chat.desk.actions.mailing import ask
from support_chat.desk.actions.messages_left import Form
from support_chat.desk.blocks import unless_blocked
from support_chat.desk.card_free import unless_card
from support_chat.desk.errors import NotAllowed
from support_chat.desk.inbox import tell_rows
from support_chat.desk.letters.caps import cap
from support_chat.desk.letters.envelope import address_key, mail_works, source_key
from support_chat.desk.letters.kinds import TRANSCRIPT
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation, Outbox, Visitor
from support_chat.desk.once import asked, earlier, once_key
from support_chat.desk.telling import Telling


def leave_email(*, visitor: Visitor, conversation: int, client_id: UUID, email: str) -> int:
    """Say where to answer, in a chat of theirs, however it stands. NotAllowed where no mail is sent. The log
    says that one was left, and never which. Returns the visible position."""
    unless_card("email", email)
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author, request = author_of(visitor), asked("leave_email", bytes(row.salt).hex(), email)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.visible
        unless_blocked(row.visitor, now)
        if not mail_works(row.site):
            raise NotAllowed
        kept = Form(email=email).kept
        Conversation.objects.filter(pk=row.pk).update(**kept)
        row.reply_to, row.keeps_place = email, True
        left = Draft(conversation=row, kind="left_email", author=author, body={"email": True})
        left.client_id, left.asked = client_id, request
        append(telling, [left], now=now)
        tell_rows(telling, [row], now=now)
    return row.visible


def email_transcript(*, visitor: Visitor, conversation: int, client_id: UUID, source: str) -> None:
    """Send them their chat, to the address they gave in it, once it was answered. NotAllowed without one;
    TooFast where many were asked for. The log says so once it was sent, or given up."""
    name = once_key(visitor, client_id)
    with Telling():
        row, now = lock_conversation(conversation)
        if Outbox.objects.filter(public_id=name).exists():
            return
        site = hold_site(row.site_id)
        if not mail_works(site) or not row.reply_to or row.first_reply_at is None:
            raise NotAllowed
        source = source_key(source)
        cap(site, visitor, address=address_key(row.reply_to), source=source, now=now)
        about = {"chat": row.public_id}
        ask(site, TRANSCRIPT, row.reply_to, about, now, public_id=name, visitor=visitor, source=source)
