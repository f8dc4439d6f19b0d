"""How an agent stands, as colleagues see it."""

from typing import Any, Final

from django.db.models import Q

from support_chat.desk.models import Agent, Deadline, Site

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
