"""Who lets colleagues read what they are writing in a chat, and which of them may."""

from collections.abc import Collection

from django.db.models import Q

from support_chat.desk.errors import NotAllowed
from support_chat.desk.models import Agent, Conversation, Membership, User
from support_chat.desk.participants import is_guest


def shares_drafts(agent: Agent) -> bool:
    """As they have set it by now."""
    return User.objects.filter(pk=agent.user_id, share_drafts=True).exists()


def readers_among(conversation: Conversation, agents: Collection[str]) -> list[str]:
    """Of these, by public id: whose chat it is, who is a guest in it, and the supervisors of its queue."""
    guests = [each for each in agents if is_guest(conversation, each)]
    here = Q(pk=conversation.owner_id) | Q(public_id__in=guests)
    queue = Q(user__memberships__queue=None) | Q(user__memberships__queue=conversation.queue_id)
    supervising = queue & Q(
        user__memberships__site=conversation.site_id, user__memberships__role=Membership.Role.SUPERVISOR
    )
    rows = Agent.objects.filter(here | supervising, public_id__in=agents, user__is_active=True)
    return sorted(set(rows.values_list("public_id", flat=True)))


def permit_reading_along(conversation: Conversation, agent: Agent) -> None:
    """NotAllowed for who may read the chat, and not what others are writing in it."""
    if not readers_among(conversation, [agent.public_id]):
        raise NotAllowed
