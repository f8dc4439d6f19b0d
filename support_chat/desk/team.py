"""How an agent stands, as colleagues see it."""

from typing import Any

from support_chat.desk.models import Agent, Site


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
    """Whether anybody of the team is online for this site's visitors."""
    return Agent.objects.filter(
        status=Agent.Status.ONLINE,
        user__is_active=True,
        user__memberships__site=site,
        presences__isnull=False,
    ).exists()
