"""What a replay needs in the database: a site of its own, a queue, agents, and their tokens."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from support_chat.desk.ids import fingerprint, secret_token
from support_chat.desk.models import Agent, AgentProfile, ApiToken, Membership, Queue, Site, User

KEY = "replay-{digest}-"  # of the site; the rest is random


@dataclass(frozen=True, slots=True)
class Stage:
    """A site for one replay, and the secrets of its agents. Kept when the replay ends: it holds the chats."""

    site: Site
    tokens: tuple[str, ...]


def build_stage(digest: str, source: Path, *, agents: int, capacity: int) -> Stage:
    """Makes the site, `agents` agents who each hold `capacity` chats, and a token for each."""
    with transaction.atomic():
        key = KEY.format(digest=digest[:12]) + secrets.token_hex(4)
        site = Site.objects.create(public_key=key, name=f"Replay of {source.name}"[:100])
        Queue.objects.create(site=site, name="Replay", is_default=True)
        tokens = tuple(_cast(site, number, capacity) for number in range(1, agents + 1))
    return Stage(site, tokens)


def _cast(site: Site, number: int, capacity: int) -> str:
    """One agent with a token; returns the secret, which is kept nowhere."""
    user = User(username=f"{site.public_key}-{number}", first_name="Replay", last_name=f"agent {number}")
    user.set_unusable_password()
    user.save()
    agent = Agent.objects.create(user=user, capacity=capacity)
    AgentProfile.objects.create(agent=agent, site=site, public_name=f"Agent {number}")
    Membership.objects.create(user=user, site=site, role=Membership.Role.AGENT)
    token = secret_token()
    ApiToken.objects.create(user=user, name="replay", sha256=fingerprint(token), scopes=["chat"])
    return token


def close_stage(site: Site) -> None:
    """Revokes what could be used again; the chats stay."""
    players = User.objects.filter(memberships__site=site)
    with transaction.atomic():
        ApiToken.objects.filter(user__in=players, revoked_at=None).update(revoked_at=timezone.now())
        players.update(is_active=False)


def newest_stage(digest: str) -> Site | None:
    """The site of the last replay of this recording in this database."""
    played = Site.objects.filter(public_key__startswith=KEY.format(digest=digest[:12]))
    return played.order_by("-pk").first()
