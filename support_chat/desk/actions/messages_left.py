"""A visitor says how to answer when they are gone, and what is taken only then."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from support_chat.desk.access import author_of
from support_chat.desk.availability import BUSY, PAUSED, shut_by
from support_chat.desk.errors import ClosedForNow
from support_chat.desk.inbox import tell_rows
from support_chat.desk.letters.envelope import mail_works
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.masking import masked
from support_chat.desk.models import Conversation, Queue, Site, Visitor
from support_chat.desk.site_masks import masks_for
from support_chat.desk.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What they filled in; "" is left out. Nobody has verified it, and the log never says which address.
    `here`: they read the answer here, when they come back."""

    email: str = ""
    name: str = ""
    here: bool = False

    @property
    def says(self) -> bool:
        return bool(self.email or self.name or self.here)

    def said(self, site: int) -> dict[str, Any]:
        """As the log says it."""
        email = {"email": True} if self.email else {}
        name = {"name": masked(self.name, masks_for(site))} if self.name else {}
        return email | name | ({"here": True} if self.here else {})

    def digested(self, visitor: Visitor) -> tuple[str, ...]:
        """What tells it from another form, and nobody what stands in it."""
        here = ("here",) if self.here else ()
        return (visitor.token_sha256 + self.email, self.name, *here) if self.says else ()

    @property
    def kept(self) -> dict[str, Any]:
        """As a conversation keeps it: it waits for its answer, its visitor there or not."""
        address = {"reply_to": self.email} if self.email else {}
        return {**address, "keeps_place": True} if self.email or self.here else {}


NOTHING_LEFT: Final = Form()


def turn_away(queue: Queue, form: Form, now: datetime) -> None:
    """ClosedForNow while the queue takes no new chats, unless it can be answered later. Outside the hours and
    with nobody online every chat is taken: it waits."""
    shut = shut_by(queue.site, queue, now)
    if shut is None or shut.why not in {PAUSED, BUSY} or _is_answered_later(queue.site, form):
        return
    after = (shut.moment - now).total_seconds() if shut.moment else None
    raise ClosedForNow(why=shut.why, after=after)


def _is_answered_later(site: Site, form: Form) -> bool:
    """By mail, where mail works; else here, for who agrees to come back."""
    return bool(form.email) if mail_works(site) else form.here


def leave_address(telling: Telling, conversation: int, form: Form) -> None:
    """Into a chat that is open already: the team reads that one was left."""
    row, now = lock_conversation(conversation)
    if not form.email or row.reply_to == form.email:
        return
    Conversation.objects.filter(pk=row.pk).update(**form.kept)
    row.reply_to, row.keeps_place = form.email, True
    left = Draft(conversation=row, kind="left_email", author=author_of(row.visitor), body={"email": True})
    append(telling, [left], now=now)
    tell_rows(telling, [row], now=now)
