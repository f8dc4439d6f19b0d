"""What is written outside the journal: a visitor's words that reopen a chat, and the team's notes."""

from datetime import datetime, timedelta
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.actions.arrival import reopened_draft, tell_arrival
from support_chat.desk.errors import Closed, NotAllowed
from support_chat.desk.inbox import tell_rows
from support_chat.desk.lines import Author, Draft, Kept
from support_chat.desk.locks import lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation, Visitor
from support_chat.desk.once import asked, earlier
from support_chat.desk.posting import Posted, Posting
from support_chat.desk.telling import Telling
from support_chat.live.traces import Trace
from support_chat.settings.chat import REOPENS_FOR


def post_reopening(*, posting: Posting) -> Posted:
    """What a visitor writes to a closed chat: it goes on, in front of its queue, with its last agent if free.

    Closed, when it was closed too long ago, or when another of theirs is open by now.
    """
    with Telling(posting.trace) as telling:
        Visitor.objects.select_for_update(no_key=True).get(pk=posting.visitor or 0)
        row, now = lock_conversation(posting.conversation)
        entry: Kept | None = earlier(
            row, posting.author, posting.client_id, asked("post_message", posting.body)
        )
        if entry is None:
            entry = go_on(telling, row, message(row, posting.author, posting.client_id, posting.body), now)
    return Posted(position=entry.position, visible=entry.visible, at=entry.at)


def go_on(telling: Telling, row: Conversation, draft: Draft, now: datetime) -> Kept:
    """Write a visitor's message into their chat, as it stands by now."""
    if row.state != "closed":
        entry = append(telling, [draft], now=now)[0]
        tell_rows(telling, [row], now=now)
        return entry
    if not reopens(row, now) or row.visitor.conversations.exclude(state="closed").exists():
        raise Closed
    entry = append(telling, [reopened_draft(row, draft.author, now), draft], now=now)[-1]
    tell_arrival(telling, row, now)
    return entry


def reopens(conversation: Conversation, now: datetime) -> bool:
    """Whether writing goes on with this closed chat."""
    closed_at = conversation.closed_at
    return closed_at is not None and now - closed_at < timedelta(seconds=REOPENS_FOR)


def message(
    conversation: Conversation, author: Author, client_id: UUID | None, body: str, request: str = ""
) -> Draft:
    """The draft of what somebody says."""
    request = request or asked("post_message", body)
    return Draft(
        conversation=conversation,
        kind="message",
        author=author,
        body={"text": body},
        client_id=client_id,
        asked=request,
    )


def add_note(
    *, staff: Staff, conversation: int, client_id: UUID, body: str, trace: Trace | None = None
) -> int:
    """A note that only staff see. Returns its position."""
    if staff.agent is None:
        raise NotAllowed
    with Telling(trace) as telling:
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
