"""Putting a chat of one's own aside, and having it back: by hand, at its time, or when its visitor writes."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.giving import room_of, tell_agent
from support_chat.desk.actions.quiet import go_first, has_room
from support_chat.desk.errors import NotAllowed
from support_chat.desk.expecting import changed
from support_chat.desk.inbox import lists_of, tell_lists
from support_chat.desk.lines import SYSTEM, Draft
from support_chat.desk.locks import lock_agents, lock_conversation
from support_chat.desk.log import append
from support_chat.desk.models import Agent, Conversation, Deadline
from support_chat.desk.natural_times import moment_of
from support_chat.desk.once import asked, earlier
from support_chat.desk.putting_aside import EYED_AGAIN, LONGEST, SNOOZED
from support_chat.desk.telling import Telling
from support_chat.live.refusals import BadField


def snooze_conversation(*, staff: Staff, conversation: int, client_id: UUID, when: str, zone: str) -> int:
    """Put it aside until then, as people say it ("tomorrow 9"), by the clocks of this time zone. It stays
    theirs and does not count with them. BadField when that is no time to come. Returns the position."""
    with Telling() as telling:
        agent = _held(staff)
        row, now = lock_conversation(conversation)
        author, request = author_for(agent, row.site), asked("snooze_conversation", when, zone)
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        _permit(staff, row)
        until = moment_of(when, zone=zone, now=now)
        if until is None or not now < until <= now + timedelta(days=LONGEST):
            raise BadField("when")
        body = {"until": until.isoformat(), "said": when}
        snoozed = Draft(conversation=row, kind="snoozed", author=author, body=body)
        snoozed.client_id, snoozed.asked = client_id, request
        append(telling, [snoozed], now=now)
        Deadline.objects.update_or_create(kind=SNOOZED, subject=row.public_id, defaults={"due_at": until})
        _tell(telling, row, agent, now)
        telling.after(partial(assign_waiting, site=row.site_id))
    return row.position


def wake_conversation(*, staff: Staff, conversation: int, client_id: UUID) -> int:
    """Have it back before its time. AtCapacity where its visitor waits and there is no room. What is not put
    aside is awake. Returns the position."""
    with Telling() as telling:
        agent = _held(staff)
        row, now = lock_conversation(conversation)
        author, request = author_for(agent, row.site), asked("wake_conversation")
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        _permit(staff, row)
        if row.snoozed_until is None:
            return row.position
        if row.waiting_since is not None:
            room_of(agent)
        woken = Draft(conversation=row, kind="woken", author=author, body={"cause": "agent"})
        woken.client_id, woken.asked = client_id, request
        append(telling, [woken], now=now)
        _tell(telling, row, agent, now)
    return row.position


def snooze_is_over(*, public_id: str) -> None:
    """Its time has come. Where its visitor waits and its agent has no room, or has gone, it goes in front of
    its queue, as where they are on the team no more; where nobody waits and they are gone, it is there when
    they are back."""
    found = Conversation.objects.filter(public_id=public_id).values_list("pk", "owner").first()
    if found is None or found[1] is None:
        return
    with Telling() as telling:
        agents = lock_agents([found[1]])
        row, now = lock_conversation(found[0])
        agent = agents.get(row.owner_id or 0)
        if agent is None or row.snoozed_until is None or row.snoozed_until > now:
            return
        waits = row.waiting_since is not None
        left = not agent.user.is_active
        if agent.status == Agent.Status.OFFLINE and not waits and not left:
            again = now + timedelta(seconds=EYED_AGAIN)
            Deadline.objects.filter(kind=SNOOZED, subject=public_id).update(due_at=again)
            return
        if left or (waits and not has_room(agent)):
            go_first(telling, row, agent, now=now)
            return
        woken = Draft(conversation=row, kind="woken", author=SYSTEM, body={"cause": "time"})
        append(telling, [woken], now=now)
        _tell(telling, row, agent, now)


def _held(staff: Staff) -> Agent:
    if staff.agent is None:
        raise NotAllowed
    return lock_agents([staff.agent.pk])[staff.agent.pk]


def _permit(staff: Staff, row: Conversation) -> None:
    """Whose it is, and who hands it over to nobody."""
    permit(staff, row, "snooze")
    if row.state != Conversation.State.ACTIVE or row.wanted_queue_id or row.offered_to_id:
        raise changed(row)


def _tell(telling: Telling, row: Conversation, agent: Agent, now: datetime) -> None:
    tell_lists(telling, row, lists_of(row), now=now)
    tell_agent(telling, agent)
