"""Giving waiting chats to agents: one owner each, never one too many, in the order they wait."""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from support_chat.desk.access import Staff, author_for, permit
from support_chat.desk.actions.giving import Gift, assign, assign_all, keep, lose, offer, room_of
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed, NotNext
from support_chat.desk.expecting import changed
from support_chat.desk.line import line_of, rules_of
from support_chat.desk.locks import hold_line, lock_agents, lock_conversation, lock_conversations
from support_chat.desk.models import Agent, Conversation, Queue
from support_chat.desk.once import asked, earlier
from support_chat.desk.rounds import Rounds
from support_chat.desk.routing import Given, Waiting, earlier_for, is_free, overtaken, plan_in_order
from support_chat.desk.team import Team, team_of
from support_chat.desk.telling import Telling
from support_chat.desk.why import why_given
from support_chat.settings.chat import CHATS_A_ROUND

log = logging.getLogger(__name__)

_rounds = Rounds()


def accept_conversation(*, staff: Staff, conversation: int, client_id: UUID) -> int:
    """Take a waiting chat, or one that is offered; what is mine and is being handed over, back. Changed tells
    who was quicker, NotNext which chat comes before it."""
    if staff.agent is None:
        raise NotAllowed
    with Telling() as telling:
        agent = lock_agents([staff.agent.pk])[staff.agent.pk]
        row, now = lock_conversation(conversation)
        author = author_for(agent, row.site)
        request = asked("accept_conversation")
        known = earlier(row, author, client_id, request)
        if known is not None:
            return known.position
        permit(staff, row, "read")
        if row.owner_id == agent.pk:
            if row.wanted_queue or row.offered_to:
                keep(telling, row, author, now=now, client_id=client_id, request=request)
            return row.position
        if row.offered_to_id != agent.pk:
            _may_take(staff, row, agent)
        before = lose(telling, row, now=now)
        assign(
            telling,
            row,
            agent,
            cause="accepted",
            now=now,
            author=author,
            client_id=client_id,
            request=request,
            before=before,
        )
        telling.after(partial(assign_waiting, site=row.site_id))
    return row.position


def _may_take(staff: Staff, row: Conversation, agent: Agent) -> None:
    """By hand: what waits and is offered to nobody, the first that they could take, when they have room."""
    if row.sort_key is None or row.offered_to_id is not None:
        raise changed(row)
    permit(staff, row, "accept")
    room_of(agent)
    now = database_now()
    team = team_of(row.site_id, now=now)
    line = line_of(row.site_id, now=now, ids=team.ids)
    me = next((each for each in team.agents if each.id == agent.pk), None)
    first = me and earlier_for(row.pk, me, line, rules_of(row.site_id))
    if first is not None:
        raise NotNext(Conversation.objects.values_list("public_id", flat=True).get(pk=first.id))


def assign_waiting(*, site: int) -> int:
    """Give whoever waits on this site to whoever is free. Returns how many chats were given.

    Called after every cause: an arrival, freed capacity, an agent coming online; and by the clock.
    One thread of a process gives at a time; what happens meanwhile makes it look once more.
    """
    given = 0
    while _rounds.begin(site):
        try:
            while step := _assign_some(site):
                given += step
        finally:
            again = _rounds.end(site)
        if not again:
            break
    return given


def _assign_some(site: int) -> int:
    """One round: plan without a lock, hold the agents of the plan, plan again with what is true of them.
    Processes take turns: together they would plan the same, and wait for each other's rows."""
    takers = _takers(site)
    if not takers:
        return 0
    with Telling() as telling:
        agents = lock_agents(takers if hold_line(site) else _takers(site))
        team, planned = _plan(site, among=agents)
        rows, now = lock_conversations([given.chat for given in planned])
        still = [given for given in planned if _waits(rows.get(given.chat), given.queue)]
        gifts = [
            Gift(
                row=rows[given.chat],
                agent=agents[given.agent],
                cause="automatic",
                why=why_given(given, team.names),
            )
            for given in still
        ]
        if now is not None:
            _give(telling, gifts, now=now)
    return len(still)


def _takers(site: int) -> set[int]:
    return {given.agent for given in _plan(site)[1]}


def _give(telling: Telling, gifts: Sequence[Gift], *, now: datetime) -> None:
    """At once, or as an offer, as the queue that each waits in does."""
    offers = [gift for gift in gifts if _queue(gift).routing == Queue.Routing.OFFER]
    for gift in offers:
        lasts = _queue(gift).offer_lasts
        offer(telling, gift.row, gift.agent, lasts=lasts, now=now, why=gift.why)
    at_once = [gift for gift in gifts if gift not in offers]
    if at_once:
        assign_all(telling, at_once, now=now)


def _queue(gift: Gift) -> Queue:
    return gift.row.wanted_queue or gift.row.queue


def _waits(row: Conversation | None, queue: int) -> bool:
    """Whether it still does, and there: it may have been handed to another queue since the plan was made."""
    if row is None or row.sort_key is None or row.offered_to_id is not None:
        return False
    return (row.wanted_queue_id or row.queue_id) == queue


def _plan(site: int, among: Collection[int] | None = None) -> tuple[Team, Sequence[Given]]:
    """Who would get whom now, if anybody is free (of `among`) and anybody waits."""
    now = database_now()
    team = team_of(site, now=now)
    if not any(map(is_free, team.agents)):
        return team, ()
    rules, read = rules_of(site), list[Waiting]()
    line = _noted(line_of(site, now=now, ids=team.ids), read)
    planned = plan_in_order(line, team.agents, rules, among=among, limit=CHATS_A_ROUND)
    wrong = overtaken(planned, read, team.agents, rules) if among is not None else {}
    if wrong:
        log.error("Nobody may be overtaken, and these would be: %s. They are not given.", wrong)
    return team, [given for given in planned if given.chat not in wrong]


def _noted(line: Iterable[Waiting], read: list[Waiting]) -> Iterator[Waiting]:
    """A line, with what has been read of it."""
    for chat in line:
        read.append(chat)
        yield chat
