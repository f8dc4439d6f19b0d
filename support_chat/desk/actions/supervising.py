"""What a supervisor may do with whose turn it is: assign, take over, move to the front, set the priority."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Min

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.giving import assign, lose, room_of
from support_chat.desk.errors import NotAllowed, NotFound, Unavailable
from support_chat.desk.expecting import changed
from support_chat.desk.inbox import lists_of, tell_lists, tell_queue
from support_chat.desk.line import rows_waiting_in
from support_chat.desk.lines import SYSTEM, Draft
from support_chat.desk.locks import lock_agents, lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation
from support_chat.desk.once import asked, earlier
from support_chat.desk.routing import MINUTE, moment
from support_chat.desk.team import team_of
from support_chat.desk.telling import Telling
from support_chat.settings.chat import PRIORITY_MINUTES


def assign_conversation(
    *, staff: Staff, conversation: int, client_id: UUID, to_agent: str, reason: str, force: bool = False
) -> int:
    """Give a chat that waits, or that somebody has, to an agent; to oneself: take it over. `force`: whether
    or not they are online and have room, which the log and the lists say. Returns the position."""
    taker = Agent.objects.filter(public_id=to_agent).first()
    if staff.agent is None or taker is None:
        raise NotAllowed if staff.agent is None else NotFound
    with Telling() as telling:
        agents = lock_agents({staff.agent.pk, taker.pk})
        row, now = lock_conversation(conversation)
        author = author_for(agents[staff.agent.pk], row.site)
        request = asked("assign_conversation", to_agent, reason, str(force))
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "assign")
        if row.state == Conversation.State.CLOSED:
            raise changed(row)
        if row.owner_id == taker.pk:
            return row.position
        taker = agents[taker.pk]
        over = _beyond(row, taker, staff, force=force, now=now)
        before = lose(telling, row, now=now)
        assign(
            telling,
            row,
            taker,
            cause="supervisor",
            now=now,
            author=author,
            client_id=client_id,
            request=request,
            why={"rule": "supervisor", "by": staff.user.name, "reason": reason},
            forced=over,
            before=before,
        )
        telling.after(partial(assign_waiting, site=row.site_id))
    return row.position


def _beyond(row: Conversation, taker: Agent, staff: Staff, *, force: bool, now: datetime) -> bool:
    """Whether this takes them over their capacity, which is for `force` alone."""
    member = next((each for each in team_of(row.site_id, now=now).agents if each.id == taker.pk), None)
    mine = staff.agent is not None and taker.pk == staff.agent.pk
    if member is None or not (member.online or mine or force):
        raise Unavailable
    reserved = row.offered_to_id == taker.pk
    if member.room > 0 or reserved:
        return False
    if not force:
        room_of(taker)
    return True


def move_to_front(*, staff: Staff, conversation: int, client_id: UUID, reason: str) -> int:
    """In front of all that wait in its queue. Returns the position."""

    def moved(row: Conversation, now: datetime) -> Draft:
        others = rows_waiting_in((row.wanted_queue or row.queue).pk).exclude(pk=row.pk)
        first = others.aggregate(first=Min("sort_key"))["first"]
        mine = row.sort_key or moment(now)
        key = mine if first is None else min(first - 1, mine)
        return Draft(conversation=row, kind="moved", author=SYSTEM, body={"sort": key, "ahead": "moved"})

    return _move(staff, conversation, client_id, moved, words=("move_to_front", reason))


def set_priority(*, staff: Staff, conversation: int, client_id: UUID, priority: str, reason: str) -> int:
    """Its head start in the queue, from now on. Returns the position."""

    def prioritised(row: Conversation, now: datetime) -> Draft:
        gained = PRIORITY_MINUTES[priority] - PRIORITY_MINUTES[row.priority]
        body = {"priority": priority, "sort": (row.sort_key or 0) - gained * MINUTE}
        body |= {"ahead": "priority"} if gained > 0 else {}
        return Draft(conversation=row, kind="prioritised", author=SYSTEM, body=body)

    return _move(staff, conversation, client_id, prioritised, words=("set_priority", priority, reason))


def _move(
    staff: Staff,
    conversation: int,
    client_id: UUID,
    drafted: Callable[[Conversation, datetime], Draft],
    *,
    words: Sequence[str],
) -> int:
    """A chat that waits gets another place; the log says by whom and why, which is the last of the words."""
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        row, now = lock_conversation(conversation)
        author, request = author_for(staff.agent, row.site), asked(*words)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "move")
        if row.sort_key is None:
            raise changed(row)
        draft = drafted(row, now)
        draft.author, draft.client_id, draft.asked = author, client_id, request
        draft.body = {**draft.body, "reason": words[-1]}
        append(telling, [draft], now=now)
        tell_lists(telling, row, lists_of(row), now=now)
        tell_queue(telling, row.wanted_queue or row.queue, now=now)
        telling.after(partial(assign_waiting, site=row.site_id))
    return row.position
