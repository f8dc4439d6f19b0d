"""What an agent can and where they work, as managers arrange it: skills, chats at once, queues."""

from functools import partial
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from support_chat.desk.access import Staff, agent_to_manage, queue_to_manage
from support_chat.desk.actions.alerting import tell_ringing
from support_chat.desk.actions.assignment import assign_waiting
from support_chat.desk.actions.configuring import Values, note, put
from support_chat.desk.actions.giving import tell_agent
from support_chat.desk.actions.status import availability, tell_staffed
from support_chat.desk.database_time import database_now
from support_chat.desk.errors import NotAllowed
from support_chat.desk.locks import lock_agents
from support_chat.desk.models import Agent, AgentProfile, Membership, Queue, Site
from support_chat.desk.telling import Telling

AGENT_SETTINGS: Final = ("capacity", "skills", "hours", "time_zone")
ANSWERS: Final = "answers"  # gets chats of the queue
HELPS: Final = "helps"  # gets those that have waited a while
NOWHERE: Final = ""
_ROLES: Final = (Membership.Role.AGENT, Membership.Role.SUPERVISOR)


def change_agent(*, staff: Staff, agent: str, values: Values) -> Agent:
    """A manager sets some of `AGENT_SETTINGS`, for all sites the agent works for. Who has more chats than
    they may have from now on keeps them. ValidationError by name says what is wrong."""
    known = agent_to_manage(staff, agent)
    sites = list(
        Site.objects.filter(memberships__user=known.user_id, pk__in=staff.managed).distinct().order_by("pk")
    )
    with Telling() as telling:
        row = lock_agents([known.pk])[known.pk]
        put(row, values, allowed=AGENT_SETTINGS, by=staff.user, site=sites[0])
        tell_agent(telling, row)
        tell_ringing(telling, [row], database_now())
        for site in sites:
            telling.after(partial(assign_waiting, site=site.pk))
    return row


def place_agent(*, staff: Staff, agent: str, queue: str, place: str) -> Agent:
    """Whether an agent `ANSWERS` a queue, `HELPS` out in it, or is `NOWHERE` in it. Chats that they have stay
    theirs. ValidationError for a place that is none, or when it was their last one; NotAllowed
    for whoever answers the whole site."""
    known, where = agent_to_manage(staff, agent), queue_to_manage(staff, queue)
    if place not in (ANSWERS, HELPS, NOWHERE):
        raise ValidationError({"places": [gettext("Choose one of the places.")]})
    with Telling() as telling:
        row = lock_agents([known.pk])[known.pk]
        with availability(telling, row):
            was = place_in(row, where)
            if was != place:
                _put_in(row, where, place)
                note(row, {f"queue:{where.public_id}": [was, place]}, by=staff.user, site=where.site)
        tell_staffed(telling, where.site, [where])
        tell_agent(telling, row)
    return row


def place_in(agent: Agent, queue: Queue) -> str:
    """`ANSWERS`, `HELPS` or `NOWHERE`. NotAllowed for whoever answers the whole site."""
    rows = agent.user.memberships.filter(site=queue.site_id, role__in=_ROLES)
    if rows.filter(queue=None).exists():
        raise NotAllowed
    backups = list(rows.filter(queue=queue).values_list("backup", flat=True))
    if not backups:
        return NOWHERE
    return HELPS if all(backups) else ANSWERS


def _put_in(agent: Agent, queue: Queue, place: str) -> None:
    works = agent.user.memberships.filter(role__in=_ROLES)
    here = works.filter(queue=queue)
    if place == NOWHERE:
        if not works.exclude(queue=queue).exists():
            raise ValidationError({"places": [gettext("Leave them one queue at least.")]})
        here.delete()
    elif here.exists():
        here.update(backup=place == HELPS)
    else:
        _let_in(agent, queue, backup=place == HELPS)


def _let_in(agent: Agent, queue: Queue, *, backup: bool) -> None:
    """With the role that they have in the other queues of the site."""
    others = agent.user.memberships.filter(site=queue.site_id, role__in=_ROLES)
    role = others.order_by("role").values_list("role", flat=True).first() or Membership.Role.AGENT
    Membership.objects.create(user=agent.user, site=queue.site, queue=queue, role=role, backup=backup)
    public_name = agent.user.first_name or agent.user.username
    AgentProfile.objects.get_or_create(agent=agent, site=queue.site, defaults={"public_name": public_name})
