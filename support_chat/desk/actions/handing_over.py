"""Handing a chat over to an agent or a queue: whose it is keeps it until somebody takes it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.giving import lose, offer, room_of, tell_agent
from support_chat.desk.errors import NotAllowed, NotFound, Unavailable
from support_chat.desk.expecting import as_expected, changed
from support_chat.desk.inbox import lists_of, tell_lists, tell_queue
from support_chat.desk.lines import Author, Draft, Kept
from support_chat.desk.locks import lock_agents, lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation, Queue
from support_chat.desk.once import asked, earlier
from support_chat.desk.routing import sort_key
from support_chat.desk.team import team_of
from support_chat.desk.telling import Telling


def transfer_conversation(
    *,
    staff: Staff,
    conversation: int,
    client_id: UUID,
    expect: Mapping[str, Any] | None = None,
    to_agent: str | None = None,
    to_queue: str | None = None,
    note: str | None = None,
) -> int:
    """Hand it over, with a note. An agent is offered it; in a queue it waits as long as it has. Unavailable,
    AtCapacity: they cannot take it now. Returns the position."""
    if staff.agent is None or (to_agent is None) == (to_queue is None):
        raise NotAllowed
    taker = Agent.objects.filter(public_id=to_agent).first() if to_agent else None
    with Telling() as telling:
        agents = lock_agents({staff.agent.pk, *([taker.pk] if taker else [])})
        row, now = lock_conversation(conversation)
        author = author_for(agents[staff.agent.pk], row.site)
        request = asked("transfer_conversation", to_agent, to_queue, note)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "transfer")
        as_expected(row, expect)
        lists = lists_of(row)
        drafts = [*lose(telling, row, now=now), *_noted(row, author, note)]
        drafts.append(
            Draft(conversation=row, kind="transferred", author=author, client_id=client_id, asked=request)
        )
        if to_agent:
            handed = _to_agent(telling, row, drafts, agents.get(taker.pk) if taker else None, now=now)
        else:
            handed = _to_queue(telling, row, drafts, to_queue or "", now=now)
        tell_lists(telling, row, lists | lists_of(row), now=now)
        telling.after(partial(assign_waiting, site=row.site_id))
    return handed.position


def _noted(row: Conversation, author: Author, note: str | None) -> list[Draft]:
    return [Draft(conversation=row, kind="note", author=author, body={"text": note})] if note else []


def _to_agent(
    telling: Telling, row: Conversation, drafts: list[Draft], taker: Agent | None, *, now: datetime
) -> Kept:
    if taker is None or row.state != Conversation.State.ACTIVE or taker.pk == row.owner_id:
        raise NotFound if taker is None else changed(row)
    member = next((each for each in team_of(row.site_id, now=now).agents if each.id == taker.pk), None)
    if member is None or not member.online:
        raise Unavailable
    room_of(taker)
    drafts[-1].body = {"agent": {"id": taker.public_id, "name": taker.user.name}}
    handed = append(telling, drafts, now=now)[-1]
    offer(telling, row, taker, lasts=row.queue.offer_lasts, now=now, cause="transferred")
    return handed


def _to_queue(telling: Telling, row: Conversation, drafts: list[Draft], to: str, *, now: datetime) -> Kept:
    """In front of later arrivals: it stands there by when it came, wherever that was."""
    queue = Queue.objects.filter(site=row.site_id, public_id=to).first()
    if queue is None or row.state == Conversation.State.CLOSED:
        raise NotFound if queue is None else changed(row)
    key = row.place_key or row.sort_key or sort_key(row.opened_at, row.priority)
    before, drafts[-1].queue = row.wanted_queue or row.queue, queue
    drafts[-1].body = {"queue": queue.public_id, "name": queue.name, "sort": key, "ahead": "handed_over"}
    handed = append(telling, drafts, now=now)[-1]
    for each in {before, queue}:
        tell_queue(telling, each, now=now)
    if row.owner is not None:
        tell_agent(telling, row.owner)
    return handed
