"""A chat's life: started, ended, closed, reopened."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from support_chat.desk.access import Staff, author_for, author_of, permit
from support_chat.desk.actions.arrival import reopened_draft, tell_arrival
from support_chat.desk.actions.assignment import assign, assign_waiting, room_of, tell_agent
from support_chat.desk.actions.messages import go_on, message
from support_chat.desk.audiences import chat_exists
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed, NotFound
from support_chat.desk.expecting import as_expected, changed
from support_chat.desk.inbox import tell_lists, tell_queue
from support_chat.desk.lines import Author, Draft, Kept
from support_chat.desk.locks import lock_agents, lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Conversation, Entry, Queue, Visitor
from support_chat.desk.once import asked, earlier, same
from support_chat.desk.telling import Telling
from support_chat.live.traces import Trace


def start_conversation(
    *,
    visitor: Visitor,
    client_id: UUID,
    body: str | None = None,
    queue: str | None = None,
    trace: Trace | None = None,
) -> tuple[Conversation, int, bool]:
    """Open a chat and put it into its queue; into the open one, if there is one already.

    Returns the conversation, where its visitor sees what this client_id made, and whether the chat was there.
    """
    request = asked("start_conversation", body, queue)
    with Telling(trace) as telling:
        Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)  # one open chat: one at a time
        known = _started(visitor, client_id, request)
        if known is not None:
            return known.conversation, known.visible, known.conversation.start_id != client_id
        existing = visitor.conversations.exclude(state="closed").first()
        if existing is not None:
            made = _post_into(telling, existing, client_id=client_id, body=body, request=request)
            return existing, made.visible, True
        into = _queue_for(visitor, queue)
        entry = _open(telling, visitor, client_id=client_id, body=body, queue=into, request=request)
    return entry.conversation, entry.visible, False


def _started(visitor: Visitor, client_id: UUID, request: str) -> Entry | None:
    """What this id made already, in whichever of their chats."""
    made = Entry.objects.filter(conversation__visitor=visitor, author_role="visitor", client_id=client_id)
    known = made.select_related("conversation").first()
    return None if known is None else same(known, request)


def _queue_for(visitor: Visitor, public_id: str | None) -> Queue:
    """The queue, held until the commit: who came earlier must not become visible later, and then stand
    before somebody who was told their place already."""
    queues = visitor.site.queues.order_by("-is_default", "pk").select_for_update(no_key=True)
    queue = queues.first() if public_id is None else queues.filter(public_id=public_id).first()
    if queue is None:
        raise NotFound
    return queue


def _open(
    telling: Telling, visitor: Visitor, *, client_id: UUID, body: str | None, queue: Queue, request: str
) -> Kept:
    now = database_now()
    conversation = Conversation.objects.create(
        site=visitor.site,
        visitor=visitor,
        queue=queue,
        start_id=client_id,
        page=visitor.page,
        locale=visitor.locale,
        sort_key=0,
    )
    author = author_of(visitor)
    Visitor.objects.filter(pk=visitor.pk).update(here=True, seen_at=now)
    conversation.visitor.here, conversation.visitor.seen_at = True, now
    sort = round(now.timestamp() * 1_000_000)
    opened = {"queue": queue.public_id, "sort": sort}
    drafts = [Draft(conversation=conversation, kind="opened", author=author, body=opened)]
    if body is None:
        drafts[0].client_id, drafts[0].asked = client_id, request
    else:
        drafts.append(message(conversation, author, client_id, body, request))
    entries = append(telling, drafts, now=now)
    telling.state(visitor.topic, {"visitor": (chat_exists(conversation),)})  # their other windows
    tell_arrival(telling, conversation, now)
    return entries[-1]


def _post_into(
    telling: Telling, existing: Conversation, *, client_id: UUID, body: str | None, request: str
) -> Kept:
    row, now = lock_conversation(existing.pk)
    if body is None:
        return row.entries.get(position=row.position)
    return go_on(telling, row, message(row, author_of(row.visitor), client_id, body, request), now)


def end_conversation(*, visitor: Visitor, conversation: int, client_id: UUID) -> int:
    """The visitor ends the chat. Ending what is closed is done. Returns the visible position."""
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author = author_of(visitor)
        known = earlier(row, author, client_id, asked("end_conversation"))
        if known is not None:
            return known.visible
        if row.state != "closed":
            _close(
                telling,
                row,
                author,
                now,
                cause="visitor ended it",
                client_id=client_id,
                asked_for="end_conversation",
            )
    return row.visible


def close_conversation(
    *, staff: Staff, conversation: int, client_id: UUID, expect: Mapping[str, Any] | None = None
) -> int:
    """Close it from our side. Closing what is closed is done. Returns the position."""
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author = author_for(_agent(staff), row.site)
        known = earlier(row, author, client_id, asked("close_conversation"))
        if known is not None:
            return known.position
        permit(staff, row, "close")
        if row.state != "closed":
            as_expected(row, expect)
            _close(
                telling,
                row,
                author,
                now,
                cause="agent closed it",
                client_id=client_id,
                asked_for="close_conversation",
            )
    return row.position


def _close(
    telling: Telling,
    row: Conversation,
    author: Author,
    now: datetime,
    *,
    cause: str,
    client_id: UUID,
    asked_for: str,
) -> None:
    owner, waited = row.owner, row.state == "queued"
    topic = owner.topic if owner else row.queue.topic
    closed = Draft(
        conversation=row,
        kind="closed",
        author=author,
        body={"cause": cause},
        client_id=client_id,
        asked=asked(asked_for),
    )
    append(telling, [closed], now=now)
    tell_lists(telling, row, [topic], now=now)
    if owner is not None:
        tell_agent(telling, owner)
    if waited:
        tell_queue(telling, row.queue, now=now)
    telling.after(partial(assign_waiting, site=row.site_id))


def reopen_conversation(
    *, staff: Staff, conversation: int, client_id: UUID, expect: Mapping[str, Any] | None = None
) -> int:
    """Take a closed chat up again, as one's own. Reopening what is mine is done. Returns the position."""
    agent = _agent(staff)
    with Telling() as telling:
        agent = lock_agents([agent.pk])[agent.pk]
        row, now = lock_conversation(conversation)
        author = author_for(agent, row.site)
        known = earlier(row, author, client_id, asked("reopen_conversation"))
        if known is not None:
            return known.position
        permit(staff, row, "reopen")
        if row.state == "active" and row.owner_id == agent.pk:
            return row.position
        as_expected(row, expect)
        if row.state != "closed" or row.visitor.conversations.exclude(state="closed").exists():
            raise changed(row)
        room_of(agent)
        reopened = reopened_draft(row, author, now)
        reopened.client_id, reopened.asked = client_id, asked("reopen_conversation")
        position = row.position + 1  # of this entry: a repetition is answered with it too
        assign(telling, row, agent, cause="reopened", now=now, before=[reopened])
    return position


def _agent(staff: Staff) -> Any:
    if staff.agent is None:
        raise NotAllowed
    return staff.agent
