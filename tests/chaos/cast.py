"""Who is there: made in the database, by a process that is on it, before the servers start."""

import json

from support_chat.desk.actions import setting_up
from support_chat.desk.ids import fingerprint
from support_chat.desk.models import Agent, ApiToken, Queue, Site, User
from tests.chaos.who import CAST, MANAGER, token_of


def build() -> str:
    """Makes a site with the team and one with nobody; their keys, `site` and `probe`, as JSON."""
    site = setting_up.make_site(name="Chaos", time_zone="UTC")
    queue = setting_up.make_queue(site=site, name="Questions", is_default=True)
    probe = setting_up.make_site(name="Probe", time_zone="UTC")
    setting_up.make_queue(site=probe, name="Nobody", is_default=True)
    for name, capacity in CAST.items():
        _hire(site, queue, name, capacity)
    _let_in(setting_up.hire_manager(site=site, username=MANAGER, first_name="Mia", last_name="Lund"))
    return json.dumps({"site": site.public_key, "probe": probe.public_key})


def _hire(site: Site, queue: Queue, name: str, capacity: int) -> None:
    agent = setting_up.hire_agent(
        site=site, queues=[queue], username=name, first_name=name.title(), last_name="Costa"
    )
    Agent.objects.filter(pk=agent.pk).update(capacity=capacity)
    _let_in(agent.user)


def _let_in(user: User) -> None:
    sha256 = fingerprint(token_of(user.username))
    ApiToken.objects.create(user=user, name="chaos", sha256=sha256, scopes=["chat"])
