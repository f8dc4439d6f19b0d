"""How an agent stands, as colleagues see it."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from math import inf
from operator import itemgetter
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from support_chat.desk.database_time import database_now
from support_chat.desk.models import Agent, Conversation, Membership, Queue
from support_chat.desk.routing import Candidate

RELEASE: Final = "release_agent"  # the deadline of an agent whose last socket is gone
GONE: Final = "agent_gone"  # an earlier one: their visitors are told
OFFER: Final = "offer"  # of a chat that is offered


def load_of(agent: Agent) -> int:
    """Chats that count with them: what they hold, unless its visitor is quiet, and what they are offered."""
    return loads_of([agent.pk])[agent.pk]


def loads_of(agents: Iterable[int]) -> Counter[int]:
    """The same of several, by key."""
    keys = set(agents)
    held = Q(owner__in=keys, state=Conversation.State.ACTIVE, idle_at=None)
    rows = Conversation.objects.filter(held | Q(offered_to__in=keys))
    return Counter(
        agent
        for owner, idle, offered in rows.values_list("owner", "idle_at", "offered_to")
        for agent in (owner if idle is None else None, offered)
        if agent in keys
    )


class _Stands(NamedTuple):
    """What a card shows of an agent's own row."""

    id: str
    name: str
    status: str
    cause: str
    back_at: datetime | None
    capacity: int


def agent_card(agent: Agent, *, now: datetime | None = None, load: int | None = None) -> dict[str, Any]:
    """Status with its cause, and how full their hands are."""
    stands = _Stands(
        agent.public_id,
        agent.user.name,
        agent.status,
        agent.status_cause,
        agent.back_at,
        agent.capacity,
    )
    return _card(stands, load=load_of(agent) if load is None else load, now=now or database_now())


def agent_cards(agents: QuerySet[Agent], *, now: datetime | None = None) -> list[dict[str, Any]]:
    """The cards of a team: all of them, and what all of them hold, are read at once."""
    named = ("user__first_name", "user__last_name", "user__username")
    stands = ("status", "status_cause", "back_at", "capacity")
    team, now = list(agents.values_list("pk", "public_id", *named, *stands)), now or database_now()
    loads = loads_of(key for key, *_ in team)
    return [
        _card(_Stands(who, f"{first} {last}".strip() or username, *stood), load=loads[key], now=now)
        for key, who, first, last, username, *stood in team
    ]


def _card(agent: _Stands, *, load: int, now: datetime) -> dict[str, Any]:
    back_in = (agent.back_at - now).total_seconds() if agent.back_at else None
    return {
        "id": agent.id,
        "name": agent.name,
        "status": agent.status,
        "cause": agent.cause,
        "back_in": round(back_in, 1) if back_in is not None and back_in > 0 else None,
        "capacity": agent.capacity,
        "load": load,
    }


# Who answers chats of a site. `near` are those of them who are online, or were until less than the grace ago.
_MEMBERS: Final = """FROM desk_agent agent
JOIN desk_user person ON person.id = agent.user_id AND person.is_active
JOIN desk_membership member ON member.user_id = agent.user_id
WHERE member.site_id = %s AND member.role IN ('agent', 'supervisor')"""
_NEAR: Final = f"""agent.status = 'online' AND (
  EXISTS (SELECT 1 FROM desk_presence near WHERE near.agent_id = agent.id)
  OR EXISTS (SELECT 1 FROM desk_deadline grace WHERE grace.kind = '{RELEASE}'
    AND grace.subject = agent.public_id))"""
# Asked after every arrival and every close, so in one statement: how they stand by their own word and by the
# transport, with what they hold and where they may work (no queue: everywhere on the site).
_TEAM: Final = f"""
SELECT agent.id, agent.public_id, person.first_name, person.last_name, person.username, agent.capacity,
  agent.skills, agent.free_since, agent.given_at, agent.status_at, member.queue_id, member.backup,
  (SELECT count(*) FROM desk_conversation held WHERE held.owner_id = agent.id AND held.state = 'active'
    AND held.idle_at IS NULL)
  + (SELECT count(*) FROM desk_conversation offered WHERE offered.offered_to_id = agent.id),
  agent.status = 'online' AND EXISTS (SELECT 1 FROM desk_presence here JOIN desk_process process
    ON process.id = here.process_id WHERE here.agent_id = agent.id AND process.lease_until > %s)
{_MEMBERS} ORDER BY agent.id
"""
_SOMEBODY: Final = (
    f"""SELECT 1 {_MEMBERS} AND (member.queue_id IS NULL OR member.queue_id = %s) AND {_NEAR} LIMIT 1"""
)


