"""Who wrote a message may change it or take it back, for a few minutes: the log says that they did, and what
was said before is kept nowhere."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from support_chat.desk.access import Staff, author_for, author_of, permit
from support_chat.desk.actions.picks import unlearn
from support_chat.desk.blocks import unless_blocked
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.inbox import tell_rows
from support_chat.desk.lines import Author, Draft, Kept
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation, Entry, EntryBody, Visitor
from support_chat.desk.once import asked, earlier
from support_chat.desk.revisions import REVISIONS, of_message
from support_chat.desk.telling import Telling
from support_chat.settings.chat import REVISED_WITHIN

By = Visitor | Staff


def edit_message(*, by: By, conversation: int, client_id: UUID, position: int, body: str) -> Kept:
    """Say a message of one's own otherwise. `position` as its author counts. NotFound: no such message;
    NotAllowed: another's, taken back, or said too long ago. Returns the entry that says so."""
    return _revise(by, conversation, client_id, position, text=body)


def retract_message(*, by: By, conversation: int, client_id: UUID, position: int) -> Kept:
    """Take a message of one's own back. The same refusals."""
    return _revise(by, conversation, client_id, position)


def _revise(by: By, conversation: int, client_id: UUID, position: int, *, text: str | None = None) -> Kept:
    kind = "retracted" if text is None else "edited"
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author, request = _author(by, row), asked(kind, str(position), text)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known
        if isinstance(by, Staff):
            permit(by, row, "read")
        else:
            unless_blocked(row.visitor, now)
        message = _message(row, author, position, now, seen=isinstance(by, Visitor))
        newest = not row.entries.filter(kind="message", position__gt=message.position).exists()
        body: dict[str, Any] = {"of": message.position, "of_shown": message.visible}
        body |= {} if text is None else {"text": text}
        body |= {"newest": True} if newest else {}
        _blank(row, message)
        unlearn(conversation=row, since=message.position, said_otherwise=text is not None)
        draft = Draft(conversation=row, kind=kind, author=author, body=body)
        draft.client_id, draft.asked = client_id, request
        entry = append(telling, [draft], now=now)[0]
        tell_rows(telling, [row], now=now)
    return entry


def _author(by: By, row: Conversation) -> Author:
    if isinstance(by, Visitor):
        return author_of(by)
    if by.agent is None:
        raise NotAllowed
    return author_for(by.agent, row.site)


def _message(row: Conversation, author: Author, position: int, now: datetime, *, seen: bool) -> Entry:
    """Their own message at this position, if they may still change it."""
    rows = row.entries.filter(kind="message").select_related("body")
    found = rows.filter(visible=position).first() if seen else rows.filter(position=position).first()
    if found is None:
        raise NotFound
    own = (found.author_role, found.author_id) == (author.role, author.id)
    late = found.at <= now - timedelta(seconds=REVISED_WITHIN)
    gone = of_message(row.entries.filter(kind="retracted"), found.position).exists()
    if not own or late or gone:
        raise NotAllowed
    return found


def _blank(row: Conversation, message: Entry) -> None:
    """What it said until now, the first time and since; the log goes on to prove that it was there."""
    before = of_message(row.entries.filter(kind__in=REVISIONS), message.position)
    keys = [message.pk, *before.values_list("pk", flat=True)]
    EntryBody.objects.filter(pk__in=keys).update(text="", salt=b"")
