"""Answers that their visitor has not seen: sent to the address they left, together and once, when they have
been gone for three minutes."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from support_chat.desk.actions.configuring import hold_site
from support_chat.desk.actions.links import make_link
from support_chat.desk.actions.mailing import ask
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import TooFast
from support_chat.desk.letters.caps import cap
from support_chat.desk.letters.envelope import address_key, mail_is_set_up, mail_works
from support_chat.desk.letters.kinds import UNSEEN
from support_chat.desk.letters.unseen import unseen_in
from support_chat.desk.locks import lock_conversation
from support_chat.desk.models import Conversation, Entry, Reader
from support_chat.desk.telling import Telling
from support_chat.settings.chat import UNSEEN_AFTER, UNSEEN_WITHIN

_AT_ONCE: Final = 20  # chats of one look: the rest waits for the next


def mail_all_unseen() -> int:
    """One look at the chats with an address whose visitors are gone. Returns how many are sent a letter."""
    if not mail_is_set_up():
        return 0
    return sum(mail_unseen(conversation=pk) for pk in list(_candidates(database_now())[:_AT_ONCE]))


def mail_unseen(*, conversation: int) -> bool:
    """Ask for one letter with what its visitor has not seen and was not sent, if it is time by now."""
    with Telling():
        row, now = lock_conversation(conversation)
        site = hold_site(row.site_id)
        gone = not row.visitor.here and row.visitor.seen_at <= now - timedelta(seconds=UNSEEN_AFTER)
        entries = unseen_in(row, after=row.mailed)
        is_time = entries and entries[-1].at <= now - timedelta(seconds=UNSEEN_AFTER)
        if not (gone and is_time and row.reply_to and mail_works(site)):
            return False
        try:
            cap(site, row.visitor, address=address_key(row.reply_to), source="", now=now)
        except TooFast:
            return False  # the next look asks again
        about = {"chat": row.public_id, "after": row.mailed, "upto": entries[-1].visible}
        letter = ask(site, UNSEEN, row.reply_to, about, now, visitor=row.visitor)
        make_link(letter, row.visitor, now)
        row.mailed = entries[-1].visible
        row.save(update_fields=["mailed"])
    return True


def _candidates(now: datetime) -> QuerySet[Conversation, int]:
    """Few chats have an address, and an index of their own."""
    read = Reader.objects.filter(conversation=OuterRef(OuterRef("pk")), role="visitor").values("visible")
    known = Greatest(OuterRef("mailed"), Coalesce(Subquery(read[:1], output_field=IntegerField()), 0))
    unseen = Entry.objects.filter(
        conversation=OuterRef("pk"), kind="message", author_role="agent", shown=True, visible__gt=known
    )
    rows = Conversation.objects.exclude(reply_to="").filter(
        visitor__here=False,
        visitor__seen_at__lte=now - timedelta(seconds=UNSEEN_AFTER),
        site__mail_works_at__isnull=False,
        last_at__gt=now - timedelta(seconds=UNSEEN_WITHIN),
        visible__gt=F("mailed"),
    )
    return rows.filter(Exists(unseen)).order_by("last_at").values_list("pk", flat=True)
