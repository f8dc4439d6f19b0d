"""One reply to many who wait: what a supervisor tells all of them at once."""

from collections.abc import Collection
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.inbox import tell_rows
from support_chat.desk.lines import Draft
from support_chat.desk.locks import lock_conversations
from support_chat.desk.log import append
from support_chat.desk.models import Conversation
from support_chat.desk.once import asked, earlier
from support_chat.desk.telling import Telling


def notify_waiting(*, staff: Staff, conversations: Collection[str], client_id: UUID, body: str) -> int:
    """Say this in each of these chats that still waits; it answers none of them. Returns in how many it
    stands."""
    if staff.agent is None:
        raise NotAllowed
    pks = list(Conversation.objects.filter(public_id__in=conversations).values_list("pk", flat=True))
    if len(pks) != len(set(conversations)):
        raise NotFound
    request = asked("notify_waiting", body)
    with Telling() as telling:
        rows, now = lock_conversations(pks)
        said, drafts = 0, []
        for row in rows.values():
            author = author_for(staff.agent, row.site)
            if earlier(row, author, client_id, request) is not None:
                said += 1
                continue
            permit(staff, row, "read")
            if row.state != Conversation.State.QUEUED:
                continue
            permit(staff, row, "notify")
            text = {"text": body, "about": "notice"}
            draft = Draft(conversation=row, kind="message", author=author, body=text, client_id=client_id)
            draft.asked, draft.moves = request, True
            drafts.append(draft)
        if drafts and now is not None:
            append(telling, drafts, now=now)
            tell_rows(telling, [draft.conversation for draft in drafts], now=now)
    return said + len(drafts)