def somebody_for(queue: Queue) -> bool:
    """Whether anybody is near who may take chats of this queue, now or after a while."""
    with connection.cursor() as cursor:
        cursor.execute(_SOMEBODY, [queue.site_id, queue.pk])
        return cursor.fetchone() is not None


@dataclass(frozen=True, slots=True)
class Team:
    """A site's agents as routing sees them, with their names and public ids, by key; and its queues."""

    agents: list[Candidate]
    names: dict[int, str]
    ids: dict[str, int]
    queues: frozenset[int]


def team_of(site: int, *, now: datetime) -> Team:
    """Everybody who answers chats of this site."""
    with connection.cursor() as cursor:
        cursor.execute(_TEAM, [connection.ops.adapt_datetimefield_value(now), site])
        rows = cursor.fetchall()
    everywhere = frozenset(Queue.objects.filter(site=site).values_list("pk", flat=True))
    agents: list[Candidate] = []
    names: dict[int, str] = {}
    ids: dict[str, int] = {}
    for key, memberships in groupby(rows, key=itemgetter(0)):
        mine = list(memberships)
        names[key], ids[mine[0][1]] = f"{mine[0][2]} {mine[0][3]}".strip() or mine[0][4], key
        agents.append(_candidate(mine, everywhere, now))
    return Team(agents, names, ids, everywhere)


def free_supervisors(queue: Queue, *, now: datetime) -> list[Agent]:
    """Who watches over this queue and is there, by their word and by the transport; away is not."""
    places = Membership.objects.filter(site=queue.site_id, role=Membership.Role.SUPERVISOR)
    theirs = places.filter(Q(queue=None) | Q(queue=queue)).values("user")
    here = Agent.objects.filter(user__in=theirs, user__is_active=True).filter(
        status__in=[Agent.Status.ONLINE, Agent.Status.FINISHING], presences__process__lease_until__gt=now
    )
    return list(here.select_related("user").distinct().order_by("pk"))


class Staffing(NamedTuple):
    """Of a queue, helpers among them."""

    agents: list[str]  # the public ids of whoever answers it
    online: int  # how many of them are


def staffed(site: int, *, now: datetime) -> dict[int, Staffing]:
    """By queue: who answers it, and how many of them are there."""
    team = team_of(site, now=now)
    ids = {key: public_id for public_id, key in team.ids.items()}
    found: dict[int, list[Candidate]] = {queue: [] for queue in team.queues}
    for agent in team.agents:
        for queue in agent.queues | agent.backups:
            found[queue].append(agent)
    return {
        queue: Staffing([ids[agent.id] for agent in agents], sum(agent.online for agent in agents))
        for queue, agents in found.items()
    }


def _candidate(memberships: Sequence[Any], everywhere: frozenset[int], now: datetime) -> Candidate:
    key, *_, capacity, skills, free_since, given_at, status_at, _, _, load, online = memberships[0]
    first, backup = set[int](), set[int]()
    for *_, queue, helps_out, _, _ in memberships:
        (backup if helps_out else first).update(everywhere if queue is None else {queue})
    return Candidate(
        id=key,
        queues=frozenset(first),
        backups=frozenset(backup - first),
        online=bool(online),
        online_for=_age(status_at, now),
        capacity=capacity,
        room=capacity - load,
        idle=_age(free_since, now),
        given_ago=_age(given_at, now),
        skills=frozenset(json.loads(skills) if isinstance(skills, str) else skills),
    )


def _age(then: datetime | None, now: datetime) -> float:
    """Seconds; endless of what never was. SQLite gives times without their zone."""
    return inf if then is None else (now - then.replace(tzinfo=UTC)).total_seconds()
