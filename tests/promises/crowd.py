"""A larger team for the house of tests/services, hired by a process that is on its database."""

from collections.abc import Sequence

from support_chat.desk.actions import setting_up
from support_chat.desk.ids import fingerprint
from support_chat.desk.models import Agent, ApiToken, Site
from tests.services.house import token_of
from tests.services.open_house import OpenHouse
from tests.services.served import own_environment, run_manage

HIRE = "from tests.promises.crowd import hire_crowd; hire_crowd({key!r}, {capacities!r})"


def hire_crowd(key: str, capacities: Sequence[int]) -> None:
    """Agents of the site's default queue, one for each capacity. Programs all: they have tokens alone."""
    queue = Site.objects.get(public_key=key).queues.get(is_default=True)
    for number, capacity in enumerate(capacities):
        name = f"agent{number}"
        agent = setting_up.hire_agent(
            site=queue.site, queues=[queue], username=name, first_name=name.title(), last_name="Costa"
        )
        Agent.objects.filter(pk=agent.pk).update(capacity=capacity)
        sha256 = fingerprint(token_of(name))
        ApiToken.objects.create(user=agent.user, name="tests", sha256=sha256, scopes=["chat"])


def hire_into(house: OpenHouse, capacities: Sequence[int]) -> list[str]:
    """As `hire_crowd`, into a served house; their names."""
    words = HIRE.format(key=house.key, capacities=list(capacities))
    run_manage("shell", "-v0", "--command", words, environment=own_environment(house.served.database_url))
    return [f"agent{number}" for number in range(len(capacities))]
