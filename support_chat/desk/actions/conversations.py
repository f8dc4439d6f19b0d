"""A chat's life: started, ended, closed, reopened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from support_chat.desk.access import Staff, author_for, author_of, permit
from support_chat.desk.actions.arrival import reopened_draft, tell_arrival
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.attaching import Claimed, claim
from support_chat.desk.actions.giving import assign, lose, room_of, tell_agent
from support_chat.desk.actions.inviting import answer_invitation
from support_chat.desk.actions.messages import go_on, message
from support_chat.desk.actions.messages_left import NOTHING_LEFT, Form, leave_address, turn_away
from support_chat.desk.actions.rating import asking
from support_chat.desk.actions.status import settle_finishing
from support_chat.desk.actions.visitors import note_source
from support_chat.desk.audiences import chat_exists
from support_chat.desk.blocks import unless_blocked, unless_from_there
from support_chat.desk.card_free import unless_card
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import IdentityNeeded, NotAllowed, NotFound
from support_chat.desk.expecting import as_expected, changed
from support_chat.desk.inbox import lists_of, tell_lists, tell_queue
from support_chat.desk.lines import Author, Draft, Kept
from support_chat.desk.locks import lock_agents, lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation, Entry, Queue, Visitor
from support_chat.desk.on_site import tell_on_site
from support_chat.desk.once import asked, earlier, same
from support_chat.desk.routing import sort_key
from support_chat.desk.starters import starter_for
from support_chat.desk.tags import keep_tags, tag_of
from support_chat.desk.telling import Telling
from support_chat.desk.waits import settle_prediction
from support_chat.live.traces import Trace


@dataclass(frozen=True, slots=True)
class Said:
    """What a chat is started with: words, files, both or nothing."""

    client_id: UUID
    body: str | None
    attachments: Sequence[str]
    request: str

    @property
    def is_nothing(self) -> bool:
        return self.body is None and not self.attachments

    def draft(self, conversation: Conversation, author: Author, claimed: Claimed) -> Draft:
        words = self.body or ""
        return message(conversation, author, self.client_id, words, self.request, files=claimed.facts)


def start_conversation(
    *,
    visitor: Visitor,
    client_id: UUID,
    body: str | None = None,
    attachments: Sequence[str] = (),
    queue: str | None = None,
    form: Form = NOTHING_LEFT,
    source: str = "",
    trace: Trace | None = None,
) -> tuple[Conversation, int, bool]:
    """Open a chat and put it into its queue; into the open one, if there is one already. ClosedForNow while
    no new chats are taken, unless the form says how to answer; IdentityNeeded where only whom the website has
    named may begin one; Blocked. `source`: their network address.

    Returns the conversation, where its visitor sees what this client_id made, and whether the chat was there.
    """
    unless_card("form", form.email)
    request = asked("start_conversation", body, queue, *form.digested(visitor), *attachments)
    said = Said(client_id, body, attachments, request)
    owner = visitor.conversations.filter(state="active").values_list("owner", flat=True).first()
    with Telling(trace) as telling:
        agents = lock_agents([owner] if owner else [])
        visitors = Visitor.objects.select_related("site").select_for_update(no_key=True, of=("self",))
        visitor = visitors.get(pk=visitor.pk)  # one open chat: one at a time
        known = _started(visitor, client_id, request)
        if known is not None:
            return known.conversation, known.visible, known.conversation.start_id != client_id
        _let_in(visitor, source)
        existing = visitor.conversations.exclude(state="closed").first()
        if existing is not None:
            leave_address(telling, existing.pk, form)
            made = _post_into(telling, existing, agents, said)
            return existing, made.visible, True
        starter = starter_for(visitor.site.starters, body)
        into = _queue_for(visitor, queue or (starter.queue if starter else "") or None)
        tag = tag_of(starter.tag) if starter else ""
        entry = _open(telling, visitor, said, queue=into, form=form, tag=tag)
    return entry.conversation, entry.visible, False


def _started(visitor: Visitor, client_id: UUID, request: str) -> Entry | None:
    """What this id made already, in whichever of their chats."""
    made = Entry.objects.filter(conversation__visitor=visitor, author_role="visitor", client_id=client_id)
    known = made.select_related("conversation").first()
    return None if known is None else same(known, request)


def _let_in(visitor: Visitor, source: str) -> None:
    """Whose row is held; Blocked where they, or whoever comes from there, may not write."""
    now = database_now()
    unless_blocked(visitor, now)
    unless_from_there(visitor.site, source, now)
    note_source(visitor, source)


def _queue_for(visitor: Visitor, public_id: str | None) -> Queue:
    """The queue, held until the commit: who came earlier must not become visible later, and then stand
    before somebody who was told their place already."""
    queues = visitor.site.queues.select_related("site").order_by("-is_default", "pk")
    queues = queues.select_for_update(no_key=True, of=("self",))
    queue = queues.first() if public_id is None else queues.filter(public_id=public_id).first()
    if queue is None:
        raise NotFound
    return queue


def _open(telling: Telling, visitor: Visitor, said: Said, *, queue: Queue, form: Form, tag: str) -> Kept:
    if visitor.site.verified_only and not visitor.is_verified:
        raise IdentityNeeded
    now = database_now()
    turn_away(queue, form, now)
    conversation = Conversation.objects.create(
        site=visitor.site,
        visitor=visitor,
        queue=queue,
        start_id=said.client_id,
        page=visitor.page,
        locale=visitor.locale,
        sort_key=0,
        **form.kept,
    )
    author = author_of(visitor)
    Visitor.objects.filter(pk=visitor.pk).update(here=True, seen_at=now)
    conversation.visitor.here, conversation.visitor.seen_at = True, now
    opened: dict[str, Any] = {"queue": queue.public_id, "sort": sort_key(now)}
    opened |= {"form": form.said(conversation.site_id)} if form.says else {}
    opened |= {"tags": [tag]} if tag else {}
    opened |= answer_invitation(telling, visitor, conversation, now)
    drafts = [Draft(conversation=conversation, kind="opened", author=author, body=opened)]
    claimed = claim(said.attachments, author, conversation.site_id)
    if said.is_nothing:
        drafts[0].client_id, drafts[0].asked = said.client_id, said.request
    else:
        drafts.append(said.draft(conversation, author, claimed))
    entries = append(telling, drafts, now=now)
    if tag:
        keep_tags([conversation])
    claimed.attach_to(entries[-1])
    telling.state(visitor.topic, {"visitor": (chat_exists(conversation),)})  # their other windows
    tell_arrival(telling, conversation, now)
    return entries[-1]


def _post_into(
    telling: Telling,
    existing: Conversation,
    agents: Mapping[int, Agent],
    said: Said,
) -> Kept:
    row, now = lock_conversation(existing.pk)
    if said.is_nothing:
        return row.entries.get(position=row.position)
    author = author_of(row.visitor)
    claimed = claim(said.attachments, author, row.site_id, row.pk)
    draft = said.draft(row, author, claimed)
    entry = go_on(telling, row, draft, now, agents.get(row.owner_id or 0))
    claimed.attach_to(entry)
    return entry


def end_conversation(*, visitor: Visitor, conversation: int, client_id: UUID) -> int:
    """The visitor ends the chat. Ending what is closed is done. Returns the visible position."""
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author = author_of(visitor)
        known = earlier(row, author, client_id, asked("end_conversation"))
        if known is not None:
            return known.visible
        if row.state != "closed":
            close(
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
            close(
                telling,
                row,
                author,
                now,
                cause="agent closed it",
                client_id=client_id,
                asked_for="close_conversation",
            )
    return row.position


def close(
    telling: Telling,
    row: Conversation,
    author: Author,
    now: datetime,
    *,
    cause: str,
    client_id: UUID | None = None,
    asked_for: str = "",
) -> None:
    """End a chat that is open and whose row is held; whoever had it or had to take it is told."""
    owner, lists = row.owner, lists_of(row)
    waited = row.queue if row.state == "queued" else row.wanted_queue
    closed = Draft(
        conversation=row,
        kind="closed",
        author=author,
        body={"cause": cause, **asking(row, cause)},
        client_id=client_id,
        asked=asked(asked_for),
    )
    append(telling, [*lose(telling, row, now=now), closed], now=now)
    tell_lists(telling, row, lists, now=now)
    if waited is not None:
        settle_prediction(row, now=now, served=False)
        tell_queue(telling, waited, now=now)
    if row.visitor.here:
        tell_on_site(telling, [row.site])
    if owner is not None:
        tell_agent(telling, owner)
        if owner.status == Agent.Status.FINISHING:
            telling.after(partial(settle_finishing, agent=owner.pk))
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
        request = asked("reopen_conversation")
        known = earlier(row, author, client_id, request)
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
        reopened.client_id, reopened.asked = client_id, request
        tell_on_site(telling, [row.site])
        position = row.position + 1  # of this entry: a repetition is answered with it too
        assign(telling, row, agent, cause="reopened", now=now, before=[reopened])
    return position


def _agent(staff: Staff) -> Any:
    if staff.agent is None:
        raise NotAllowed
    return staff.agent
