"""How an agent stands, as colleagues see it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from support_chat.desk.database_time import database_now
from support_chat.desk.models import Agent, Deadline, Site
from support_chat.desk.routing import Free

RELEASE: Final = "release_agent"  # the deadline of an agent whose last socket is gone


def agent_card(agent: Agent) -> dict[str, Any]:
    """Status with its cause, and how full their hands are."""
    return {
        "id": agent.public_id,
        "name": agent.user.name,
        "status": agent.status,
        "cause": agent.status_cause,
        "capacity": agent.capacity,
        "load": agent.conversations.filter(state="active").count(),
    }


def available(site: Site) -> bool:
    """Whether anybody of the team is online for its visitors: here, or gone for less than the grace."""
    agents = Agent.objects.filter(
        status=Agent.Status.ONLINE, user__is_active=True, user__memberships__site=site
    )
    in_grace = Deadline.objects.filter(kind=RELEASE).values("subject")
    return agents.filter(Q(presences__isnull=False) | Q(public_id__in=in_grace)).exists()


# Asked after every arrival and every close, so in one statement: online by their own word and by the
# transport, with what they hold and where they may work (no queue: everywhere on the site).
_AT_WORK = """
SELECT agent.id, agent.capacity, agent.free_since, member.queue_id,
  (SELECT count(*) FROM desk_conversation held WHERE held.owner_id = agent.id AND held.state = 'active')
FROM desk_agent agent
JOIN desk_user person ON person.id = agent.user_id AND person.is_active
JOIN desk_membership member ON member.user_id = agent.user_id
WHERE agent.status = 'online' AND member.site_id = %s AND member.role IN ('agent', 'supervisor')
AND EXISTS (SELECT 1 FROM desk_presence here JOIN desk_process process ON process.id = here.process_id
  WHERE here.agent_id = agent.id AND process.lease_until > %s)
"""


def free_agents(site: int, *, every_queue: Iterable[int]) -> list[Free]:
    """Who is at work on this site and has room; `every_queue` is what "everywhere on the site" means now."""
    now = connection.ops.adapt_datetimefield_value(database_now())
    with connection.cursor() as cursor:
        cursor.execute(_AT_WORK, [site, now])
        rows = cursor.fetchall()
    queues: dict[int, set[int]] = {}
    for agent, _, _, queue, _ in rows:
        queues.setdefault(agent, set()).update(every_queue if queue is None else {queue})
    return [
        Free(id=agent, queues=frozenset(queues[agent]), room=capacity - load, free_since=_instant(since))
        for agent, (capacity, since, load) in {row[0]: (row[1], row[2], row[4]) for row in rows}.items()
        if load < capacity
    ]


def _instant(value: datetime | str) -> datetime:
    """SQLite keeps times as text."""
    parsed = parse_datetime(value) if isinstance(value, str) else value
    return parsed or datetime.fromtimestamp(0, UTC)
